/** The way through the app on which its pictures are taken. */
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { appOf, type HostedApp } from '../e2e/support/hosted-app.ts';
import { agreementWith, badges, fillLine, openContract, steer, submitReview } from '../e2e/support/tasks.ts';

export interface Camera {
  /** Takes the window as it stands, for the folder of all pictures and, by name, for the README: there down to what is `above` it alone. */
  readonly take: (name: string, readmeName?: string, above?: Locator) => Promise<void>;
}

export function createCamera(page: Page, dir: string, readmeDir: string | null): Camera {
  return {
    take: async (name, readmeName, above) => {
      await page.evaluate('document.fonts.ready');
      // A pointer that rests on something would leave its mark on the picture.
      await page.mouse.move(0, 0);
      await page.screenshot({ path: join(dir, `${name}.png`), animations: 'disabled' });
      if (readmeName === undefined || readmeDir === null) return;
      await page.screenshot({
        path: join(readmeDir, `${readmeName}.png`),
        animations: 'disabled',
        ...(above === undefined ? {} : { clip: await partAbove(page, above) }),
      });
    },
  };
}

async function partAbove(page: Page, locator: Locator) {
  const { width = 0 } = page.viewportSize() ?? {};
  const { y = 0 } = (await locator.boundingBox()) ?? {};
  return { x: 0, y: 0, width, height: y };
}

interface Story {
  readonly app: HostedApp;
  readonly page: Page;
  readonly camera: Camera;
  /** `light` or `dark`: the README has some pictures in the one and some in the other. */
  readonly scheme: 'light' | 'dark';
}

type Agreement = Awaited<ReturnType<typeof agreementWith>>;

export async function tellStory(story: Story): Promise<void> {
  const { app, page } = story;
  await enter(story);
  const agreement = await agreementWith(app, 'contract-with-consumption');
  await openContract(page, agreement.agreementId);
  await answerScheme(story);
  await reportMorning(story);
  await writeTwoLines(story, agreement);
  await reportTroubles(story, agreement);
  await lookAround(story, agreement);
}

const inLight = (scheme: Story['scheme'], name: string) => (scheme === 'light' ? `${name}-light` : undefined);

async function enter({ app, page, camera, scheme }: Story): Promise<void> {
  const first = page.getByRole('button', { name: 'Continue with seller-ops' });
  await expect(first).toBeFocused();
  await camera.take('sign-in', inLight(scheme, 'sign-in'));
  await first.click();
  await expect(page.getByRole('link', { name: /open the sign-in page/i })).toBeVisible();
  await camera.take('sign-in-waiting');
  await page.getByRole('button', { name: 'Cancel' }).click();
  // As on a computer on which nobody ever used AWS.
  const aws = join(app.dataDir, 'practice', 'home', '.aws');
  renameSync(aws, `${aws}-aside`);
  await expect(page.getByRole('heading', { name: 'No AWS profile yet' })).toBeVisible();
  await camera.take('first-start');
  await addProfile({ page, camera, scheme });
  renameSync(`${aws}-aside`, aws);
  await first.click();
  await appOf(page).approveSignIn(page);
  await expect(page.getByText('As AWS had it just now')).toBeVisible();
  await camera.take('contracts', inLight(scheme, 'contracts'));
}

/** The three steps of a new profile, by a code as well, and back without one. */
async function addProfile({ page, camera, scheme }: Omit<Story, 'app'>): Promise<void> {
  await page.getByRole('button', { name: 'Add a profile' }).click();
  await page.getByLabel('Address of the AWS access portal').fill('https://d-9067a1c4e2.awsapps.com/start');
  await page.getByLabel('Region of IAM Identity Center').fill('eu-central-1');
  await page.keyboard.press('Escape');
  await toTop(page);
  // The file of this run is nobody's.
  const file = page.getByText(/^The profile is added at the end of/);
  await camera.take('add-profile', inLight(scheme, 'add-profile'), file);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('link', { name: /open the sign-in page/i })).toBeVisible();
  await camera.take('add-profile-waiting');
  await page.getByRole('button', { name: 'Sign in with a code instead' }).click();
  await expect(page.getByText('Your code', { exact: true })).toBeVisible();
  await camera.take('add-profile-code');
  await appOf(page).approveSignIn(page);
  await choose(page, /^Account/, /^Kestrel Cloud Software/);
  await choose(page, /^Role/, 'MarketplaceMetering');
  await toTop(page);
  await camera.take('add-profile-role', inLight(scheme, 'add-profile-role'), file);
  await page.getByRole('button', { name: 'Cancel' }).click();
}

async function choose(page: Page, field: RegExp, option: RegExp | string): Promise<void> {
  await page.getByRole('button', { name: field }).click();
  await page.getByRole('option', { name: option }).first().click();
}

async function answerScheme({ page, camera }: Story): Promise<void> {
  await camera.take('contract-before-usage');
  await page
    .getByRole('button', { name: 'Add usage' })
    .or(page.getByRole('link', { name: 'Add usage' }))
    .click();
  await page.getByRole('radio', { name: 'By licence' }).check();
  await camera.take('scheme-question');
  await page.getByRole('button', { name: 'Save and go on' }).click();
  await expect(page.getByLabel('Quantity').first()).toBeVisible();
}

/** Chooses an hour of a line (both from 0) on its strip; hours count from the oldest. */
async function chooseHour(page: Page, line: number, hour: number): Promise<void> {
  await page.getByRole('radiogroup', { name: /^Hour/ }).nth(line).getByRole('radio').nth(hour).click();
}

async function addLine(page: Page, line: number, dimension: string, quantity: string, hour: number) {
  if (line > 0) await page.getByRole('button', { name: 'Add a line' }).click();
  await fillLine(page, line + 1, dimension, quantity);
  await chooseHour(page, line, hour);
}

/** Three lines that AWS takes. */
async function reportMorning({ page }: Story): Promise<void> {
  await addLine(page, 0, 'Data ingested', '412', 2);
  await page.getByLabel(/^Description/).fill('Backfill of the EU region');
  await addLine(page, 1, 'Custom metrics', '1,250', 3);
  await addLine(page, 2, 'Synthetic test runs', '18,400', 3);
  await submitReview(page, 3);
  await expect(badges(page, 'Accepted')).toHaveCount(3, { timeout: 30_000 });
}

/** The form with a taken hour and a chosen one, then with errors, then its review. */
async function writeTwoLines({ app, page, camera, scheme }: Story, agreement: Agreement): Promise<void> {
  await page.goto(`${app.origin}/#/contracts/${agreement.agreementId}/add-usage`);
  await addLine(page, 0, 'Custom metrics', '1,480', 5);
  await page.getByLabel(/^Description/).fill('November true-up');
  await addLine(page, 1, 'Synthetic test runs', '2,150', 4);
  await toTop(page);
  await expect(page.getByText('= 2,150')).toBeVisible();
  await camera.take('add-usage', `add-usage-${scheme}`);
  await page.getByLabel('Quantity').nth(0).fill('1.5');
  await page.getByLabel('Start date').nth(0).fill('2026-01-01');
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await expect(page.getByLabel('Quantity').nth(0)).toBeFocused();
  await toTop(page);
  await camera.take('add-usage-errors');
  await page.getByLabel('Quantity').nth(0).fill('1,480');
  await page.getByRole('button', { name: /^Now/ }).nth(0).click();
  await chooseHour(page, 0, 5);
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await expect(page.getByText('Submissions are final and cannot be reversed.')).toBeVisible();
  await camera.take('review', inLight(scheme, 'review'));
  await page.getByRole('button', { name: 'Back', exact: true }).click();
}

/** One record is refused, as the listing lost its dimension; later ones wait for AWS and for a person. */
async function reportTroubles({ app, page, camera, scheme }: Story, agreement: Agreement): Promise<void> {
  await loseDimension(app, agreement.productId, 'synthetic_runs');
  await submitReview(page, 2);
  const records = page.getByRole('table', { name: 'Usage records' });
  await expect(records.getByText('Rejected', { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(records.getByText('Accepted', { exact: true })).toHaveCount(4, { timeout: 60_000 });
  await steer(app, 'PUT', 'faults', [busy]);
  await page.goto(`${app.origin}/#/contracts/${agreement.agreementId}/add-usage`);
  await addLine(page, 0, 'Data ingested', '96', 4);
  await submitReview(page, 1);
  await expect(records.getByText(/trying again/)).toBeVisible({ timeout: 60_000 });
  await camera.take('contract-usage');
  const box = await page.getByRole('tab', { name: 'Usage' }).boundingBox();
  await page.evaluate(`window.scrollBy(0, ${(box?.y ?? 0) - 100})`);
  await camera.take('contract-usage-records', inLight(scheme, 'usage'));
}

const busy = { operation: 'BatchMeterUsage', kind: 'throttling', times: 'always' };
const refused = { operation: 'BatchMeterUsage', kind: 'access-denied', times: 'always' };

async function loseDimension(app: HostedApp, productId: string, key: string): Promise<void> {
  const product = (await steer(app, 'GET', `world/products/${productId}`)) as {
    readonly dimensions: readonly { readonly Key: string }[];
  };
  await steer(app, 'PUT', `world/products/${productId}`, {
    ...product,
    dimensions: product.dimensions.filter(({ Key }) => Key !== key),
  });
}

async function lookAround({ app, page, camera }: Story, { agreementId }: Agreement): Promise<void> {
  const renewal = await agreementWith(app, 'renewal');
  const open = async (place: string, heading: string | RegExp) => {
    await page.goto(`${app.origin}/#/${place}`);
    await expect(page.getByRole('heading', { name: heading }).first()).toBeVisible();
    await toTop(page);
  };
  await open(`contracts/${agreementId}/dimensions`, /^Dimensions and prices/);
  await camera.take('contract-dimensions');
  await open(`contracts/${agreementId}/details`, 'Details');
  await camera.take('contract-details');
  await open(`contracts/${renewal.agreementId}/chain`, /^Chain/);
  await camera.take('contract-chain');
  await open('rejected', /^Still in time/);
  await page
    .getByRole('button', { name: /: explain$/ })
    .first()
    .click();
  await expect(page.getByText('What to do', { exact: true })).toBeVisible();
  await camera.take('rejected');
  await page.keyboard.press('Escape');
  await page
    .getByRole('button', { name: /open the record/ })
    .first()
    .click();
  await expect(page.getByText('What stood on the review', { exact: true })).toBeVisible();
  await camera.take('rejected-record');
  await page.getByRole('button', { name: 'Ask AWS', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'Ask AWS, with everything at hand' })).toBeVisible();
  await camera.take('ask-aws');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: /with a receipt to print$/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Receipt of a submission' })).toBeVisible();
  await expect(page.getByRole('table').first()).toBeVisible();
  await toTop(page);
  await camera.take('receipt');
  await open('rejected', /^Still in time/);
  await page.getByRole('checkbox', { name: 'Choose all records' }).check();
  await expect(page.getByRole('button', { name: /^Send 1 record again/ })).toBeEnabled();
  await camera.take('rejected-ticked');
  await steer(app, 'PUT', 'faults', [refused]);
  await open('pending', /^Pending/);
  await expect(page.getByText(/needs you/)).toBeVisible({ timeout: 60_000 });
  await camera.take('pending');
  await open('history', /^Usage records/);
  await camera.take('history');
  await page.getByRole('button', { name: 'More filters' }).click();
  await page.getByRole('button', { name: 'Rejected', exact: true }).click();
  await camera.take('history-filtered');
  await open('settings', /^Metering of your products/);
  await camera.take('settings');
  await page.getByRole('button', { name: /^Change how/ }).click();
  await camera.take('settings-scheme');
  await page.keyboard.press('Escape');
  await toEnd(page);
  await camera.take('settings-end');
  await open('help', 'How reporting works');
  await camera.take('help');
  await toEnd(page);
  await camera.take('help-end');
  await open('contracts', /^Contracts/);
  await page.getByRole('button', { name: /^Only contracts that/ }).click();
  await camera.take('contracts-filters');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /4829-1360-7251/ }).click();
  await camera.take('account-menu');
  await page.keyboard.press('Escape');
  await open('add-contract', /^Add/);
  await camera.take('add-contract');
}

async function toEnd(page: Page): Promise<void> {
  await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)');
}

async function toTop(page: Page): Promise<void> {
  await page.evaluate('window.scrollTo(0, 0)');
}
