import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fillHistory } from '../bench/support/history-ledger.ts';
import { checkAccessibility, expect, test } from './support/app.ts';
import { chooseExport, signIn, steer } from './support/tasks.ts';

/** So many that the export is far from its end when the last step of the test is done. */
const records = 100_000;

test('an export goes on over other pages, says how far it is, and leaves no file when it is cancelled', async ({
  app,
  guard,
  page,
}) => {
  // While the app is down between its two starts.
  guard.allow(/Failed to load resource/);
  await signIn(page);
  const world = (await steer(app, 'GET', 'world')) as {
    readonly sellers: readonly { readonly accountId: string }[];
  };
  const practice = join(app.dataDir, 'practice');
  await app.stop();
  fillHistory(join(practice, 'ledger.sqlite'), records, {
    practice: true,
    sellerAccountId: world.sellers[0]?.accountId ?? '',
  });
  const again = await app.reopen();
  await signIn(again);
  const downloads: string[] = [];
  again.on('download', (download) => downloads.push(download.suggestedFilename()));

  await again.getByRole('link', { name: 'History' }).click();
  await (await chooseExport(again, 'xlsx')).click();
  const progress = again.getByText(/^[1-9][\d,]* of 100,000 records/);
  await expect(progress).toBeVisible();
  await expect(again.getByRole('button', { name: /^Export/ })).toBeDisabled();
  await checkAccessibility(again);
  const early = await progress.textContent();

  // Another page is read and searched meanwhile.
  await again.getByRole('link', { name: 'Contracts', exact: true }).click();
  await again.getByRole('searchbox').fill('no such contract');
  await expect(again.getByText(/No contract fits/).first()).toBeVisible();
  await expect(progress).toBeVisible();
  expect(await progress.textContent()).not.toBe(early);
  expect(readdirSync(join(practice, 'exports'))).toHaveLength(1);

  await again.getByRole('button', { name: 'Cancel the export' }).click();
  await expect(again.getByText('No file was written.')).toBeVisible();
  await expect.poll(() => readdirSync(join(practice, 'exports'))).toEqual([]);
  await again.getByRole('link', { name: 'History' }).click();
  await expect(again.getByRole('button', { name: /^Export/ })).toBeEnabled();
  expect(downloads).toEqual([]);
});
