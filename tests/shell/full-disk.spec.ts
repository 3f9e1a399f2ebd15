import {
  agreementWith,
  badges,
  beginUsage,
  fillLine,
  openContract,
  signIn,
  steer,
  submitReview,
} from '../e2e/support/tasks.ts';
import { expect, test } from './support/shell-app.ts';

test('the window says that an answer of AWS waits for room on a full disk, and shows it once there is', async ({
  shell,
  page,
}) => {
  await signIn(page);
  const { agreementId } = await agreementWith(shell, 'contract-with-consumption');
  await openContract(page, agreementId);
  await beginUsage(page);
  await fillLine(page, 1, 'Custom metrics', '12');
  await steer(shell, 'PUT', 'faults', [{ operation: 'BatchMeterUsage', kind: 'slow', ms: 8_000, times: 1 }]);
  await submitReview(page, 1);
  const sending = page.getByText('Pending · sending', { exact: true });
  await expect(sending).toBeVisible();
  await shell.order('fill-disk', shell.dataDir);

  const says = page.getByText('The disk is full', { exact: true });
  const waits = page.getByText(/^AWS has answered, but 1 answer can’t be written down yet/);
  await expect(says).toBeVisible();
  await expect(waits).toBeVisible();
  await expect(sending).toBeVisible();
  // A page that is loaded meanwhile has missed the moment, and says it all the same.
  await page.reload();
  await expect(waits).toBeVisible();
  await expect(sending).toBeVisible();

  await shell.order('fill-disk', null);
  await expect(badges(page, 'Accepted')).toBeVisible();
  await expect(says).toBeHidden();
  expect(await steer(shell, 'GET', 'metered')).toHaveLength(1);
});
