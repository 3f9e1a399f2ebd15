/** What a person does in the app, step by step, and what a spec does to the practice AWS behind it. */
import { expect, type Locator, type Page } from '@playwright/test';
import { confirmationText } from '../../../src/contract/entry.ts';
import { appOf, type HostedApp } from './hosted-app.ts';

/** An app of either host, as far as its practice AWS is steered. */
type Steered = Pick<HostedApp, 'practiceUrl'>;

/** Reads or sets something under `/_practice/`. */
export async function steer(app: Steered, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${app.practiceUrl}/_practice/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
  return answer;
}

interface PracticeWorld {
  readonly agreements: readonly {
    readonly agreementId: string;
    readonly productId: string;
    readonly edge?: string;
  }[];
}

/** The agreement of the default world that has this special trait, such as `contract-with-consumption`. */
export async function agreementWith(app: Steered, edge: string) {
  const { agreements } = (await steer(app, 'GET', 'world')) as PracticeWorld;
  const found = agreements.find((agreement) => agreement.edge === edge);
  if (!found) throw new Error(`the practice world has no contract ${edge}`);
  return found;
}

/** Chooses the profile, allows it on the sign-in page of AWS, and waits for the contracts. */
export async function signIn(page: Page, profile = 'seller-ops'): Promise<void> {
  await page.getByRole('button', { name: `Continue with ${profile}` }).click();
  await appOf(page).approveSignIn(page);
  await expect(page.getByRole('heading', { name: /^Contracts/ })).toBeVisible();
}

/** Finds a contract by its agreement id, as one would by any word of it, and opens it. */
export async function openContract(page: Page, agreementId: string): Promise<void> {
  await page.getByRole('searchbox').fill(agreementId);
  const row = page.getByRole('row').filter({ hasText: agreementId });
  await row.getByRole('link').first().click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Usage' })).toBeVisible();
}

/** Goes from the contract to the form, and answers the question about the scheme where it is asked. */
export async function beginUsage(
  page: Page,
  scheme: 'By licence' | 'By product code' = 'By licence',
): Promise<void> {
  await page
    .getByRole('button', { name: 'Add usage' })
    .or(page.getByRole('link', { name: 'Add usage' }))
    .click();
  const question = page.getByRole('radio', { name: scheme });
  const form = page.getByLabel('Quantity').first();
  await expect(question.or(form)).toBeVisible();
  if (await question.isVisible()) {
    await question.check();
    await page.getByRole('button', { name: 'Save and go on' }).click();
  }
  await expect(form).toBeVisible();
}

/** Fills the line (from 1) with a dimension by name and a quantity as typed. */
export async function fillLine(page: Page, line: number, dimension: string, quantity: string): Promise<void> {
  await page
    .getByRole('button', { name: /^Dimension/ })
    .nth(line - 1)
    .click();
  await page.getByRole('option', { name: dimension }).first().click();
  const field = page.getByLabel('Quantity').nth(line - 1);
  await field.fill(quantity);
  await field.blur();
}

/** Goes to the review, confirms it and submits. */
export async function submitReview(page: Page, lines: number): Promise<void> {
  await page.getByRole('button', { name: 'Review', exact: true }).click();
  await confirmReview(page, lines);
}

const exportActs = { csv: 'Export as CSV', xlsx: 'Export the workbook' } as const;

/** Presses *Export* and chooses the file; the export begins with a press of the button that is given. */
export async function chooseExport(page: Page, format: keyof typeof exportActs) {
  await page.getByRole('button', { name: /^Export/ }).click();
  const dialog = page.getByRole('dialog', { name: /^Export/ });
  await dialog.getByRole('radio', { name: format === 'csv' ? /^CSV/ : /^Excel/ }).check();
  return dialog.getByRole('button', { name: exportActs[format] });
}

/** Confirms the review that is open and submits. */
export async function confirmReview(page: Page, lines: number): Promise<void> {
  const submit = page.getByRole('button', {
    name: `Submit ${lines} ${lines === 1 ? 'line' : 'lines'} to AWS`,
  });
  await expect(submit).toBeDisabled();
  await page
    .getByRole('switch', { name: confirmationText })
    .or(page.getByLabel(confirmationText))
    .first()
    .click();
  await submit.click();
  await expect(page.getByRole('tab', { name: 'Usage', selected: true })).toBeVisible();
}

/** The badges of this status in the list of usage records; the chart beside it has the same words in its legend. */
export function badges(page: Page, status: 'Accepted' | 'Rejected' | 'Withdrawn'): Locator {
  return page.getByRole('table', { name: 'Usage records' }).getByText(status, { exact: true });
}
