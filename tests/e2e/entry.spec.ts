import { expect, test } from './support/app.ts';
import { agreementWith, beginUsage, fillLine, openContract, signIn } from './support/tasks.ts';

test('a reload in the middle of typing loses no keystroke', async ({ app, page }) => {
  await signIn(page);
  const { agreementId } = await agreementWith(app, 'contract-with-consumption');
  await openContract(page, agreementId);
  await beginUsage(page);
  await fillLine(page, 1, 'Custom metrics', '7');
  await page.getByLabel(/^Description/).fill('the last words');
  await page.reload();
  await page.getByRole('button', { name: 'Continue your draft' }).click();
  await expect(page.getByLabel('Quantity')).toHaveValue('7');
  await expect(page.getByLabel(/^Description/)).toHaveValue('the last words');
});

test('on a contract that is over the start is the last second before its end, and the page says why', async ({
  app,
  page,
}) => {
  await signIn(page);
  const { agreementId } = await agreementWith(app, 'ended-50-minutes-ago');
  await openContract(page, agreementId);
  await beginUsage(page);
  await expect(
    page.getByText(/^This contract is over\. AWS takes its last usage for another \d+ min/),
  ).toBeVisible();
  await fillLine(page, 1, 'Custom metrics', '3');
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await expect(page.getByText('Submissions are final and cannot be reversed.')).toBeVisible();
});

test('a contract shows every fact by which it is known, and its alias can be changed', async ({
  app,
  page,
}) => {
  await signIn(page);
  const { agreementId } = await agreementWith(app, 'contract-with-consumption');
  await openContract(page, agreementId);
  const facts = [
    ...['Start', 'End', 'Scheme', 'Metering Region', 'Buyer alias', 'Buyer account', 'Product', 'Offer id'],
    ...['Agreement id', 'Product code', 'Licence ARN'],
  ];
  for (const fact of facts) {
    await expect(page.getByRole('term').filter({ hasText: new RegExp(`^${fact}$`) })).toBeVisible();
  }
  await page.getByRole('button', { name: 'Edit the buyer’s alias' }).click();
  await page.getByRole('textbox', { name: 'Alias of the buyer' }).fill('Ferro Works');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Ferro Works' })).toBeVisible();
});
