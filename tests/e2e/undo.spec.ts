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

test.describe('with an undo window of a minute', () => {
  test.use({ preferences: { undoSeconds: 60 } });

  test.beforeEach(async ({ app, page }) => {
    await signIn(page);
    const { agreementId } = await agreementWith(app, 'contract-with-consumption');
    await openContract(page, agreementId);
    await beginUsage(page);
    await fillLine(page, 1, 'Custom metrics', '1,250');
    await page.getByRole('button', { name: 'Add a line' }).click();
    await fillLine(page, 2, 'Synthetic test runs', '40');
  });

  test('a submission is taken back as a whole, nothing of it ever leaves, and it can be edited again', async ({
    app,
    page,
  }) => {
    await page.getByRole('button', { name: 'Review', exact: true }).click();
    await expect(page.getByText('You can take it back for 60 seconds after you submit.')).toBeVisible();
    await page.getByRole('button', { name: 'Back', exact: true }).click();
    await submitReview(page, 2);
    await expect(page.getByText('Pending · can be taken back')).toHaveCount(2);
    await expect(page.getByText(/^2 lines for .+ leave for AWS in \d+ s$/)).toBeVisible();
    await expect(page).toHaveTitle(/2 pending/);
    await checkAccessibility(page);

    await page.getByRole('link', { name: 'History' }).click();
    await page.getByRole('button', { name: /^Undo: take back 2 lines/ }).click();
    await expect(page.getByText('Taken back: nothing was sent to AWS', { exact: true })).toBeVisible();
    await expect(badges(page, 'Withdrawn')).toHaveCount(2);
    expect(await steer(app, 'GET', 'metered')).toEqual([]);

    await page.getByRole('button', { name: 'Edit again' }).click();
    await expect(page.getByLabel('Quantity').first()).toHaveValue('1,250');
    await expect(page.getByLabel('Quantity').nth(1)).toHaveValue('40');
    await expect(page.getByText(/is taken/)).toHaveCount(0);
  });

  test('a submission leaves before its time when the person says so', async ({ app, page }) => {
    await submitReview(page, 2);
    await page.getByRole('button', { name: /^Send now: 2 lines/ }).click();
    await expect(badges(page, 'Accepted')).toHaveCount(2);
    await expect(page.getByRole('button', { name: /^Undo/ })).toHaveCount(0);
    expect(await steer(app, 'GET', 'metered')).toHaveLength(2);
  });

  test('the window starts again, visibly, after a crash inside it', { tag: '@smoke' }, async ({
    app,
    page: before,
    guard,
  }) => {
    guard.allow(/ERR_CONNECTION_(REFUSED|RESET)|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED|network/i);
    await submitReview(before, 2);
    await expect(before.getByText('Pending · can be taken back')).toHaveCount(2);
    await app.kill();
    const page = await app.reopen();
    await expect(page.getByText(/^2 lines for .+ leave for AWS in \d+ s$/)).toBeVisible();
    await page.getByRole('button', { name: /^Undo: take back 2 lines/ }).click();
    await expect(page.getByText('Taken back: nothing was sent to AWS', { exact: true })).toBeVisible();
    expect(await steer(app, 'GET', 'metered')).toEqual([]);
  });
});

test('without an undo window the review says so, and the records leave at once', async ({ app, page }) => {
  await signIn(page);
  const { agreementId } = await agreementWith(app, 'contract-with-consumption');
  await openContract(page, agreementId);
  await beginUsage(page);
  await fillLine(page, 1, 'Custom metrics', '3');
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await expect(page.getByText(/^It leaves at once/)).toBeVisible();
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await submitReview(page, 1);
  await expect(badges(page, 'Accepted')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Undo/ })).toHaveCount(0);
});

test('the undo window is set in Settings and holds for the next review', async ({ app, page }) => {
  await signIn(page);
  await page.getByRole('link', { name: 'Settings' }).click();
  const seconds = page.getByLabel('Seconds');
  await expect(seconds).toHaveValue('0');
  await seconds.fill('61');
  await expect(page.getByText('Write a whole number from 0 to 60.').first()).toBeVisible();
  await seconds.fill('25');
  await seconds.press('Enter');
  await page.getByRole('link', { name: 'Contracts' }).first().click();
  const { agreementId } = await agreementWith(app, 'contract-with-consumption');
  await openContract(page, agreementId);
  await beginUsage(page);
  await fillLine(page, 1, 'Custom metrics', '3');
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await expect(page.getByText('You can take it back for 25 seconds after you submit.')).toBeVisible();
});
