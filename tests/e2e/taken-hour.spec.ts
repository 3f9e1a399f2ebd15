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

interface Metered {
  readonly quantity: number;
  readonly dimension: string;
}

test.describe('two quantities in one hour', () => {
  test.use({ preferences: { undoSeconds: 60 } });

  test.beforeEach(async ({ app, page }) => {
    await signIn(page);
    const { agreementId } = await agreementWith(app, 'contract-with-consumption');
    await openContract(page, agreementId);
    await beginUsage(page);
    await fillLine(page, 1, 'Custom metrics', '1,250');
    await page.getByLabel(/^Description/).fill('November true-up');
    await page.getByRole('button', { name: 'Add a line' }).click();
  });

  test('two lines of the form are merged into one, and the merge is undone', async ({ app, page }) => {
    await fillLine(page, 2, 'Custom metrics', '40');
    await page
      .getByLabel(/^Description/)
      .nth(1)
      .fill('late import');
    await expect(page.getByText(/^Line 1 has this dimension in the same hour\. Merge them/)).toBeVisible();
    await expect(page.getByText(/^1,250 \+ 40 = 1,290, with the start time of line 1: /)).toBeVisible();
    await checkAccessibility(page);
    await page.getByRole('button', { name: 'Merge into line 1' }).click();
    await expect(page.getByLabel('Quantity')).toHaveCount(1);
    await expect(page.getByLabel('Quantity')).toHaveValue('1290');
    await expect(page.getByLabel('Quantity')).toBeFocused();
    await expect(page.getByLabel(/^Description/)).toHaveValue('November true-up; late import');

    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect(page.getByLabel('Quantity').first()).toHaveValue('1,250');
    await expect(page.getByLabel('Quantity').nth(1)).toHaveValue('40');

    await page.getByRole('button', { name: 'Merge into line 1' }).click();
    await submitReview(page, 1);
    await page.getByRole('button', { name: /^Send now: \d line/ }).click();
    await expect(badges(page, 'Accepted')).toBeVisible();
    expect(await steer(app, 'GET', 'metered')).toMatchObject([{ quantity: 1290 }]);
  });

  test('a record that can still be taken back is merged with the line that wants its hour', async ({
    app,
    page,
  }) => {
    await fillLine(page, 2, 'Synthetic test runs', '7');
    await submitReview(page, 2);
    await beginUsage(page);
    await fillLine(page, 1, 'Custom metrics', '40');
    await expect(page.getByText(/^This hour already has a record of 1,250 \(pending\)\./)).toBeVisible();
    await expect(page.getByText('The record in this hour')).toBeVisible();
    await page.getByRole('button', { name: /^Take it back and merge/ }).click();
    const question = page.getByRole('dialog', { name: 'Take back the submission and merge?' });
    await expect(question.getByText(/A submission is taken back as a whole, all 2 lines:$/)).toBeVisible();
    await expect(question.getByText('1,250 + 40 = 1,290')).toBeVisible();
    await expect(question.getByText('Its other line becomes a line of this form.')).toBeVisible();
    await checkAccessibility(page);
    await question.getByRole('button', { name: 'Take back 2 lines and merge' }).click();
    await expect(page.getByLabel('Quantity').first()).toHaveValue('1290');
    await expect(page.getByLabel('Quantity').first()).toBeFocused();
    await expect(page.getByLabel('Quantity').nth(1)).toHaveValue('7');
    await expect(page.getByRole('button', { name: /^Undo: take back/ })).toHaveCount(0);

    // Nothing leaves but through a review of its own.
    expect(await steer(app, 'GET', 'metered')).toEqual([]);
    await submitReview(page, 2);
    await page.getByRole('button', { name: /^Send now: \d line/ }).click();
    await expect(badges(page, 'Accepted')).toHaveCount(2);
    const metered = (await steer(app, 'GET', 'metered')) as readonly Metered[];
    expect(metered.map(({ quantity }) => quantity).toSorted((a, b) => a - b)).toEqual([7, 1290]);
  });
});

test('a taken hour says by what record, opens it, and names free hours near', async ({ app, page }) => {
  await signIn(page);
  const { agreementId } = await agreementWith(app, 'contract-with-consumption');
  await openContract(page, agreementId);
  await beginUsage(page);
  await fillLine(page, 1, 'Custom metrics', '1250');
  await submitReview(page, 1);
  await expect(badges(page, 'Accepted')).toBeVisible();
  await beginUsage(page);
  await fillLine(page, 1, 'Custom metrics', '40');
  await expect(
    page.getByText(/^This hour already has a record of 1,250 \(accepted\)\..+Free near it: /),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: /^Take it back/ })).toHaveCount(0);
  await page.getByRole('button', { name: /^Open this record, of 1,250/ }).click();
  await expect(page.getByRole('heading', { name: 'What stood on the review' })).toBeVisible();
  await expect(page.getByLabel('Quantity')).toHaveValue('40');
});
