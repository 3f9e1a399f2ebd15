import type { Page } from '@playwright/test';
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
  await guard.watchContext(stranger);
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

test('eight pages of one browser follow what happens, also when the first of them is closed', async ({
  app,
  page,
  context,
}) => {
  await expect(page.getByRole('main')).toBeVisible();
  const others: Page[] = [];
  for (let at = 0; at < 7; at += 1) {
    const other = await context.newPage();
    await other.goto(app.origin);
    others.push(other);
  }
  const last = others.at(-1) ?? page;
  await last.getByRole('button', { name: 'Continue with static-key' }).click();
  for (const one of [page, ...others]) {
    await expect(one.getByRole('heading', { name: /^Contracts/ })).toBeVisible();
  }
  await page.close();
  await last
    .locator('#top-bar')
    .getByRole('button', { name: /4829-1360-7251/ })
    .click();
  await last.getByRole('menuitem', { name: 'Leave this profile' }).click();
  for (const one of others) {
    await expect(one.getByRole('button', { name: 'Continue with static-key' })).toBeVisible();
  }
});
