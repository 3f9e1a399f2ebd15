import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { checkAccessibility, expect, test } from './support/app.ts';
import type { HostedApp } from './support/hosted-app.ts';
import { agreementWith, steer } from './support/tasks.ts';

/** Signs in without the browser, so that nothing but the list takes time. */
async function enter(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Continue with static-key' }).click();
  await expect(page.getByRole('heading', { name: /^Contracts/ })).toBeVisible();
}

const search = (page: Page) => page.getByRole('searchbox', { name: 'Find contracts' });
const title = (page: Page, count: string) =>
  page.getByRole('heading', { level: 1, name: `Contracts (${count})`, exact: true });
const fault = (app: HostedApp, change: object) =>
  steer(app, 'PUT', 'faults', [{ operation: 'SearchAgreements', ...change }]);

test('contracts can be used while the list is loading, and it says that it is incomplete', async ({
  app,
  page,
}) => {
  await steer(app, 'PUT', 'default-world', { agreements: 300 });
  // Longer than the test looks: the third page is on its way all the time.
  await fault(app, { kind: 'slow', ms: 25_000, skip: 2 });
  await enter(page);
  await expect(title(page, '100+')).toBeVisible();
  await expect(page.getByText('Incomplete: still loading from AWS')).toBeVisible();
  await expect(page.getByText(/2 pages, 100 contracts so far/)).toBeVisible();
  await search(page).fill('nobody has this');
  await expect(
    page.getByText('The list is still loading: what you look for may be on its way.'),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Clear all filters' }).first().click();
  await page.getByRole('row').filter({ hasText: 'agmt-' }).first().getByRole('link').first().click();
  await expect(page.getByRole('tab', { name: 'Usage' })).toBeVisible();
});

test('a page of the list that is lost is told, and reading goes on where it stopped', async ({
  app,
  page,
}) => {
  await steer(app, 'PUT', 'default-world', { agreements: 300 });
  await fault(app, { kind: 'AccessDeniedException', skip: 3, times: 'always' });
  await enter(page);
  await expect(title(page, '150+')).toBeVisible();
  await expect(
    page.getByText(/The list is incomplete. AWS was read up to page 3, with 150 contracts/),
  ).toBeVisible();
  await expect(page.getByText(/Active contracts may be missing/)).toBeVisible();
  await search(page).fill('nobody has this');
  await expect(page.getByText(/what you look for may be among what could not be read/)).toBeVisible();
  await search(page).clear();
  await checkAccessibility(page);
  await steer(app, 'DELETE', 'faults');
  await page.getByRole('button', { name: 'Go on reading' }).click();
  await expect(title(page, '300')).toBeVisible();
});

test('the next start shows the list at once with its age, then marks what changed until it is seen', async ({
  app,
  guard,
  page,
}) => {
  guard.allow(/Failed to load resource/);
  await enter(page);
  await expect(title(page, '40')).toBeVisible();
  const { agreementId } = await agreementWith(app, 'contract-with-consumption');
  const again = await app.reopen();
  const ended = { ...(await agreementWith(app, 'contract-with-consumption')), status: 'TERMINATED' };
  await steer(app, 'PUT', `world/agreements/${agreementId}`, ended);
  await fault(app, { kind: 'AccessDeniedException', times: 'always' });
  await enter(again);
  await expect(title(again, '40')).toBeVisible();
  await expect(again.getByText(/The list could not be refreshed. It stands as AWS had it at/)).toBeVisible();
  await steer(app, 'DELETE', 'faults');
  await again.getByRole('button', { name: 'Read the contracts again' }).click();
  await expect(again.getByText('Changed since you last looked: 1 ended contract.')).toBeVisible();
  await again.getByRole('button', { name: 'Show them' }).click();
  await expect(again.getByRole('row').filter({ hasText: agreementId })).toContainText('Ended since');
  await again.getByRole('button', { name: 'Mark as seen' }).click();
  await expect(again.getByText(/Changed since you last looked/)).toBeHidden();
  await expect(again.getByRole('row').nth(2)).toBeVisible();
});

test('filters are remembered, the text that was searched for is not', async ({ app, guard, page }) => {
  guard.allow(/Failed to load resource/);
  await enter(page);
  await page
    .getByRole('button', { name: /^Status/ })
    .first()
    .click();
  await page.getByRole('option', { name: /^Active/ }).click();
  await search(page).fill('kestrel');
  const preferences = join(app.dataDir, 'practice', 'preferences.json');
  await expect.poll(() => readFile(preferences, 'utf8')).toContain('"status": "active"');
  const again = await app.reopen();
  await enter(again);
  await expect(again.getByRole('button', { name: 'Status Active' })).toBeVisible();
  await expect(search(again)).toHaveValue('');
});

test('an alias is changed in the list, and a spreadsheet of aliases is imported after a look at it', async ({
  app,
  page,
}) => {
  await enter(page);
  const { agreementId } = await agreementWith(app, 'contract-with-consumption');
  const world = (await steer(app, 'GET', 'world')) as {
    agreements: { agreementId: string; acceptorAccountId: string; edge?: string }[];
  };
  const buyerOf = (edge: string) =>
    world.agreements.find((one) => one.edge === edge)?.acceptorAccountId ?? '';
  const zeros = buyerOf('pay-as-you-go');
  await search(page).fill(agreementId);
  await page.getByRole('button', { name: new RegExp(`alias.*${agreementId}`) }).click();
  await page.getByRole('textbox', { name: /^Alias of/ }).fill('Northwind');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'Northwind', exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Buyer aliases', exact: true }).click();
  await page.getByRole('menuitem', { name: /Import from CSV/ }).click();
  const lines = [
    'Buyer account;Alias',
    `${buyerOf('contract-with-consumption')};Northwind Traders`,
    `${zeros.replace(/^0+/, '')};Müller & Söhne`,
    '1.23457E+11;Lost',
  ];
  await page.locator('input[type=file]').setInputFiles({
    name: 'aliases.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(lines.join('\r\n'), 'latin1'),
  });
  await expect(page.getByText('Northwind → Northwind Traders')).toBeVisible();
  await expect(page.getByText(/took the zeros at the front/)).toBeVisible();
  await expect(page.getByText(/has rounded this number/)).toBeVisible();
  await checkAccessibility(page);
  await page.getByRole('button', { name: 'Apply 2 aliases' }).click();
  await expect(page.getByRole('link', { name: 'Northwind Traders', exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Buyer aliases', exact: true }).click();
  const path = await app.saved(page, () => page.getByRole('menuitem', { name: /Export as CSV/ }).click());
  const text = await readFile(path, 'utf8');
  const dashed = zeros.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3');
  expect(text).toContain(`\r\n${dashed},Müller & Söhne,`);
});

test('an account without any agreement says why the list may be empty, and what to check', async ({
  app,
  page,
}) => {
  await steer(app, 'PUT', 'default-world', { agreements: 0 });
  await enter(page);
  await expect(title(page, '0')).toBeVisible();
  await expect(page.getByText('AWS lists no contract of this seller account')).toBeVisible();
  for (const words of [
    /proposer \(PartyType Proposer\)/,
    /May your role search/,
    /sold by a channel partner/,
  ])
    await expect(page.getByText(words)).toBeVisible();
  await checkAccessibility(page);
  await page.getByRole('link', { name: 'added by hand' }).click();
  await expect(page.getByRole('button', { name: 'Add the contract' })).toBeVisible();
});
