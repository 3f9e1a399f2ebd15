import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { checkAccessibility, expect, test } from './support/app.ts';
import { steer } from './support/tasks.ts';

async function choose(page: Page, field: RegExp, option: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: field }).click();
  await page.getByRole('option', { name: option }).first().click();
}

test('a first start without any AWS file leads to a profile, a sign-in and the contracts', async ({
  app,
  page,
}) => {
  const home = join(app.dataDir, 'practice', 'home');
  rmSync(join(home, '.aws'), { recursive: true });
  await page.reload();
  await expect(page.getByRole('heading', { name: 'No AWS profile yet' })).toBeVisible();
  await page.getByRole('button', { name: 'Add a profile' }).click();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('Enter the address of your access portal.')).toBeVisible();
  await page.getByLabel('Address of the AWS access portal').fill('https://d-9067a1c4e2.awsapps.com/start/#/');
  await page.getByLabel('Region of IAM Identity Center').fill('eu-central-1');
  await page.keyboard.press('Escape');
  await checkAccessibility(page);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await app.approveSignIn(page);
  await choose(page, /^Account/, /Kestrel Cloud Software/);
  await choose(page, /^Role/, 'MarketplaceMetering');
  await checkAccessibility(page);
  await page.getByRole('button', { name: 'Add the profile and go on' }).click();
  await expect(page.getByRole('heading', { name: /^Contracts/ })).toBeVisible();
  expect(readFileSync(join(home, '.aws', 'config'), 'utf8')).toContain('[profile kestrel-cloud-software]');
});

test('a profile that is given up at its last step says when AWS could not be told', async ({ app, page }) => {
  rmSync(join(app.dataDir, 'practice', 'home', '.aws'), { recursive: true });
  await page.reload();
  await page.getByRole('button', { name: 'Add a profile' }).click();
  await page.getByLabel('Address of the AWS access portal').fill('https://d-9067a1c4e2.awsapps.com/start');
  await page.getByLabel('Region of IAM Identity Center').fill('eu-central-1');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await app.approveSignIn(page);
  await expect(page.getByRole('button', { name: /^Account/ })).toBeVisible();
  await steer(app, 'PUT', 'faults', [{ operation: 'Logout', kind: 'internal-error', times: 'always' }]);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('You are signed out on this computer only')).toBeInViewport();
  await expect(page.getByRole('heading', { name: 'No AWS profile yet' })).toBeVisible();
  await checkAccessibility(page);
});

test('a code can take the place of the browser’s way back', async ({ app, page }) => {
  await page.getByRole('button', { name: 'Continue with seller-ops' }).click();
  await page.getByRole('button', { name: 'Sign in with a code instead' }).click();
  await expect(page.getByText(/^[A-Z]{4}-[A-Z]{4}$/)).toBeVisible();
  await checkAccessibility(page);
  await app.approveSignIn(page);
  await expect(page.getByRole('heading', { name: /^Contracts/ })).toBeVisible();
  expect(await steer(app, 'GET', 'calls')).toContainEqual(
    expect.objectContaining({ operation: 'StartDeviceAuthorization' }),
  );
});
