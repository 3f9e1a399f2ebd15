import { describe, expect, it } from 'vitest';
import type { ReasonCode } from '../../../src/contract/reason-codes.ts';
import type { UsageRecordView } from '../../../src/contract/usage.ts';
import { undoSentence } from '../../../src/renderer/src/copy/undo.ts';
import { readUndoSeconds } from '../../../src/renderer/src/features/settings/undo-seconds.ts';
import { actsOf, signInFor } from '../../../src/renderer/src/ui/record-acts.ts';
import { aRecord } from '../../support/sample-views.ts';

const now = Date.parse('2026-11-20T14:00:00Z');
const later = '2026-11-20T14:00:10Z';
const actsOn = (change: Partial<UsageRecordView>) => actsOf(aRecord({ status: 'pending', ...change }), now);
const held = (reason: ReasonCode) => actsOn({ phase: 'held', reason });

describe('what a person can do with a record', () => {
  it('is to take it back, or to let it go, while its undo window runs', () => {
    expect(actsOn({ phase: 'queued', undoUntilUtc: later, nextTryUtc: later })).toEqual(['undo', 'send-now']);
    expect(actsOn({ phase: 'queued' })).toEqual([]);
  });

  it('is nothing while it is on its way to AWS, and nothing once it is settled', () => {
    expect(actsOn({ phase: 'sending' })).toEqual([]);
    for (const status of ['accepted', 'withdrawn'] as const) {
      expect(actsOf(aRecord({ status, phase: null }), now)).toEqual([]);
    }
  });

  it('begins with what lifts that which holds it', () => {
    expect(held('sign-in-expired')).toEqual(['sign-in', 'give-up']);
    expect(held('wrong-account')).toEqual(['sign-in', 'give-up']);
    expect(held('not-allowed')).toEqual(['try-now', 'give-up']);
    expect(held('became-too-old-while-waiting')).toEqual(['send-anyway', 'give-up']);
    expect(actsOn({ phase: 'waiting', nextTryUtc: later })).toEqual(['try-now', 'give-up']);
  });

  it('never is to give up a record that may be recorded', () => {
    const unknown = [
      actsOn({ phase: 'unknown', reason: 'outcome-unknown', nextTryUtc: later }),
      actsOn({ phase: 'unknown', reason: 'outcome-unknown', nextTryUtc: null }),
      actsOn({ phase: 'unknown', reason: 'sign-in-expired', nextTryUtc: null }),
    ];
    for (const acts of unknown) expect(acts).not.toContain('give-up');
    expect(unknown[0]).toEqual(['try-now']);
    expect(unknown[1]).toEqual(['decide', 'try-now']);
    expect(unknown[2]).toEqual(['sign-in', 'decide']);
  });

  it('is to decide alone where sending the identical record again would tell no more', () => {
    const duplicate = {
      phase: 'unknown',
      reason: 'outcome-unknown',
      awsErrorName: 'DuplicateRecord',
    } as const;
    expect(actsOn(duplicate)).toEqual(['decide']);
    expect(actsOn({ phase: 'unknown', reason: 'unrecognised-answer' })).toEqual(['decide']);
  });

  it('leads to another profile where the same sign-in would not help', () => {
    expect(signInFor('session-revoked')).toBe('same-profile');
    expect(signInFor('wrong-account')).toBe('other-profile');
    expect(signInFor('offline')).toBeNull();
    expect(signInFor(null)).toBeNull();
  });
});

describe('the undo window in words', () => {
  it('says how long it is, and when a deadline has shortened it', () => {
    expect(undoSentence(10, 10)).toBe(
      'You can take it back for 10 seconds after you submit. Then it leaves for AWS.',
    );
    expect(undoSentence(1, 10)).toBe(
      'You can take it back for 1 second after you submit, as a deadline is near. Then it leaves for AWS.',
    );
    expect(undoSentence(0, 10)).toMatch(/deadline is so near/);
    expect(undoSentence(0, 0)).toMatch(/^It leaves at once/);
  });
});

describe('the seconds of the undo window as typed', () => {
  it.each([
    ['0', 0],
    ['60', 60],
    [' 15 ', 15],
  ])('takes %j', (text, seconds) => expect(readUndoSeconds(text)).toBe(seconds));

  it.each(['', '61', '-1', '1.5', '1e1', 'ten', '0600'])('refuses %j', (text) =>
    expect(readUndoSeconds(text)).toBeNull(),
  );
});

describe('what a person can do with a rejected record', () => {
  const open = { status: 'rejected', phase: null, settlement: { kind: 'open' } } as const;
  const inTime = { ...open, deadlineUtc: '2026-11-20T14:01:00Z' };
  const tooLate = { ...open, deadlineUtc: '2026-11-20T13:59:00Z' };

  it('begins with a correction while AWS may still take it', () => {
    expect(actsOn({ ...inTime, reason: 'invalid-usage-dimension' })[0]).toBe('correct');
  });

  it('is to send the identical one again only where its cause can lie elsewhere', () => {
    expect(actsOn({ ...inTime, reason: 'customer-not-subscribed' })).toContain('send-again');
    for (const reason of ['duplicate-record', 'bad-request', 'window-missed'] as const) {
      expect(actsOn({ ...inTime, reason })).not.toContain('send-again');
    }
    expect(actsOn({ ...tooLate, reason: 'customer-not-subscribed' })).not.toContain('send-again');
  });

  it('begins with the write-off once it is too late', () => {
    expect(actsOn({ ...tooLate, reason: 'window-missed' })[0]).toBe('write-off');
  });

  it('never is to correct a duplicate: only a difference may be missing', () => {
    const acts = actsOn({ ...inTime, reason: 'duplicate-record' });
    expect(acts).toContain('report-difference');
    expect(acts).not.toContain('correct');
  });

  it('never is to change what was decided without AWS’s word: only the identical record is billed once', () => {
    for (const record of [inTime, tooLate]) {
      expect(actsOn({ ...record, reason: 'decided-not-recorded' })).not.toContain('correct');
    }
    expect(actsOn({ ...inTime, reason: 'decided-not-recorded' })[0]).toBe('send-again');
  });

  it('is to reopen what is written off, and nothing where another record stands in its place', () => {
    const settlement = { kind: 'written-off', atUtc: later, by: 'arn', note: 'n', amount: null } as const;
    expect(actsOn({ ...inTime, settlement })).toEqual(['reopen']);
    expect(actsOn({ ...inTime, settlement: { kind: 'followed', successorId: 'r' } })).toEqual([]);
  });
});
