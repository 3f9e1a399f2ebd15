import { checkAccessibility, expect, test } from './support/app.ts';
import {
  agreementWith,
  badges,
  beginUsage,
  fillLine,
  openContract,
  signIn,
  submitReview,
} from './support/tasks.ts';

test('a wrong answer about the scheme is corrected in Settings, and held hours stay closed to the new way', async ({
  app,
  page,
}) => {
  await signIn(page);
  const { agreementId } = await agreementWith(app, 'contract-with-consumption');
  await openContract(page, agreementId);
  await beginUsage(page, 'By product code');

  const change = page.getByRole('button', { name: /^Change how .* is metered$/ });
  const dialog = page.getByRole('dialog');
  const save = dialog.getByRole('button', { name: 'Change the metering' });
  await page.goto(`${app.origin}/#/settings`);
  await change.click();
  await expect(save).toBeDisabled();
  await dialog.getByRole('radio', { name: 'By licence' }).check();
  await save.click();
  await expect(dialog).toContainText('Say that you are sure');
  await checkAccessibility(page);
  await dialog.getByRole('checkbox').check();
  await save.click();
  await expect(dialog).toBeHidden();
  await expect(change).toBeFocused();
  const products = page.getByRole('table', { name: 'Metering of your products' });
  await expect(products).toContainText('By licence');

  await page.goto(`${app.origin}/#/contracts/${agreementId}/add-usage`);
  await fillLine(page, 1, 'Custom metrics', '3');
  await submitReview(page, 1);
  await expect(badges(page, 'Accepted')).toBeVisible();
  await page.goto(`${app.origin}/#/settings`);
  await change.click();
  await expect(dialog).toContainText('1 record of this product holds its hour');
  await dialog.getByRole('button', { name: /^Metering Region/ }).click();
  await page.getByRole('option', { name: 'eu-west-1' }).click();
  await dialog.getByRole('checkbox').check();
  await save.click();
  await expect(products).toContainText('eu-west-1');
  await page.goto(`${app.origin}/#/contracts/${agreementId}/add-usage`);
  await fillLine(page, 1, 'Custom metrics', '4');
  await expect(
    page.getByText(/^This hour already has a record of 3 .* metered in us-east-1/).first(),
  ).toBeVisible();
});
