import { checkAccessibility, expect, test } from './support/app.ts';
import { agreementWith, beginUsage, fillLine, openContract, signIn, submitReview } from './support/tasks.ts';

test('a wrong answer about the scheme is corrected in Settings, until usage is recorded under it', async ({
  app,
  page,
}) => {
  await signIn(page);
  const { agreementId } = await agreementWith(app, 'contract-with-consumption');
  await openContract(page, agreementId);
  await beginUsage(page, 'By product code');

  const change = page.getByRole('button', { name: /^Change how .* is metered$/ });
  const dialog = page.getByRole('dialog');
  await page.goto(`${app.origin}/#/settings`);
  await change.click();
  await dialog.getByRole('button', { name: 'Meter it by licence' }).click();
  await expect(dialog).toContainText('Say that you checked it');
  await checkAccessibility(page);
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: 'Meter it by licence' }).click();
  await expect(dialog).toBeHidden();
  await expect(change).toBeFocused();
  const products = page.getByRole('table', { name: 'Metering of your products' });
  await expect(products).toContainText('By licence');

  await page.goto(`${app.origin}/#/contracts/${agreementId}/add-usage`);
  await fillLine(page, 1, 'Custom metrics', '3');
  await submitReview(page, 1);
  await expect(page.getByText('Accepted', { exact: true })).toBeVisible();
  await page.goto(`${app.origin}/#/settings`);
  await change.click();
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: 'Meter it by product code' }).click();
  await expect(dialog).toContainText(/1 usage record of it.*holds its hour/);
  await expect(dialog.getByRole('button', { name: 'Meter it by product code' })).toBeDisabled();
  await dialog.getByRole('button', { name: 'Leave it as it is' }).last().click();
  await expect(products).toContainText('By licence');
});
