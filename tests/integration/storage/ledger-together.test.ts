/** Several writes in one transaction: together durable, each with its own result. */
import { describe, expect, it } from 'vitest';
import { ok } from '../../../src/contract/result.ts';
import {
  accepted,
  aLedger,
  anAttempt,
  anEnd,
  aRecord,
  aSubmission,
  outcomeOf,
  valueIn,
} from './ledger-fixture.ts';

/** A ledger with two queued records and a call under way for a third. */
function aBusyLedger() {
  const { ledger } = aLedger();
  const records = ['requests', 'gigabytes', 'seats'].map((dimensionKey) => aRecord({ dimensionKey }));
  valueIn(ledger.submit(aSubmission(records)));
  const [first, second, sent] = records.map(({ recordId }) => recordId);
  if (first === undefined || second === undefined || sent === undefined) throw new Error('no records');
  const underWay = anAttempt([sent]);
  valueIn(ledger.beginAttempt(underWay));
  const answer = anEnd(underWay.attemptId, [{ outcome: outcomeOf('recorded'), change: accepted(sent) }]);
  return { ledger, first, second, sent, answer };
}

describe('writes together', () => {
  it('are all there afterwards, and the trail fits', () => {
    const { ledger, first, second, sent, answer } = aBusyLedger();
    const results = valueIn(
      ledger.together([
        () => ledger.endAttempt(answer),
        () => ledger.beginAttempt(anAttempt([first])),
        () => ledger.beginAttempt(anAttempt([second])),
      ]),
    );
    expect(results).toEqual([ok(undefined), ok(undefined), ok(undefined)]);
    expect([first, second, sent].map((id) => valueIn(ledger.record(id))?.phase)).toEqual([
      'sending',
      'sending',
      null,
    ]);
    expect(valueIn(ledger.verifyAudit())).toMatchObject({ intact: true });
  });

  it('take nothing of each other back', () => {
    const { ledger, first, sent, answer } = aBusyLedger();
    const results = valueIn(
      ledger.together([
        () => ledger.endAttempt(answer),
        () => ledger.beginAttempt(anAttempt(['no-such-record'])),
        () => ledger.beginAttempt(anAttempt([sent])),
        () => ledger.beginAttempt(anAttempt([first])),
      ]),
    );
    expect(results.map((result) => (result.ok ? 'kept' : result.error.kind))).toEqual([
      'kept',
      'not-found',
      'not-possible-now',
      'kept',
    ]);
    expect(valueIn(ledger.record(sent))?.status).toBe('accepted');
    expect(valueIn(ledger.record(first))?.phase).toBe('sending');
    expect(valueIn(ledger.verifyAudit())).toMatchObject({ intact: true });
  });

  it('gives a write that stands alone its own result, too', () => {
    const { ledger, first, answer } = aBusyLedger();
    const refused = valueIn(
      ledger.together([() => ledger.beginAttempt(anAttempt([first, 'no-such-record']))]),
    );
    expect(refused).toMatchObject([{ ok: false, error: { kind: 'not-found' } }]);
    expect(valueIn(ledger.record(first))?.phase).toBe('queued');
    expect(valueIn(ledger.together([() => ledger.endAttempt(answer)]))).toEqual([ok(undefined)]);
    expect(valueIn(ledger.verifyAudit())).toMatchObject({ intact: true });
  });
});
