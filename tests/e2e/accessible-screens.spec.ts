import { checkAccessibility, expect, test } from './support/app.ts';
import {
  agreementWith,
  beginUsage,
  fillLine,
  openContract,
  signIn,
  steer,
  submitReview,
} from './support/tasks.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test('every screen that a person comes to later has no accessibility finding', async ({ app, page }) => {
      test.slow();
      await signIn(page);
      const { agreementId } = await agreementWith(app, 'contract-with-consumption');
      await openContract(page, agreementId);
      await beginUsage(page);
      await fillLine(page, 1, 'Custom metrics', '3');
      await steer(app, 'PUT', 'faults', [{ operation: 'BatchMeterUsage', kind: 'access-denied' }]);
      await submitReview(page, 1);
      await expect(page.getByText(/needs you/).first()).toBeVisible();
      const screens = [
        [`contracts/${agreementId}/dimensions`, 'Dimensions and prices'],
        [`contracts/${agreementId}/details`, 'Details'],
        ['pending', 'Waiting for you'],
        ['rejected', 'Nothing is open'],
        ['history', 'Usage records'],
        ['settings', 'Metering of your products'],
        ['help', 'How reporting works'],
      ] as const;
      for (const [place, heading] of screens) {
        await page.goto(`${app.origin}/#/${place}`);
        await expect(page.getByRole('heading', { name: heading }).first()).toBeVisible();
        await checkAccessibility(page);
      }
    });
  });
}

test('whoever comes to a screen is on its heading, also when its code is still being fetched', async ({
  page,
}) => {
  await signIn(page);
  // While it is read, contracts come between the others, and a row that moves loses the focus.
  await expect(page.getByText(/^As AWS had it/)).toBeVisible();
  const focused = page.locator(':focus');
  await page.getByRole('table', { name: 'Contracts' }).getByRole('link').first().press('Enter');
  await expect(focused).toHaveRole('heading');
  await page.getByRole('link', { name: 'History', exact: true }).press('Enter');
  await expect(focused).toHaveText('History');
  await expect(focused).toHaveRole('heading');
});
