/** Opening: new, older, newer, damaged, out of reach; and the disk that is full. */
import {
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/main/adapters/storage/ledger/database.ts';
import { createGuard } from '../../../src/main/adapters/storage/ledger/failures.ts';
import { migrations, versionOf } from '../../../src/main/adapters/storage/ledger/migrations.ts';
import { openLedger } from '../../../src/main/adapters/storage/ledger/open-ledger.ts';
import { createSqliteLedger } from '../../../src/main/adapters/storage/ledger/sqlite-ledger.ts';
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
  rawConnection,
  temporaryFolder,
  valueIn,
} from './ledger-fixture.ts';

const open = (path: string) => openLedger({ path, now: () => nowMs, incidents: noIncidents });
const modeOf = (path: string) => statSync(path).mode & 0o777;

/** A ledger's file with one submission in it, closed. */
function aClosedLedger(): { readonly path: string; readonly recordId: string } {
  const { ledger, path } = aLedger();
  const record = aRecord();
  valueIn(ledger.submit(aSubmission([record])));
  ledger.close();
  return { path, recordId: record.recordId };
}

const newest = versionOf(migrations);

describe('opening a ledger', () => {
  it('makes the folder and the files for this person alone', () => {
    const path = join(temporaryFolder(), 'data', 'ledger.sqlite');
    const { ledger } = aLedger(path);
    valueIn(ledger.submit(aSubmission()));
    expect(modeOf(dirname(path))).toBe(0o700);
    for (const name of readdirSync(dirname(path))) expect(modeOf(join(dirname(path), name))).toBe(0o600);
    expect(readdirSync(dirname(path))).toEqual(['ledger.sqlite', 'ledger.sqlite-shm', 'ledger.sqlite-wal']);
  });

  it('finds everything again', () => {
    const { path, recordId } = aClosedLedger();
    const { ledger } = aLedger(path);
    expect(valueIn(ledger.record(recordId))).toMatchObject({ status: 'pending' });
    expect(valueIn(ledger.verifyAudit())).toMatchObject({ intact: true, head: { seq: 1 } });
  });

  it.each([
    ['nothing at all', (path: string) => writeFileSync(path, '')],
    [
      'a database without tables',
      (path: string) => {
        const db = new DatabaseSync(path);
        db.exec('PRAGMA journal_mode = WAL; PRAGMA user_version = 0');
        db.close();
      },
    ],
  ])('takes %s, as a crash at the first start leaves it, for new', (_, make) => {
    const path = join(temporaryFolder(), 'ledger.sqlite');
    make(path);
    const { ledger } = aLedger(path);
    expect(ledger.submit(aSubmission()).ok).toBe(true);
  });

  it('leaves a newer version untouched to the byte', () => {
    const { path } = aClosedLedger();
    const db = rawConnection(path);
    db.exec('PRAGMA user_version = 7');
    db.close();
    const before = readFileSync(path);
    expect(errorIn(open(path))).toEqual({
      kind: 'ledger-newer',
      path,
      ledgerVersion: 7,
      supportedVersion: newest,
    });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('sees a newer version that still stands in the log of a crash, and leaves both files untouched', () => {
    const { path } = aClosedLedger();
    const db = rawConnection(path);
    db.exec('PRAGMA user_version = 7');
    const crashed = join(temporaryFolder(), 'ledger.sqlite');
    for (const suffix of ['', '-wal']) writeFileSync(crashed + suffix, readFileSync(path + suffix));
    const before = ['', '-wal'].map((suffix) => readFileSync(crashed + suffix));
    expect(errorIn(open(crashed)).kind).toBe('ledger-newer');
    expect(['', '-wal'].map((suffix) => readFileSync(crashed + suffix))).toEqual(before);
  });

  it.each([
    ['text', (path: string) => writeFileSync(path, 'Dear ledger, '.repeat(400))],
    [
      'half a ledger',
      (path: string) => {
        const { path: good } = aClosedLedger();
        writeFileSync(path, readFileSync(good).subarray(0, 40_000));
      },
    ],
    [
      'a ledger with a page overwritten',
      (path: string) => {
        const { path: good } = aClosedLedger();
        writeFileSync(path, readFileSync(good));
        writeSync(openSync(path, 'r+'), Buffer.alloc(4096, 0xee), 0, 4096, 4096 * 4);
      },
    ],
    [
      'another program’s database',
      (path: string) => {
        const db = new DatabaseSync(path);
        db.exec('CREATE TABLE bookmark (url TEXT); PRAGMA user_version = 1');
        db.close();
      },
    ],
  ])('calls %s damaged and leaves it untouched', (_, make) => {
    const path = join(temporaryFolder(), 'ledger.sqlite');
    make(path);
    const before = readFileSync(path);
    expect(errorIn(open(path))).toMatchObject({ kind: 'ledger-damaged', path });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it.each([
    [
      'a folder in its place',
      (folder: string) => {
        mkdirSync(join(folder, 'ledger.sqlite'));
        return join(folder, 'ledger.sqlite');
      },
    ],
    [
      'a file where its folder should be',
      (folder: string) => {
        writeFileSync(join(folder, 'data'), '');
        return join(folder, 'data', 'ledger.sqlite');
      },
    ],
  ])('is unavailable with %s', (_, make) => {
    expect(errorIn(open(make(temporaryFolder()))).kind).toBe('ledger-unavailable');
  });
});

describe('a migration', () => {
  const next = [
    ...migrations,
    { version: newest + 1, sql: 'CREATE TABLE settlement (seq INTEGER PRIMARY KEY) STRICT' },
  ];
  const openWith = (path: string, list: typeof migrations) =>
    openDatabase({ path, now: () => nowMs, migrations: list, guard: createGuard(path, undefined) });

  it('backs the older ledger up before it brings it up to date', () => {
    const { path, recordId } = aClosedLedger();
    const db = valueIn(openWith(path, next));
    expect(db.prepare('PRAGMA user_version').get()?.user_version).toBe(newest + 1);
    expect(db.prepare('SELECT count(*) AS n FROM settlement').get()?.n).toBe(0);
    db.close();
    const backups = readdirSync(join(dirname(path), 'backups'));
    expect(backups).toEqual([`ledger-v${newest}-20261120T140500000Z.sqlite`]);
    const backup = join(dirname(path), 'backups', backups[0] ?? '');
    expect(modeOf(backup)).toBe(0o600);
    const { ledger } = aLedger(backup);
    expect(valueIn(ledger.record(recordId))).not.toBeNull();
    expect(valueIn(ledger.verifyAudit()).intact).toBe(true);
  });

  it('brings each earlier version up to date, with all that is in it', () => {
    for (const from of migrations.slice(0, -1)) {
      const path = join(temporaryFolder(), 'ledger.sqlite');
      const old = valueIn(openWith(path, migrations.slice(0, from.version)));
      expect(old.prepare('PRAGMA user_version').get()?.user_version).toBe(from.version);
      old.close();
      const { ledger } = aLedger(path);
      const record = aRecord();
      valueIn(ledger.submit(aSubmission([record])));
      expect(valueIn(ledger.record(record.recordId))).toMatchObject({ decidedBy: null, decisionNote: null });
    }
  });

  it('that fails takes all of itself back', () => {
    const { path, recordId } = aClosedLedger();
    const broken = [...next, { version: newest + 2, sql: 'CREATE TABLE settlement (again TEXT) STRICT' }];
    expect(openWith(path, broken).ok).toBe(false);
    const { ledger } = aLedger(path);
    expect(valueIn(ledger.record(recordId))).not.toBeNull();
    expect(rawConnection(path).prepare('PRAGMA user_version').get()?.user_version).toBe(newest);
  });

  it('makes no backup where there is nothing to keep', () => {
    const { path } = aLedger();
    expect(existsSync(join(dirname(path), 'backups'))).toBe(false);
  });
});

describe('a full disk', () => {
  /** A ledger that may not grow by a page once `fill` was called. */
  function aBoundedLedger() {
    const path = join(temporaryFolder(), 'ledger.sqlite');
    const guard = createGuard(path, noIncidents);
    const db = valueIn(openDatabase({ path, now: () => nowMs, migrations, guard }));
    const ledger = createSqliteLedger(db, guard);
    const limit = (pages: number) => db.prepare(`PRAGMA max_page_count = ${pages}`).get();
    return { ledger, path, fill: () => limit(1), empty: () => limit(1_000_000) };
  }

  /** Submissions, one record each, until one no longer fits. */
  function submitUntilFull(ledger: ReturnType<typeof aBoundedLedger>['ledger']) {
    for (let index = 0; index < 500; index += 1) {
      const submission = aSubmission([aRecord({ dimensionKey: `d${index}`, description: 'x'.repeat(400) })]);
      const result = ledger.submit(submission);
      if (!result.ok) return { error: result.error, submission, kept: index };
    }
    throw new Error('The disk never was full');
  }

  it('refuses a submission whole, and takes the same one when there is room', () => {
    const { ledger, path, fill, empty } = aBoundedLedger();
    fill();
    const { error, submission, kept } = submitUntilFull(ledger);
    expect(error).toEqual({ kind: 'disk-full', path });
    expect(valueIn(ledger.submission(submission.submissionId))).toBeNull();
    expect(valueIn(ledger.pending())).toHaveLength(kept);
    expect(valueIn(ledger.verifyAudit())).toMatchObject({ intact: true, head: { seq: kept } });
    empty();
    expect(ledger.submit(submission).ok).toBe(true);
    ledger.close();
  });

  it('keeps of writes that are made together those it has said to have kept', () => {
    const { ledger, path, fill, empty } = aBoundedLedger();
    const answered = aRecord({ dimensionKey: 'first' });
    const waiting = aRecord({ dimensionKey: 'second' });
    valueIn(ledger.submit(aSubmission([answered, waiting])));
    const attempt = anAttempt([answered.recordId]);
    valueIn(ledger.beginAttempt(attempt));
    fill();
    submitUntilFull(ledger);
    const change = { ...accepted(answered.recordId), awsMessage: 'x'.repeat(9000) };
    const answer = anEnd(attempt.attemptId, [{ outcome: outcomeOf('recorded'), change }]);
    const begin = anAttempt([waiting.recordId]);
    const written = ledger.together([() => ledger.beginAttempt(begin), () => ledger.endAttempt(answer)]);
    const [begun, ended] = written.ok ? written.value : [written, written];
    expect(ended && errorIn(ended)).toEqual({ kind: 'disk-full', path });
    expect(valueIn(ledger.record(waiting.recordId))?.phase).toBe(begun?.ok ? 'sending' : 'queued');
    expect(valueIn(ledger.record(answered.recordId))?.phase).toBe('sending');
    expect(valueIn(ledger.verifyAudit())).toMatchObject({ intact: true });
    empty();
    valueIn(ledger.endAttempt(answer));
    expect(valueIn(ledger.record(answered.recordId))?.status).toBe('accepted');
    ledger.close();
  });

  it('keeps an attempt open until its answer fits', () => {
    const { ledger, path, fill, empty } = aBoundedLedger();
    const record = aRecord({ dimensionKey: 'first' });
    valueIn(ledger.submit(aSubmission([record])));
    const attempt = anAttempt([record.recordId]);
    valueIn(ledger.beginAttempt(attempt));
    fill();
    submitUntilFull(ledger);
    const answer = anEnd(attempt.attemptId, [
      {
        outcome: outcomeOf('recorded'),
        change: { ...accepted(record.recordId), awsMessage: 'x'.repeat(9000) },
      },
    ]);
    expect(errorIn(ledger.endAttempt(answer))).toEqual({ kind: 'disk-full', path });
    expect(valueIn(ledger.record(record.recordId))).toMatchObject({ phase: 'sending' });
    expect(valueIn(ledger.unanswered())).toHaveLength(1);
    empty();
    valueIn(ledger.endAttempt(answer));
    expect(valueIn(ledger.record(record.recordId))).toMatchObject({ status: 'accepted' });
    ledger.close();
  });
});
