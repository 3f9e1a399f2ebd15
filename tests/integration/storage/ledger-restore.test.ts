/** Restores: what they bring back and set aside, and that a kill at any step leaves nothing half. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backUpIfChanged, backupsFolder } from '../../../src/main/adapters/storage/ledger/backup.ts';
import { ledgerTasks } from '../../../src/main/adapters/storage/ledger/ledger-tasks.ts';
import { migrations } from '../../../src/main/adapters/storage/ledger/migrations.ts';
import { finishRestore, wishRestore } from '../../../src/main/adapters/storage/ledger/restore.ts';
import {
  accepted,
  aLedger,
  anAttempt,
  anEnd,
  aRecord,
  aSubmission,
  errorIn,
  noIncidents,
  nowMs,
  outcomeOf,
  temporaryFolder,
  valueIn,
  withdrawn,
} from './ledger-fixture.ts';

const child = join(import.meta.dirname, 'restore-child.ts');
const actor = 'arn:aws:sts::111122223333:assumed-role/SalesOps/kim';
const setAsideName = 'ledger.20261120T140500000Z.before-restore.sqlite';

/**
 * A ledger as a crash leaves it, its newest events in the log beside it, and a backup of before: in the backup one record is
 * accepted, one queued, one in flight; afterwards the queued one was taken back and another was confirmed.
 */
function aCrashedLedger() {
  const { ledger, path: livePath } = aLedger();
  const [done, queued, flying, later] = ['done', 'queued', 'flying', 'later'].map((dimensionKey) =>
    aRecord({ dimensionKey }),
  );
  if (!done || !queued || !flying || !later) throw new Error('four records');
  valueIn(ledger.submit(aSubmission([done, queued, flying])));
  const attempt = anAttempt([done.recordId]);
  valueIn(ledger.beginAttempt(attempt));
  valueIn(
    ledger.endAttempt(
      anEnd(attempt.attemptId, [{ outcome: outcomeOf('recorded'), change: accepted(done.recordId) }]),
    ),
  );
  valueIn(ledger.beginAttempt(anAttempt([flying.recordId])));
  const backup = backUpIfChanged({ ledgerPath: livePath, nowMs: nowMs - 60_000, keep: 10 }).backup;
  valueIn(ledger.change({ atMs: nowMs, actor, records: [withdrawn(queued.recordId)] }));
  valueIn(ledger.submit(aSubmission([later])));
  const head = valueIn(ledger.auditHead());
  const folder = temporaryFolder();
  cpSync(dirname(livePath), folder, { recursive: true });
  ledger.close();
  const path = join(folder, 'ledger.sqlite');
  expect(existsSync(`${path}-wal`)).toBe(true);
  const ids = {
    done: done.recordId,
    queued: queued.recordId,
    flying: flying.recordId,
    later: later.recordId,
  };
  return { path, folder, backup, head, ids };
}

const wish = (ledgerPath: string, backupName: string | null, because: 'before-restore' | 'damaged') =>
  wishRestore({ ledgerPath, backupName, actor, atMs: nowMs, because });
const finish = (ledgerPath: string) => finishRestore({ ledgerPath, incidents: noIncidents });
const bytesOf = (path: string) => ['', '-wal'].map((suffix) => readFileSync(path + suffix));

/** The restored ledger is whole, and so is the one that was set aside. */
function expectRestored({ path, folder, backup, head, ids }: ReturnType<typeof aCrashedLedger>): void {
  const aside = join(folder, setAsideName);
  expect(ledgerTasks.verify({ path: aside, head })).toMatchObject({ intact: true, head });
  expect(ledgerTasks.verify({ path, head: backup.content?.head ?? null }).defect).toBeNull();
  const { ledger } = aLedger(path);
  const unknown = { status: 'pending', phase: 'unknown', mayBeRecorded: true, nextTryMs: null };
  expect(valueIn(ledger.record(ids.done))).toMatchObject({ status: 'accepted' });
  expect(valueIn(ledger.record(ids.queued))).toMatchObject(unknown);
  expect(valueIn(ledger.record(ids.flying))).toMatchObject(unknown);
  expect(valueIn(ledger.record(ids.later))).toBeNull();
  expect(valueIn(ledger.unanswered())).toEqual([]);
  ledger.close();
  expect(readdirSync(folder).filter((name) => /restoring|restore\.json/.test(name))).toEqual([]);
}

describe('a restore', () => {
  it('brings the backup back, sets the ledger aside with its log, and stands in the trail', async () => {
    const crashed = aCrashedLedger();
    const before = bytesOf(crashed.path);
    await wish(crashed.path, crashed.backup.name, 'before-restore');
    expect(bytesOf(crashed.path)).toEqual(before);
    const outcome = valueIn(await finish(crashed.path));
    const aside = join(crashed.folder, setAsideName);
    expect(bytesOf(aside)).toEqual(before);
    expect(outcome).toMatchObject({
      kind: 'restored',
      backupName: crashed.backup.name,
      setAsidePath: aside,
      undecidedRecords: 2,
      head: { seq: 7 },
    });
    expectRestored(crashed);
    expect(await finish(crashed.path)).toEqual({ ok: true, value: null });
  });

  it('killed before any of its steps is finished by the next start, and both ledgers are whole', async () => {
    const steps: string[] = [];
    for (let killBefore = 0; ; killBefore += 1) {
      const crashed = aCrashedLedger();
      const before = bytesOf(crashed.path);
      await wish(crashed.path, crashed.backup.name, 'before-restore');
      const run = spawnSync(process.execPath, [child, crashed.path, String(killBefore)], {
        encoding: 'utf8',
      });
      if (run.signal !== 'SIGKILL') {
        expect([run.status, run.stderr]).toEqual([0, '']);
        expectRestored(crashed);
        break;
      }
      const step = run.stdout.trim().split('\n').at(-1) ?? '';
      steps.push(step);
      // Until it begins to set it aside, it has not touched the ledger.
      if (!steps.some((one) => one.startsWith('set the ledger') && one !== step))
        expect(bytesOf(crashed.path)).toEqual(before);
      expect(valueIn(await finish(crashed.path))).toMatchObject({ kind: 'restored' });
      expectRestored(crashed);
    }
    expect(steps).toEqual([
      'copy the backup',
      'open the copy',
      'settle what was pending',
      'name the copy',
      'mark the copy ready',
      'set the ledger-wal aside',
      'set the ledger-shm aside',
      'set the ledger aside',
      'put the copy in place',
      'forget the wish',
    ]);
  }, 60_000);

  it.each([
    ['is gone', (path: string) => rmSync(path)],
    ['is damaged', (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 20_000))],
    ['is no ledger', (path: string) => writeFileSync(path, 'Dear ledger, '.repeat(400))],
  ])('of a backup that %s leaves the ledger as it is, and is not tried again', async (_, spoil) => {
    const { path, folder, backup } = aCrashedLedger();
    const before = bytesOf(path);
    await wish(path, backup.name, 'before-restore');
    spoil(join(backupsFolder(path), backup.name));
    expect(valueIn(await finish(path))).toMatchObject({
      kind: 'failed',
      error: { kind: expect.any(String) },
    });
    expect(bytesOf(path)).toEqual(before);
    expect(readdirSync(folder).filter((name) => /restoring|restore\.json/.test(name))).toEqual([]);
    expect(await finish(path)).toEqual({ ok: true, value: null });
  });

  it('that can’t be read keeps the ledger closed, lest an empty one begins', async () => {
    const { path, folder } = aCrashedLedger();
    writeFileSync(join(folder, 'restore.json'), '{"step":"swap"');
    const error = errorIn(await finish(path));
    expect(error).toMatchObject({ kind: 'ledger-unavailable', path: join(folder, 'restore.json') });
  });

  it('brings an older version up to date', async () => {
    const { path, backup } = aCrashedLedger();
    const next = [
      ...migrations,
      { version: migrations.length + 1, sql: 'CREATE TABLE settlement (seq INTEGER PRIMARY KEY) STRICT' },
    ];
    await wish(path, backup.name, 'before-restore');
    const outcome = await finishRestore({ ledgerPath: path, incidents: noIncidents, migrations: next });
    expect(valueIn(outcome)).toMatchObject({ kind: 'restored' });
    expect(ledgerTasks.verify({ path, head: null }).intact).toBe(true);
    expect(readdirSync(backupsFolder(path))).toEqual([backup.name]);
  });
});

describe('a damaged ledger', () => {
  it('is set aside untouched when a backup takes its place', async () => {
    const { path, folder, backup } = aCrashedLedger();
    writeFileSync(path, 'Dear ledger, '.repeat(400));
    const before = bytesOf(path);
    await wish(path, backup.name, 'damaged');
    const aside = join(folder, 'ledger.20261120T140500000Z.damaged.sqlite');
    expect(valueIn(await finish(path))).toMatchObject({ kind: 'restored', setAsidePath: aside });
    expect(bytesOf(aside)).toEqual(before);
    expect(ledgerTasks.verify({ path, head: backup.content?.head ?? null }).intact).toBe(true);
  });

  it('is set aside untouched when an empty one begins, whose trail says so', async () => {
    const folder = join(temporaryFolder(), 'data');
    mkdirSync(folder);
    const path = join(folder, 'ledger.sqlite');
    writeFileSync(path, 'Dear ledger, '.repeat(400));
    await wish(path, null, 'damaged');
    expect(valueIn(await finish(path))).toMatchObject({
      kind: 'restored',
      backupName: null,
      undecidedRecords: 0,
      head: { seq: 1 },
    });
    const { ledger } = aLedger(path);
    expect(ledger.submit(aSubmission()).ok).toBe(true);
    expect(readdirSync(folder)).toContain('ledger.20261120T140500000Z.damaged.sqlite');
  });
});
