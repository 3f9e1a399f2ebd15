import { describe, expect, it } from 'vitest';
import type { StoredRecord } from '../../../src/main/core/domain/usage-record.ts';
import {
  aChange,
  accepted,
  aLedger,
  anAttempt,
  anEnd,
  anHourMs,
  aRecord,
  aSubmission,
  errorIn,
  nowMs,
  outcomeOf,
  rawConnection,
  rejected,
  sellerAccountId,
  valueIn,
  waiting,
  withdrawn,
} from './ledger-fixture.ts';

const hourMs = 3_600_000;
type Ledger = ReturnType<typeof aLedger>['ledger'];

/** `count` records of one contract, one submission each except that every third has two, oldest first. */
function fill(ledger: Ledger, agreementId: string, count: number): string[] {
  const ids: string[] = [];
  while (ids.length < count) {
    const size = ids.length % 3 === 0 ? 2 : 1;
    const records = Array.from({ length: size }, (_, line) =>
      aRecord({ agreementId, dimensionKey: `${agreementId}-${ids.length}-${line}` }),
    );
    valueIn(
      ledger.submit(aSubmission(records, { confirmedMs: anHourMs + Math.floor(ids.length / 4) * 1000 })),
    );
    ids.push(...records.map(({ recordId }) => recordId));
  }
  return ids;
}

type Status = StoredRecord['status'] | null;

/** All record ids, page by page, and the distinct totals that the pages told. */
function pages(ledger: Ledger, query: { readonly agreementId: string | null; readonly status: Status }) {
  const found: string[] = [];
  const totals = new Set<number>();
  let cursor: string | null = null;
  do {
    const { records, nextCursor, total } = readPage(ledger, query, cursor);
    expect(records.length).toBeLessThanOrEqual(3);
    found.push(...records.map(({ recordId }) => recordId));
    totals.add(total);
    cursor = nextCursor;
  } while (cursor !== null);
  return { found, totals: [...totals] };
}

const readPage = (
  ledger: Ledger,
  query: { readonly agreementId: string | null; readonly status: Status },
  cursor: string | null,
) => valueIn(ledger.list({ ...query, cursor, limit: 3 }));

function accept(ledger: Ledger, recordId: string): void {
  const attempt = anAttempt([recordId]);
  valueIn(ledger.beginAttempt(attempt));
  valueIn(
    ledger.endAttempt(
      anEnd(attempt.attemptId, [{ outcome: outcomeOf('recorded'), change: accepted(recordId) }]),
    ),
  );
}

describe('pages of usage', () => {
  it('show every record of a contract once, newest first, and count them all', () => {
    const { ledger } = aLedger();
    const ours = fill(ledger, 'agmt-ours', 11);
    fill(ledger, 'agmt-other', 4);
    expect(pages(ledger, { agreementId: 'agmt-ours', status: null })).toEqual({
      found: [...ours].reverse(),
      totals: [ours.length],
    });
    expect(pages(ledger, { agreementId: 'agmt-none', status: null })).toEqual({ found: [], totals: [0] });
  });

  it('can be of one status, of one contract or of all', () => {
    const { ledger } = aLedger();
    const [first = '', second = '', third = '', ...others] = fill(ledger, 'agmt-ours', 8);
    const foreign = fill(ledger, 'agmt-other', 4);
    accept(ledger, first);
    valueIn(
      ledger.change({
        atMs: anHourMs,
        actor: 'app',
        records: [rejected(second, 'window-missed'), withdrawn(third)],
      }),
    );
    const found = (agreementId: string | null, status: Status) => pages(ledger, { agreementId, status });
    expect(found('agmt-ours', 'accepted')).toEqual({ found: [first], totals: [1] });
    expect(found('agmt-ours', 'rejected')).toEqual({ found: [second], totals: [1] });
    expect(found(null, 'withdrawn')).toEqual({ found: [third], totals: [1] });
    expect(found('agmt-ours', 'pending').found).toEqual([...others].reverse());
    expect(found(null, 'pending')).toMatchObject({ totals: [others.length + foreign.length] });
    expect(found(null, null).found).toHaveLength(others.length + foreign.length + 3);
  });

  it('go on where they were when newer records came meanwhile', () => {
    const { ledger } = aLedger();
    const before = fill(ledger, 'agmt-ours', 6);
    const first = valueIn(ledger.list({ agreementId: 'agmt-ours', status: null, cursor: null, limit: 3 }));
    valueIn(
      ledger.submit(aSubmission([aRecord({ agreementId: 'agmt-ours' })], { confirmedMs: anHourMs + 9e6 })),
    );
    const second = valueIn(
      ledger.list({ agreementId: 'agmt-ours', status: null, cursor: first.nextCursor, limit: 50 }),
    );
    expect([...first.records, ...second.records].map(({ recordId }) => recordId)).toEqual(
      [...before].reverse(),
    );
  });

  it.each([
    '',
    'x',
    'MTIz',
    Buffer.from('1.2; DROP TABLE event').toString('base64url'),
    `${Buffer.from('1.2').toString('base64url')}=`,
  ])('refuse the cursor %j that no page gave', (cursor) => {
    const { ledger } = aLedger();
    expect(errorIn(ledger.list({ agreementId: null, status: null, cursor, limit: 3 }))).toEqual({
      kind: 'invalid-input',
      issues: [{ path: 'cursor', problem: 'invalid_cursor' }],
    });
  });
});

describe('iterating', () => {
  it('gives every record oldest first while others are written', () => {
    const { ledger } = aLedger();
    const records = Array.from({ length: 1203 }, (_, index) => aRecord({ dimensionKey: `d${index}` }));
    // In the seventh submission the clock was found to be ahead and went back.
    const confirmedMs = (from: number) => anHourMs + (from === 600 ? 50 : from) * 1000;
    for (let from = 0; from < records.length; from += 100)
      valueIn(
        ledger.submit(aSubmission(records.slice(from, from + 100), { confirmedMs: confirmedMs(from) })),
      );
    const [first, late, others] = [records.slice(0, 100), records.slice(600, 700), records.slice(100)];
    const ids = [...first, ...late, ...others.filter((record) => !late.includes(record))];
    const seen: string[] = [];
    for (const record of ledger.iterate({ agreementId: null })) {
      seen.push(record.recordId);
      if (seen.length % 400 === 0)
        valueIn(
          ledger.change({
            atMs: 1,
            actor: 'app',
            records: [aChange(record.recordId, { phase: 'held', reason: 'offline' })],
          }),
        );
    }
    expect(seen).toEqual(ids.map(({ recordId }) => recordId));
    expect([...ledger.iterate({ agreementId: 'agmt-none' })]).toEqual([]);
  });
});

describe('what the contract list and the review ask', () => {
  it('is the newest start of usage that is pending or accepted', () => {
    const { ledger } = aLedger();
    const old = aRecord({ agreementId: 'agmt-a' });
    const lost = aRecord({ agreementId: 'agmt-a', startMs: anHourMs + hourMs });
    const gone = aRecord({ agreementId: 'agmt-b', startMs: anHourMs + 2 * hourMs });
    valueIn(ledger.submit(aSubmission([old, lost, gone])));
    valueIn(
      ledger.change({ atMs: 1, actor: 'kim', records: [withdrawn(lost.recordId), withdrawn(gone.recordId)] }),
    );
    accept(ledger, old.recordId);
    expect([...valueIn(ledger.lastUsage(sellerAccountId))]).toEqual([['agmt-a', anHourMs]]);
    expect([...valueIn(ledger.lastUsage('999900001111'))]).toEqual([]);
  });

  it('is the exact sum of estimates by contract and currency, the end of the span excluded', () => {
    const { ledger } = aLedger();
    const money = (amount: string, currencyCode = 'USD') => ({ amount, currencyCode });
    const of = (hour: number, estimate: ReturnType<typeof money> | null, agreementId = 'agmt-a') =>
      aRecord({ agreementId, startMs: anHourMs + hour * hourMs, estimate });
    const withdrawnOne = of(5, money('1000'));
    valueIn(
      ledger.submit(
        aSubmission([
          ...[of(0, money('0.1')), of(1, money('0.2')), of(2, money('5', 'EUR')), of(3, null), withdrawnOne],
          ...[of(6, money('12345678901234567890.00000000001'), 'agmt-b'), of(9, money('7'))],
        ]),
      ),
    );
    valueIn(ledger.change({ atMs: 1, actor: 'kim', records: [withdrawn(withdrawnOne.recordId)] }));
    const span = { fromMs: anHourMs, untilMs: anHourMs + 9 * hourMs };
    expect(Object.fromEntries(valueIn(ledger.estimates({ sellerAccountId, ...span })))).toEqual({
      'agmt-a': [money('0.3'), money('5', 'EUR')],
      'agmt-b': [money('12345678901234567890.00000000001')],
    });
  });

  it('is how many are pending or were rejected, of one seller or of all, and which wait in a phase', () => {
    const { ledger } = aLedger();
    const ours = ['a', 'b', 'c', 'd'].map((dimensionKey) => aRecord({ dimensionKey }));
    valueIn(ledger.submit(aSubmission(ours)));
    const [a = '', b = '', c = '', d = ''] = ours.map(({ recordId }) => recordId);
    valueIn(ledger.submit(aSubmission([aRecord()], { sellerAccountId: '999900001111' })));
    valueIn(
      ledger.change({
        atMs: 1,
        actor: 'app',
        records: [
          rejected(a, 'window-missed'),
          aChange(b, { phase: 'held', reason: 'not-allowed' }),
          aChange(c, { phase: 'unknown', reason: 'outcome-unknown', mayBeRecorded: true, nextTryMs: 5 }),
          aChange(d, { phase: 'unknown', reason: 'outcome-unknown', mayBeRecorded: true }),
        ],
      }),
    );
    expect(valueIn(ledger.counts(sellerAccountId))).toEqual({ pending: 3, rejected: 1 });
    expect(valueIn(ledger.counts(null))).toEqual({ pending: 4, rejected: 1 });
    expect(valueIn(ledger.counts('nobody'))).toEqual({ pending: 0, rejected: 0 });
    expect(
      valueIn(ledger.pending())
        .map(({ recordId }) => recordId)
        .slice(0, 3),
    ).toEqual([b, c, d]);
    expect(valueIn(ledger.pending(['held'])).map(({ recordId }) => recordId)).toEqual([b]);
  });
});

describe('submitting', () => {
  it('answers a review that already became a submission with that submission', () => {
    const { ledger } = aLedger();
    const first = aSubmission();
    valueIn(ledger.submit(first));
    const again = aSubmission([aRecord({ dimensionKey: 'other' })], { reviewId: first.reviewId });
    expect(errorIn(ledger.submit(again))).toEqual({
      kind: 'already-submitted',
      submissionId: first.submissionId,
    });
    expect(valueIn(ledger.pending())).toHaveLength(1);
  });

  it('needs at least one record', () => {
    const { ledger } = aLedger();
    expect(errorIn(ledger.submit(aSubmission([]))).kind).toBe('not-possible-now');
  });

  it('changes nothing when one of several changes can’t be made', () => {
    const { ledger } = aLedger();
    const [first = ''] = fill(ledger, 'agmt-ours', 1);
    expect(
      errorIn(ledger.change({ atMs: 1, actor: 'kim', records: [withdrawn(first), withdrawn('nobody')] })),
    ).toEqual({ kind: 'not-found', what: 'record', id: 'nobody' });
    expect(valueIn(ledger.record(first))).toMatchObject({ status: 'pending' });
  });
});

describe('the audit trail', () => {
  it('says who did what, in an unbroken chain', () => {
    const { ledger, path } = aLedger();
    const record = aRecord();
    const submission = aSubmission([record]);
    valueIn(ledger.submit(submission));
    accept(ledger, record.recordId);
    const rows = rawConnection(path).prepare('SELECT kind, actor, content FROM event ORDER BY seq').all();
    expect(rows.map(({ kind, actor }) => [kind, actor])).toEqual([
      ['submitted', submission.sellerPrincipalArn],
      ['attempt-begun', submission.sellerPrincipalArn],
      ['attempt-ended', 'app'],
    ]);
    const { reviewJson: _, ...confirmed } = submission;
    expect(JSON.parse(String(rows[0]?.content))).toEqual(confirmed);
    expect(valueIn(ledger.verifyAudit())).toEqual({ intact: true, head: valueIn(ledger.auditHead()) });
  });

  it.each([
    ['changed', "UPDATE event SET actor = 'someone else' WHERE seq = 2", 2],
    ['taken out', 'DELETE FROM event WHERE seq = 2', 2],
    ['taken off the front', 'DELETE FROM event WHERE seq = 1', 1],
  ])('names the first row that was %s behind the app’s back', (_, sql, seq) => {
    const { ledger, path } = aLedger();
    fill(ledger, 'agmt-ours', 4);
    const db = rawConnection(path);
    db.exec(`DROP TRIGGER event_stays; DROP TRIGGER event_is_kept; ${sql}`);
    expect(valueIn(ledger.verifyAudit())).toEqual({ intact: false, seq });
  });

  it('that was cut short shows against a head that was kept', () => {
    const { ledger, path } = aLedger();
    fill(ledger, 'agmt-ours', 4);
    const kept = valueIn(ledger.auditHead());
    rawConnection(path).exec(`DROP TRIGGER event_is_kept; DELETE FROM event WHERE seq = ${kept.seq}`);
    expect(valueIn(ledger.verifyAudit())).toMatchObject({ intact: true });
    expect(valueIn(ledger.auditHead())).not.toEqual(kept);
  });
});

describe('what was rejected since the trail stood somewhere', () => {
  it('is what answers and deadlines rejected, in their order', () => {
    const { ledger } = aLedger();
    const records = ['requests', 'gigabytes', 'seats', 'users'].map((dimensionKey) =>
      aRecord({ dimensionKey }),
    );
    const [first = '', second = '', third = '', fourth = ''] = records.map(({ recordId }) => recordId);
    valueIn(ledger.submit(aSubmission(records)));
    const from = valueIn(ledger.rejectedSince(null));
    expect(from).toEqual({ records: [], trail: valueIn(ledger.auditHead()) });
    expect(valueIn(ledger.rejectedSince(from.trail))).toEqual(from);

    valueIn(ledger.change({ atMs: nowMs, actor: 'app', records: [rejected(third), waiting(fourth)] }));
    const attempt = anAttempt([first, second]);
    valueIn(ledger.beginAttempt(attempt));
    const answers = [
      { outcome: outcomeOf('recorded'), change: accepted(first) },
      { outcome: outcomeOf('refused'), change: rejected(second) },
    ];
    valueIn(ledger.endAttempt(anEnd(attempt.attemptId, answers)));
    const since = valueIn(ledger.rejectedSince(from.trail));
    expect(since.records).toEqual([third, second].map((recordId) => valueIn(ledger.record(recordId))));
    expect(valueIn(ledger.rejectedSince(since.trail)).records).toEqual([]);
    expect(valueIn(ledger.rejectedSince({ seq: 0, hash: '0'.repeat(64) })).records).toHaveLength(2);
  });

  it('is nothing where the trail is of another ledger', () => {
    const { ledger } = aLedger();
    const record = aRecord();
    valueIn(ledger.submit(aSubmission([record])));
    valueIn(ledger.change({ atMs: nowMs, actor: 'app', records: [rejected(record.recordId)] }));
    const trail = valueIn(ledger.auditHead());
    for (const other of [
      { seq: 1, hash: 'f'.repeat(64) },
      { seq: 7, hash: trail.hash },
    ]) {
      expect(valueIn(ledger.rejectedSince(other))).toEqual({ records: [], trail });
    }
  });
});
