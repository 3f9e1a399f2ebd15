import {
  agreementWith,
  beginUsage,
  fillLine,
  openContract,
  signIn,
  steer,
  submitReview,
} from '../e2e/support/tasks.ts';
import { expect, test } from './support/browser-app.ts';

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

  test('the page warns before it goes inside the window, and no longer once nothing can be taken back', async ({
    page,
  }) => {
    await submitReview(page, 2);
    await expect(page.getByText('Pending · can be taken back')).toHaveCount(2);
    const [warning] = await Promise.all([page.waitForEvent('dialog'), page.close({ runBeforeUnload: true })]);
    expect(warning.type()).toBe('beforeunload');
    await warning.dismiss();
    await page.getByRole('button', { name: /^Undo: take back 2 lines/ }).click();
    await expect(page.getByText('Taken back: nothing was sent to AWS', { exact: true })).toBeVisible();
    await Promise.all([page.waitForEvent('close'), page.close({ runBeforeUnload: true })]);
  });

  test('a host that is ended inside the window sends nothing, and starts the window again, visibly', async ({
    app,
    page,
    guard,
  }) => {
    guard.allow(/ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED|network/i);
    await submitReview(page, 2);
    await expect(page.getByText('Pending · can be taken back')).toHaveCount(2);
    await app.restart();
    const next = await page.context().newPage();
    await next.goto(app.launchAddress);
    await expect(next.getByText(/^2 lines for .+ leave for AWS in \d+ s$/)).toBeVisible();
    expect(await steer(app, 'GET', 'metered')).toEqual([]);
  });
});
