import { checkAccessibility, expect, test } from './support/browser-app.ts';

test('the launch address is enough to use the app, and its page breaks no rule', async ({ app, page }) => {
  await expect(page).toHaveURL(new RegExp(`^${app.origin}/`));
  await expect(page).toHaveTitle(/Usage Desk/);
  await expect(page.getByRole('main')).toBeVisible();
  await checkAccessibility(page);
});

test('a page whose app was started anew says how to get in again, and the new address lets it in', async ({
  app,
  page,
  guard,
}) => {
  guard.allow(/console error/);
  await expect(page.getByRole('main')).toBeVisible();
  await app.restart();
  await page.goto(app.origin);
  await expect(page.getByText(/Start Usage Desk again/).first()).toBeVisible();
  await page.goto(app.launchAddress);
  await expect(page.getByText(/Start Usage Desk again/)).toHaveCount(0);
});

test('a launch address that was used says so in plain words', async ({ app, page, browser, guard }) => {
  guard.allow(/console error/);
  await expect(page.getByRole('main')).toBeVisible();
  const stranger = await browser.newContext();
  const theirs = await stranger.newPage();
  const answer = await theirs.goto(app.launchAddress);
  expect(answer?.status()).toBe(403);
  await expect(theirs.getByText(/has been used already/)).toBeVisible();
  await stranger.close();
});

test('a page whose app was killed says so by itself', async ({ app, page, guard }) => {
  guard.allow(/console error/);
  await expect(page.getByRole('main')).toBeVisible();
  await app.kill();
  await expect(page.getByText('Usage Desk is not running any more').first()).toBeVisible();
});
