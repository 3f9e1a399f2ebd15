/** What verification finds in a ledger that somebody went at, going round the app. */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { LedgerCheck } from '../../../src/contract/ledger.ts';
import { canonicalJson, eventHash } from '../../../src/main/adapters/storage/ledger/events.ts';
import { createLedgerKeeper } from '../../../src/main/adapters/storage/ledger/keeper.ts';
import { ledgerTasks } from '../../../src/main/adapters/storage/ledger/ledger-tasks.ts';
import { createTaskRunner, findWorker } from '../../../src/main/adapters/storage/ledger/task-runner.ts';
import { createMemoryIncidentLog } from '../../fakes/memory-incident-log.ts';
import {
  accepted,
  aLedger,
  anAttempt,
  anEnd,
  aRecord,
  aSubmission,
  noIncidents,
  outcomeOf,
  rawConnection,
  rejected,
  temporaryFolder,
  unknown,
  valueIn,
  waiting,
  withdrawn,
} from './ledger-fixture.ts';

type Ledger = ReturnType<typeof aLedger>['ledger'];

function tryOnce(
  ledger: Ledger,
  recordId: string,
  outcome: Parameters<typeof outcomeOf>[0],
  change: ReturnType<typeof accepted>,
) {
  const attempt = anAttempt([recordId]);
  valueIn(ledger.beginAttempt(attempt));
  valueIn(ledger.endAttempt(anEnd(attempt.attemptId, [{ outcome: outcomeOf(outcome), change }])));
}

/** Ten events: every way that a record takes, one record in flight, and one that nothing happened to. */
function aWellUsedLedger() {
  const { ledger, path } = aLedger();
  const dimensions = ['done', 'refused', 'twice', 'back', 'flying', 'new'] as const;
  const records = dimensions.map((dimensionKey) => aRecord({ dimensionKey }));
  const [done = '', refused = '', twice = '', back = '', flying = ''] = records.map(
    (record) => record.recordId,
  );
  valueIn(ledger.submit(aSubmission(records)));
  tryOnce(ledger, done, 'recorded', accepted(done));
  tryOnce(ledger, refused, 'refused', rejected(refused));
  tryOnce(ledger, twice, 'may-be-recorded', unknown(twice));
  valueIn(ledger.change({ atMs: 1, actor: 'app', records: [waiting(back)] }));
  valueIn(ledger.change({ atMs: 2, actor: 'app', records: [withdrawn(back)] }));
  valueIn(ledger.beginAttempt(anAttempt([flying])));
  const head = valueIn(ledger.auditHead());
  ledger.close();
  return { path, head, flying };
}

const verify = (path: string, head: LedgerCheck['head'] | null = null) => ledgerTasks.verify({ path, head });

/** Without the triggers, as somebody with a database tool would make room for himself. */
function tamper(path: string, work: (db: DatabaseSync) => void): void {
  const db = rawConnection(path);
  for (const { name } of db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all())
    db.exec(`DROP TRIGGER ${String(name)}`);
  work(db);
  db.close();
}

describe('a ledger', () => {
  it('that nobody went at is intact, while the app writes to it too', () => {
    const { path, head } = aWellUsedLedger();
    expect(verify(path, head)).toEqual({
      intact: true,
      head,
      firstBadSeq: null,
      defect: null,
      checkedEvents: 10,
      checkedRecords: 6,
    });
    const { ledger } = aLedger(path);
    valueIn(ledger.submit(aSubmission([aRecord({ dimensionKey: 'more' })])));
    expect(verify(path, head)).toMatchObject({ intact: true, checkedEvents: 11, checkedRecords: 7 });
  });

  it('that is new holds the empty head and no other', () => {
    const { path } = aLedger();
    const empty = { seq: 0, hash: '0'.repeat(64) };
    expect(verify(path, empty)).toMatchObject({ intact: true, head: empty });
    expect(verify(path, { seq: 0, hash: 'f'.repeat(64) }).defect).toMatchObject({ problem: 'other-head' });
  });

  it('with one byte of an event flipped on disk names that event', () => {
    const { path } = aWellUsedLedger();
    const bytes = readFileSync(path);
    const place = '"outcome":{"kind":"recorded"';
    // SQLite may have left a copy of the row in a page's free space.
    for (let at = bytes.indexOf(place); at >= 0; at = bytes.indexOf(place, at + 1))
      bytes.writeUInt8(bytes.readUInt8(at + 20) ^ 1, at + 20);
    writeFileSync(path, bytes);
    expect(verify(path)).toMatchObject({
      intact: false,
      firstBadSeq: 3,
      defect: { problem: 'changed', row: 'event', seq: 3 },
      head: { seq: 2 },
    });
  });

  it.each([
    [
      'content',
      `UPDATE event SET content = replace(content, '"quantity":3', '"quantity":2') WHERE seq = 1`,
      1,
    ],
    ['moment', 'UPDATE event SET at_ms = at_ms + 1 WHERE seq = 4', 4],
    ['actor', "UPDATE event SET actor = 'app' WHERE seq = 2", 2],
    ['own hash', `UPDATE event SET hash = '${'a'.repeat(64)}' WHERE seq = 5`, 5],
  ])('with an event’s %s changed names that event', (_, sql, seq) => {
    const { path } = aWellUsedLedger();
    tamper(path, (db) => db.exec(sql));
    expect(verify(path)).toMatchObject({ firstBadSeq: seq, defect: { problem: 'changed', row: 'event' } });
  });

  it('with an event taken out names its place', () => {
    const { path } = aWellUsedLedger();
    tamper(path, (db) => db.exec('DELETE FROM event WHERE seq = 6'));
    expect(verify(path)).toMatchObject({ firstBadSeq: 6, defect: { problem: 'missing' }, head: { seq: 5 } });
  });

  it('with its end cut off and the rest made to fit shows against a head only', () => {
    const { path, head, flying } = aWellUsedLedger();
    tamper(path, (db) => {
      db.exec('DELETE FROM event WHERE seq = 10; DELETE FROM attempt_record WHERE attempt_seq = 4');
      db.exec('DELETE FROM attempt WHERE seq = 4');
      db.prepare("UPDATE usage_record SET phase = 'queued', attempt_count = 0 WHERE record_id = ?").run(
        flying,
      );
    });
    expect(verify(path).intact).toBe(true);
    expect(verify(path, head)).toMatchObject({
      intact: false,
      firstBadSeq: 10,
      defect: { problem: 'cut-off', seq: 10 },
      head: { seq: 9 },
    });
  });

  it('whose whole trail was written anew shows against a head', () => {
    const { path, head } = aWellUsedLedger();
    tamper(path, (db) => {
      let previousHash = '0'.repeat(64);
      for (const row of db.prepare('SELECT * FROM event ORDER BY seq').all()) {
        const { seq, kind, actor, content } = row as {
          readonly seq: number;
          readonly kind: string;
          readonly actor: string;
          readonly content: string;
        };
        const atMs = Number(row.at_ms) + 1000;
        const hash = eventHash({ previousHash, seq, atMs, kind, actor, content });
        db.prepare('UPDATE event SET at_ms = ?, previous_hash = ?, hash = ? WHERE seq = ?').run(
          ...[atMs, previousHash, hash, seq],
        );
        previousHash = hash;
      }
    });
    expect(verify(path, head)).toMatchObject({ firstBadSeq: 10, defect: { problem: 'other-head' } });
  });

  it.each([
    ["UPDATE usage_record SET quantity = 30 WHERE dimension_key = 'new'", 'record', 'quantity', 1],
    [
      "UPDATE usage_record SET estimate_amount = '9' WHERE dimension_key = 'new'",
      'record',
      'estimate_amount',
      1,
    ],
    [
      "UPDATE usage_record SET status = 'accepted', phase = NULL, settled_ms = 1 WHERE dimension_key = 'new'",
      'record',
      'status',
      1,
    ],
    ["UPDATE usage_record SET attempt_count = 4 WHERE dimension_key = 'done'", 'record', 'attempt_count', 3],
    [
      "UPDATE usage_record SET metering_record_id = 'x' WHERE dimension_key = 'done'",
      'record',
      'metering_record_id',
      3,
    ],
    ["UPDATE usage_record SET request_id = 'x' WHERE dimension_key = 'refused'", 'record', 'request_id', 5],
    [
      "UPDATE usage_record SET may_be_recorded = 0 WHERE dimension_key = 'twice'",
      'record',
      'may_be_recorded',
      7,
    ],
    ["UPDATE usage_record SET settled_ms = 5 WHERE dimension_key = 'back'", 'record', 'settled_ms', 9],
    ["UPDATE usage_record SET phase = 'queued' WHERE dimension_key = 'flying'", 'record', 'phase', 10],
    ["UPDATE submission SET confirmation_text = 'Never mind'", 'submission', 'confirmation_text', 1],
    ["UPDATE submission SET review_json = '{}'", 'submission', 'review_json', 1],
    ['UPDATE attempt SET started_ms = 1 WHERE seq = 1', 'attempt', 'started_ms', 2],
    ["UPDATE attempt SET request_id = 'x' WHERE seq = 2", 'attempt', 'request_id', 5],
    ["UPDATE attempt_record SET outcome = 'recorded' WHERE attempt_seq = 3", 'attempt', 'outcome', 7],
    ['DELETE FROM attempt_record WHERE attempt_seq = 3', 'attempt', 'attempt_record', 6],
    ['UPDATE attempt SET ended_ms = 9 WHERE seq = 4', 'attempt', 'ended_ms', 10],
  ])('notices: %s', (sql, row, column, seq) => {
    const { path } = aWellUsedLedger();
    tamper(path, (db) => db.exec(sql));
    expect(verify(path)).toMatchObject({
      intact: false,
      firstBadSeq: seq,
      defect: { problem: 'differs', row, column, seq, id: expect.any(String) },
    });
  });

  it.each([
    ["DELETE FROM usage_record WHERE dimension_key = 'new'", 'record', 'lost', 1],
    ['DELETE FROM attempt_record; DELETE FROM attempt WHERE seq = 4', 'attempt', 'differs', 2],
    [
      'DELETE FROM attempt_record WHERE attempt_seq = 4; DELETE FROM attempt WHERE seq = 4',
      'attempt',
      'lost',
      10,
    ],
    [
      `INSERT INTO submission SELECT 9, 'forged', 'forged', review_hash, reviewed_ms, confirmed_ms, confirmation_text,
        review_json, seller_account_id, seller_role_name, seller_principal_arn, profile FROM submission`,
      'submission',
      'not-in-trail',
      null,
    ],
    [
      `INSERT INTO attempt SELECT 9, 'forged', 1, NULL, seller_account_id, metering_region, product_id, principal_arn,
        access_key_id, NULL, NULL FROM attempt WHERE seq = 1`,
      'attempt',
      'not-in-trail',
      null,
    ],
  ])('notices what is gone or slipped in: %s', (sql, row, problem, seq) => {
    const { path } = aWellUsedLedger();
    tamper(path, (db) => db.exec(`PRAGMA foreign_keys = OFF; ${sql}`));
    expect(verify(path)).toMatchObject({ intact: false, firstBadSeq: seq, defect: { problem, row } });
  });

  it('passes over an event of a kind that only a later version writes', () => {
    const { path, head } = aWellUsedLedger();
    tamper(path, (db) => {
      const content = canonicalJson({ note: 'later' });
      const event = { seq: 11, atMs: 1, kind: 'later', actor: 'app', content, previousHash: head.hash };
      db.prepare('INSERT INTO event VALUES (11, 1, ?, ?, ?, ?, ?)').run(
        ...['later', 'app', content, head.hash, eventHash(event)],
      );
    });
    expect(verify(path, head)).toMatchObject({ intact: true, checkedEvents: 11 });
  });
});

describe('verifying in a worker', () => {
  it('runs from the sources here, and leaves this thread free meanwhile', async () => {
    expect(findWorker()).toMatch(/ledger-worker\.ts$/);
    const { ledger, path } = aLedger();
    for (let index = 0; index < 20; index += 1) {
      const records = Array.from({ length: 500 }, (_, n) => aRecord({ dimensionKey: `d-${index}-${n}` }));
      valueIn(ledger.submit(aSubmission(records)));
    }
    const keeper = createLedgerKeeper({ ledgerPath: path, incidents: noIncidents });
    let answered = 0;
    let verifying = true;
    const verified = keeper.verify(null).then((check) => {
      verifying = false;
      return check;
    });
    while (verifying) {
      valueIn(ledger.list({ agreementId: null, status: null, cursor: null, limit: 10 }));
      answered += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(valueIn(await verified)).toMatchObject({
      intact: true,
      checkedEvents: 20,
      checkedRecords: 10_000,
    });
    expect(answered).toBeGreaterThan(20);
    await keeper.close();
    expect(await keeper.verify(null)).toMatchObject({ ok: false, error: { kind: 'not-possible-now' } });
  });
});

describe('a task that meets a defect', () => {
  it('is reported and answered, and the next one is done by a new worker', async () => {
    const { path } = aWellUsedLedger();
    const incidents = createMemoryIncidentLog();
    const tasks = createTaskRunner({ ledgerPath: path, incidents });
    const broken = { ledgerPath: path, name: null } as unknown as { ledgerPath: string; name: string };
    expect(await tasks.run('compare', broken)).toMatchObject({ ok: false, error: { kind: 'unexpected' } });
    expect(incidents.incidents).toMatchObject([{ context: 'ledger task compare' }]);
    const many = Array.from({ length: 8 }, () => tasks.run('verify', { path, head: null }));
    for (const answer of await Promise.all(many)) expect(valueIn(answer).intact).toBe(true);
    await tasks.close();
  });
});

describe('npm run verify-ledger', () => {
  const entry = resolve(import.meta.dirname, '../../../src/main/verify-ledger.ts');
  const run = (args: readonly string[]) =>
    new Promise<{ readonly code: number; readonly said: string }>((done) => {
      const child = execFile(process.execPath, [entry, ...args], (_, stdout, stderr) =>
        done({ code: child.exitCode ?? -1, said: stdout + stderr }),
      );
    });

  it('says that an intact ledger is, with its head, and holds it against a given one', async () => {
    const { path, head } = aWellUsedLedger();
    const answer = await run(['--ledger', path, '--head', `${head.seq}:${head.hash}`]);
    expect(answer.code).toBe(0);
    expect(answer.said).toContain('Intact: 10 rows of the audit trail and 6 usage records fit together.');
    expect(answer.said).toContain('It holds the given row 10, unchanged.');
    expect(answer.said).toContain(`Head: 10:${head.hash}`);
  });

  it('names the first row that does not fit, and exits with 1', async () => {
    const { path } = aWellUsedLedger();
    tamper(path, (db) => db.exec("UPDATE usage_record SET quantity = 30 WHERE dimension_key = 'new'"));
    const answer = await run(['--ledger', path]);
    expect(answer.code).toBe(1);
    expect(answer.said).toMatch(/NOT INTACT.*usage record [0-9a-f-]{36}: its quantity is not what row 1/);
  });

  it('says that a broken file is one', async () => {
    const path = join(temporaryFolder(), 'ledger.sqlite');
    writeFileSync(path, 'Dear ledger, '.repeat(400));
    const answer = await run(['--ledger', path]);
    expect(answer).toMatchObject({ code: 1 });
    expect(answer.said).toContain("can't be read as a ledger");
  });

  it.each([
    [['--head', 'tomorrow'], '--head takes'],
    [['--ledger', '/nowhere/ledger.sqlite'], 'There is no ledger at /nowhere/ledger.sqlite'],
    [['--ledger', 'a', '--practice'], 'leave the other places out'],
    [['--loudly'], 'Usage: npm run verify-ledger'],
  ])('refuses %j', async (args, words) => {
    const answer = await run(args);
    expect(answer.code).toBe(2);
    expect(answer.said).toContain(words);
  });

  it('looks in the folder of the mode', async () => {
    const folder = temporaryFolder();
    const { ledger } = aLedger(join(folder, 'practice', 'ledger.sqlite'));
    valueIn(ledger.submit(aSubmission()));
    expect((await run(['--data-dir', folder, '--practice'])).code).toBe(0);
    expect((await run(['--data-dir', folder])).code).toBe(2);
  });
});
