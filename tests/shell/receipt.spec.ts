import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  agreementWith,
  badges,
  beginUsage,
  fillLine,
  openContract,
  signIn,
  submitReview,
} from '../e2e/support/tasks.ts';
import { expect, test } from './support/shell-app.ts';

const canRead = spawnSync('pdftotext', ['-v']).status === 0;
if (!canRead)
  process.stderr.write(
    '\nSKIPPED: pdftotext (poppler-utils) is not installed, so nothing reads the saved receipt.\n',
  );

const textOf = (path: string) => execFileSync('pdftotext', ['-raw', path, '-'], { encoding: 'utf8' });
const factsOf = (path: string) => execFileSync('pdfinfo', [path], { encoding: 'utf8' });

test('a receipt is saved as a PDF where the person says: one page, with the receipt alone on it', async ({
  shell,
  page,
}) => {
  await signIn(page);
  const { agreementId } = await agreementWith(shell, 'contract-with-consumption');
  await openContract(page, agreementId);
  await beginUsage(page);
  await fillLine(page, 1, 'Custom metrics', '1,250');
  await page.getByLabel(/^Description/).fill('Zürich, true-up');
  await submitReview(page, 1);
  await expect(badges(page, 'Accepted')).toBeVisible();
  await page.getByRole('table', { name: 'Usage records' }).getByRole('button').first().click();
  await page.getByRole('link', { name: 'Its submission, with a receipt to print' }).click();
  const receipt = page.getByRole('article', { name: 'Receipt' });
  const head = await receipt.getByText(/^\d+:[0-9a-f]{64}$/).textContent();
  const meteringRecordId = (await receipt.getByText(/^AWS’s record id: /).textContent())?.split(': ')[1];

  const target = join(shell.home, 'receipt.pdf');
  await page.getByRole('button', { name: 'Save as PDF' }).click();
  const asked = await shell.answer('dialog.showSaveDialog', { canceled: false, filePath: target });
  expect(asked).toMatchObject({
    defaultPath: expect.stringMatching(/practice-receipt-[\d-]{10}-\w{8}\.pdf$/),
  });
  await expect(page.getByText(`Saved as ${target}`)).toBeVisible();
  expect(readFileSync(target).subarray(0, 5).toString()).toBe('%PDF-');

  test.skip(!canRead, 'pdftotext (poppler-utils) is not installed');
  expect(factsOf(target)).toMatch(/^Pages: +1$/m);
  expect(factsOf(target)).toMatch(/^Page size: .*A4/m);
  const text = textOf(target);
  const words = text.replace(/\s+/g, '');
  for (const part of [
    'Receipt of a submission',
    'Practice: a simulated AWS',
    agreementId,
    '1,250',
    'Zürich, true-up',
  ])
    expect(words).toContain(part.replace(/\s+/g, ''));
  expect(words).toContain(head);
  expect(words).toContain(meteringRecordId);
  expect(words).toContain('Accepted');
  for (const ofTheFrame of ['Contracts', 'Settings', 'Print this receipt'])
    expect(text).not.toContain(ofTheFrame);
});

test('a receipt that is not saved after all leaves nothing and complains of nothing', async ({
  shell,
  page,
}) => {
  await signIn(page);
  const { agreementId } = await agreementWith(shell, 'contract-with-consumption');
  await openContract(page, agreementId);
  await beginUsage(page);
  await fillLine(page, 1, 'Custom metrics', '7');
  await submitReview(page, 1);
  await expect(badges(page, 'Accepted')).toBeVisible();
  await page.getByRole('table', { name: 'Usage records' }).getByRole('button').first().click();
  await page.getByRole('link', { name: 'Its submission, with a receipt to print' }).click();
  await page.getByRole('button', { name: 'Save as PDF' }).click();
  await shell.answer('dialog.showSaveDialog', { canceled: true, filePath: '' });
  await expect(page.getByRole('button', { name: 'Save as PDF' })).toBeEnabled();
  await expect(page.getByText(/Receipt saved|could not be saved/)).toHaveCount(0);
  expect(existsSync(join(shell.home, 'receipt.pdf'))).toBe(false);
});
