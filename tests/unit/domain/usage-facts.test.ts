import { expect, it } from 'vitest';
import { factsFollowAt, factsOf, needsPerson } from '../../../src/main/core/domain/usage-facts.ts';
import type { StoredRecord } from '../../../src/main/core/domain/usage-record.ts';
import { storedRecord } from './records.ts';

const minute = 60_000;
const sentMs = storedRecord().submittedMs + 10 * minute;
const shownByMs = sentMs + 90 * minute;
const isNeeded = (changes: Partial<StoredRecord>, nowMs = sentMs) =>
  needsPerson(storedRecord(changes), nowMs);

const unknown = {
  phase: 'unknown',
  reason: 'outcome-unknown',
  mayBeRecorded: true,
  attemptCount: 1,
  lastSentMs: sentMs,
} as const;

it('is a person who is needed by a held record, and by none that goes on by itself or is settled', () => {
  expect(isNeeded({ phase: 'held', reason: 'not-allowed' })).toBe(true);
  expect(isNeeded({ phase: 'queued' })).toBe(false);
  expect(isNeeded({ phase: 'sending' })).toBe(false);
  expect(isNeeded({ phase: 'waiting', reason: 'throttled', nextTryMs: sentMs + minute })).toBe(false);
  expect(isNeeded({ status: 'accepted', phase: null })).toBe(false);
});

it('leaves an unknown record alone while it is sent again, and then until CloudTrail would have shown its calls', () => {
  expect(isNeeded({ ...unknown, nextTryMs: sentMs + minute }, shownByMs + minute)).toBe(false);
  expect(isNeeded(unknown, shownByMs - 1)).toBe(false);
  expect(isNeeded(unknown, shownByMs)).toBe(true);
  expect(isNeeded({ ...unknown, lastSentMs: null }, shownByMs)).toBe(true);
});

it('does not make a person wait for CloudTrail who can lift what keeps an unknown record', () => {
  expect(isNeeded({ ...unknown, reason: 'sign-in-expired' })).toBe(true);
});

it('says when CloudTrail is no longer waited for, as the lists and counts change then by time alone', () => {
  const record = storedRecord(unknown);
  expect(factsFollowAt(record, sentMs)).toEqual([shownByMs]);
  expect(factsOf(record, shownByMs)).toEqual(['needs-person']);
  expect(factsFollowAt(record, shownByMs)).toEqual([]);
});
