import { checkAccessibility, expect, test } from './support/app.ts';
import {
  agreementWith,
  badges,
  beginUsage,
  fillLine,
  openContract,
  signIn,
  steer,
  submitReview,
} from './support/tasks.ts';

test('in practice a person lets a call be throttled from within the app, and sees it recover', async ({
  app,
  page,
}) => {
  await signIn(page);
  await page.getByRole('link', { name: 'Try what can go wrong' }).click();
  await page.getByRole('button', { name: 'Throttle the next 2 calls' }).click();
  await expect(page.getByText('The next 2 usage calls will be throttled')).toBeVisible();
  await checkAccessibility(page);
  const { agreementId } = await agreementWith(app, 'contract-with-consumption');
  await page.getByRole('link', { name: 'Contracts' }).first().click();
  await openContract(page, agreementId);
  await beginUsage(page);
  await fillLine(page, 1, 'Custom metrics', '3');
  await submitReview(page, 1);
  await expect(badges(page, 'Accepted')).toBeVisible();
  // The waiting between may be over before anyone has looked; the attempts stay.
  await page.getByRole('button', { name: /open the record of Custom metrics/ }).click();
  await expect(page.getByRole('heading', { name: 'Attempts (3)' })).toBeVisible();
  await expect(page.getByText(/AWS is busy/)).toHaveCount(2);
  expect(await steer(app, 'GET', 'metered')).toHaveLength(1);
});
