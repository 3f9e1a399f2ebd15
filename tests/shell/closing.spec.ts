import type { Page } from '@playwright/test';
import {
  agreementWith,
  beginUsage,
  fillLine,
  openContract,
  signIn,
  steer,
  submitReview,
} from '../e2e/support/tasks.ts';
import type { PageSide } from './support/page-side.ts';
import { expect, type Shell, test } from './support/shell-app.ts';

/** Submits two lines that can be taken back for a minute. */
async function submitTwo(page: Page, shell: Shell): Promise<void> {
  await signIn(page);
  await page.evaluate(() =>
    (globalThis as unknown as PageSide).usageDesk.call('settings.change', { undoSeconds: 60 }),
  );
  const { agreementId } = await agreementWith(shell, 'contract-with-consumption');
  await openContract(page, agreementId);
  await beginUsage(page);
  await fillLine(page, 1, 'Custom metrics', '12');
  await page.getByRole('button', { name: 'Add a line' }).click();
  await fillLine(page, 2, 'Synthetic test runs', '7');
  await submitReview(page, 2);
  await expect(page.getByText('Pending · can be taken back')).toHaveCount(2);
}

const statusesOf = async (page: Page): Promise<readonly string[]> => {
  const answer = (await page.evaluate(() =>
    (globalThis as unknown as PageSide).usageDesk.call('usage.list', {
      ...{ agreementId: null, status: null },
      ...{ cursor: null, limit: 10 },
    }),
  )) as { readonly value: { readonly records: readonly { readonly status: string }[] } };
  return answer.value.records.map(({ status }) => status);
};

test('closing the window inside the undo window asks, and takes back before it closes', async ({
  shell,
  page,
}) => {
  await submitTwo(page, shell);
  await shell.order('close-window');
  const asked = await shell.answer('dialog.showMessageBox', { response: 2 });
  expect(asked).toMatchObject({
    message: expect.stringMatching(/^2 lines for .+ have not left for AWS yet$/),
    buttons: ['Take back', 'Send now', 'Stay open'],
    cancelId: 2,
  });
  expect(await shell.order('windows')).toHaveLength(1);
  await expect(page.getByText('Pending · can be taken back')).toHaveCount(2);

  await shell.order('close-window');
  await shell.answer('dialog.showMessageBox', { response: 0 });
  expect(await shell.ended).toBe(0);
  const again = shell.startAgain();
  expect(await statusesOf(await again.page())).toEqual(['withdrawn', 'withdrawn']);
});

test('quitting inside the undo window sends when told so, and waits for AWS’s answer', async ({
  shell,
  page,
}) => {
  await submitTwo(page, shell);
  await shell.order('quit');
  await shell.answer('dialog.showMessageBox', { response: 1 });
  expect(await shell.ended).toBe(0);
  const again = shell.startAgain();
  expect(await statusesOf(await again.page())).toEqual(['accepted', 'accepted']);
});

test('quitting says when AWS has not answered, and stays open', async ({ shell, page }) => {
  await submitTwo(page, shell);
  await steer(shell, 'PUT', 'faults', [
    { operation: 'BatchMeterUsage', kind: 'access-denied', times: 'always' },
  ]);
  await shell.order('quit');
  await shell.answer('dialog.showMessageBox', { response: 1 });
  const asked = await shell.answer('dialog.showMessageBox', { response: 0 });
  expect(asked).toMatchObject({ buttons: ['Stay open', 'Close'] });
  expect(await statusesOf(page)).toEqual(['pending', 'pending']);
  await shell.order('quit');
  expect(await shell.ended).toBe(0);
});
