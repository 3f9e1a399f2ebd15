/** The ledger looked after through the calls that the page makes: verified, backed up, restored, and put right when damaged. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Backup } from '../../../src/contract/ledger.ts';
import { aLine, type InProcessApp, startInProcessApp } from './in-process-app.ts';

let app: InProcessApp;
let hoursBack: number;
beforeEach(async () => {
  hoursBack = 0;
  app = await startInProcessApp();
  await app.signIn('static-key');
});
afterEach(async () => {
  expect(app.incidents).toEqual([]);
  await app.stop();
});

const ledgerPath = () => join(app.dataDir, 'ledger.sqlite');

/** One record, each time an hour earlier than the last, so that none takes another's hour. */
async function submitOne(): Promise<string> {
  for (const { agreementId, productId, status, licenseArns, startUtc } of await app.contracts()) {
    if (Date.now() - Date.parse(startUtc) < 86_400_000) continue;
    if (status.kind !== 'active' || licenseArns.length !== 1) continue;
    const details = await app.succeed('contracts.get', { agreementId });
    const metered = details.dimensions.find((dimension) => dimension.kind === 'metered');
    if (metered === undefined) continue;
    await app.succeed('products.chooseScheme', { productId, scheme: 'licence' });
    const { nowUtc } = await app.succeed('system.status', {});
    const earlier = new Date(Date.parse(nowUtc) - hoursBack++ * 3_600_000).toISOString();
    const lines = [aLine(earlier, { dimensionKey: metered.key })];
    const review = await app.succeed('reviews.create', {
      agreementId,
      lines,
      timeZone: 'UTC',
      locale: 'en-US',
    });
    const { recordIds } = await app.succeed('reviews.submit', {
      reviewId: review.reviewId,
      hash: review.hash,
      confirmed: true,
    });
    return recordIds[0] ?? '';
  }
  throw new Error('the practice world has no such contract');
}

const allRecords = async () =>
  (await app.succeed('usage.list', { agreementId: null, status: null, cursor: null, limit: 50 })).records;

it('backs the ledger up soon after a start, once for each state of it', async () => {
  await submitOne();
  await app.restart();
  const backup = await app.until(async () => {
    const { backups, folder } = await app.succeed('backups.list', {});
    expect(folder).toBe((await app.succeed('settings.get', {})).backupsDir);
    return backups[0] ?? null;
  });
  expect(backup.content).toMatchObject({ records: 1 });
  const head = await app.succeed('ledger.head', {});
  expect(head).toEqual((await app.succeed('settings.get', {})).auditHead);
  const check = await app.succeed('ledger.verify', { head: backup.content?.head ?? head });
  expect(check).toMatchObject({ intact: true, defect: null, checkedRecords: 1 });
});

it('saves a backup elsewhere byte for byte, and names the row that a foreign head does not fit', async () => {
  await submitOne();
  const { backup } = await app.succeed('backups.make', {});
  await app.succeed('backups.save', { name: backup.name });
  const bytes = readFileSync(join(app.dataDir, 'backups', backup.name));
  expect(app.savedBytes.get(backup.name)?.equals(bytes)).toBe(true);
  const check = await app.succeed('ledger.verify', { head: { seq: 1, hash: 'f'.repeat(64) } });
  expect(check).toMatchObject({ intact: false, firstBadSeq: 1, defect: { problem: 'other-head' } });
});

it('restores a backup after telling what it costs, while the app goes on', async () => {
  const kept = await submitOne();
  const { backup } = await app.succeed('backups.make', {});
  const lost = await submitOne();
  const told = await app.succeed('backups.compare', { name: backup.name });
  expect(told).toMatchObject({ missingRecords: 1, currentHead: { hash: expect.any(String) } });
  const later = await submitOne();
  expect(
    await app.call('backups.restore', { name: backup.name, currentHead: told.currentHead }),
  ).toMatchObject({ ok: false, error: { kind: 'not-possible-now' } });
  expect(await allRecords()).toHaveLength(3);

  const restored = await untilRestored(backup);
  expect(restored.backupName).toBe(backup.name);
  const records = await allRecords();
  expect(records.map((record) => record.recordId)).toEqual([kept]);
  expect([lost, later]).not.toContain(kept);
  expect(readdirSync(app.dataDir).filter((name) => name.endsWith('.before-restore.sqlite'))).toHaveLength(1);
  expect(await app.succeed('ledger.verify', { head: backup.content?.head ?? null })).toMatchObject({
    intact: true,
  });
  expect((await app.succeed('session.get', {})).state).toBe('signed-out');
  await app.signIn('static-key');
  expect(await submitOne()).not.toBe('');
});

/** The sender may move the ledger on between the telling and the wish; then the person is told anew. */
async function untilRestored(backup: Backup) {
  for (;;) {
    const { currentHead } = await app.succeed('backups.compare', { name: backup.name });
    const answer = await app.call('backups.restore', { name: backup.name, currentHead });
    if (answer.ok) return answer.value;
    expect(answer.error).toMatchObject({ kind: 'not-possible-now', detail: 'the ledger has moved on' });
  }
}

it('sets a damaged ledger aside and goes on with the newest good backup', async () => {
  const recordId = await submitOne();
  const { backup } = await app.succeed('backups.make', {});
  expect(await app.call('ledger.setAsideAndRestore', { backupName: backup.name })).toMatchObject({
    error: { kind: 'not-possible-now' },
  });
  const damage = 'Dear ledger, '.repeat(400);
  await app.restart(() => writeFileSync(ledgerPath(), damage));
  expect((await app.succeed('system.status', {})).ledgerProblem).toMatchObject({ kind: 'ledger-damaged' });
  expect((await app.succeed('settings.get', {})).auditHead).toBeNull();
  expect(await app.call('backups.make', {})).toMatchObject({ error: { kind: 'ledger-damaged' } });
  const recovery = await app.succeed('ledger.recovery', {});
  expect(recovery).toMatchObject({ problem: { kind: 'ledger-damaged' }, newestGood: backup.name });
  expect(readFileSync(ledgerPath(), 'utf8')).toBe(damage);

  const restored = await app.succeed('ledger.setAsideAndRestore', { backupName: recovery.newestGood });
  expect(readFileSync(restored.setAsidePath ?? '', 'utf8')).toBe(damage);
  expect((await app.succeed('system.status', {})).ledgerProblem).toBeNull();
  expect((await allRecords()).map((record) => record.recordId)).toEqual([recordId]);
});

it('begins an empty ledger in the place of a damaged one that has no backup', async () => {
  await app.restart(() => writeFileSync(ledgerPath(), 'Dear ledger, '.repeat(400)));
  expect(await app.succeed('ledger.recovery', {})).toMatchObject({ candidates: [], newestGood: null });
  const restored = await app.succeed('ledger.setAsideAndRestore', { backupName: null });
  expect(restored).toMatchObject({ backupName: null, head: { seq: 1 } });
  await app.signIn('static-key');
  await submitOne();
  expect(await allRecords()).toHaveLength(1);
});

it('answers every other call while the ledger is opened anew', async () => {
  await submitOne();
  const { backup } = await app.succeed('backups.make', {});
  const { currentHead } = await app.succeed('backups.compare', { name: backup.name });
  const [restored, ...others] = await Promise.all([
    app.call('backups.restore', { name: backup.name, currentHead }),
    ...Array.from({ length: 20 }, () => app.call('usage.counts', {})),
    app.call('system.status', {}),
  ]);
  expect(others.map((answer) => answer.ok)).toEqual(others.map(() => true));
  expect(restored).toBeDefined();
});

it('moves to another machine: a saved copy, put among its backups, is restored there whole', async () => {
  const recordId = await submitOne();
  await app.until(async () =>
    (await allRecords()).every(({ status }) => status === 'accepted') ? true : null,
  );
  const { backup } = await app.succeed('backups.make', {});
  await app.succeed('backups.save', { name: backup.name });
  const head = await app.succeed('ledger.head', {});
  const copy = app.savedBytes.get(backup.name) ?? Buffer.alloc(0);

  // The new machine has nothing but what a first start made, and the copy.
  await app.restart(() => rmSync(app.dataDir, { recursive: true }));
  expect(await allRecords()).toEqual([]);
  const { folder } = await app.succeed('backups.list', {});
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, backup.name), copy);
  const { backups } = await app.succeed('backups.list', {});
  expect(backups).toMatchObject([{ name: backup.name, content: { records: 1 } }]);
  await untilRestored(backup);

  expect(await allRecords()).toMatchObject([{ recordId, status: 'accepted' }]);
  expect(await app.succeed('ledger.verify', { head })).toMatchObject({ intact: true, defect: null });
});

it('shows by CloudTrail what a restored ledger lacks, and bills it no second time', async () => {
  await app.practice.steer('PUT', 'behaviour', { cloudTrailDelayMs: 0 });
  const { backup } = await app.succeed('backups.make', {});
  const lost = await submitOne();
  const before = await app.until(async () => {
    const record = (await allRecords()).find(({ recordId }) => recordId === lost);
    return record?.status === 'accepted' ? record : null;
  });
  expect(await app.succeed('ledger.missing', { daysBack: 1 })).toMatchObject({ records: [] });
  await untilRestored(backup);
  expect(await allRecords()).toEqual([]);

  await app.signIn('static-key');
  const missing = await app.succeed('ledger.missing', { daysBack: 1 });
  const { dimensionKey, quantity, startUtc, licenseArn, buyerAccountId, meteringRecordId } = before;
  expect(missing).toMatchObject({
    isComplete: true,
    records: [{ dimensionKey, quantity, startUtc, licenseArn, buyerAccountId, meteringRecordId }],
  });

  hoursBack = 0;
  await submitOne();
  const [again] = await app.until(async () => {
    const records = await allRecords();
    return records.every(({ status }) => status !== 'pending') ? records : null;
  });
  expect(again).toMatchObject({ dimensionKey: before.dimensionKey, hourSlotUtc: before.hourSlotUtc });
  expect(await app.practice.steer('GET', 'metered')).toHaveLength(1);
});
