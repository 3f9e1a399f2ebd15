import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../src/contract/evidence.ts';
import type { Attempt } from '../../../src/contract/usage.ts';
import { attemptWords } from '../../../src/renderer/src/copy/attempts.ts';
import { findingAnswer, findingWhose, trailSentence } from '../../../src/renderer/src/copy/evidence.ts';

const now = Date.parse('2026-11-20T14:30:00Z');

function aTrail(change: Partial<Evidence['trail']> = {}): Evidence['trail'] {
  return {
    lookedUtc: '2026-11-20T14:29:00Z',
    nextLookUtc: null,
    expectedByUtc: '2026-11-20T14:20:00Z',
    isComplete: true,
    problem: null,
    findings: [],
    ...change,
  };
}

const finding: Evidence['trail']['findings'][number] = {
  eventId: '0b7a1c1e-0000-4000-8000-0000000000e1',
  atUtc: '2026-11-20T14:00:00Z',
  requestId: null,
  principalArn: null,
  isOurApp: true,
  isSameRecord: true,
  status: 'AcceptedForReview',
  awsErrorName: null,
  meteringRecordId: null,
  quantity: 1250,
  startUtc: '2026-11-20T13:05:00Z',
};

describe('what CloudTrail shows, in words', () => {
  const wordsOf = (change: Partial<Evidence['trail']>) => trailSentence(aTrail(change), now, 'UTC');

  it('never takes its silence for a proof', () => {
    expect(wordsOf({})).toMatch(/no proof/);
    expect(wordsOf({ expectedByUtc: '2026-11-20T14:40:00Z' })).toMatch(/too early.*14:40:00 UTC/);
    expect(wordsOf({ isComplete: false })).toMatch(/more than could be read/);
  });

  it('says why it is not known', () => {
    expect(wordsOf({ lookedUtc: null })).toMatch(/nobody .* is signed in/);
    expect(wordsOf({ problem: { kind: 'offline', host: null, code: 'ENOTFOUND' } })).toMatch(
      /neither yes nor no/,
    );
  });

  it('keeps apart what was sent and what is billed', () => {
    expect(wordsOf({ findings: [finding] })).toMatch(/not what is billed/);
  });

  it('says whose call it was, and AWS’s own word', () => {
    expect(findingWhose(finding)).toBe('Usage Desk, this very record');
    expect(findingWhose({ ...finding, isOurApp: false, isSameRecord: false })).toMatch(/^Another program/);
    expect(findingAnswer(finding)).toBe('AcceptedForReview');
    expect(findingAnswer({ ...finding, awsErrorName: 'ThrottlingException' })).toMatch(/^Refused/);
    expect(findingAnswer({ ...finding, status: null })).toBe('No answer shown');
  });
});

describe('an attempt in words', () => {
  const textOf = (change: Partial<Attempt>) =>
    attemptWords({ outcome: 'not-recorded', recordCount: 1, reason: null, ...change }).text;

  it('tells a record that was refused for another’s fault from one that AWS had no time for', () => {
    expect(textOf({ recordCount: 25, reason: 'invalid-usage-dimension' })).toMatch(
      /^Refused together with 24 others/,
    );
    expect(textOf({ recordCount: 25, reason: 'throttled' })).toBe('Not recorded');
    expect(textOf({ recordCount: 1, reason: 'invalid-usage-dimension' })).toBe('Not recorded');
  });

  it('draws only a record of AWS green, and nothing that is unknown red', () => {
    const outcomes = ['recorded', 'refused', 'may-be-recorded', 'unanswered', 'in-flight'] as const;
    const types = outcomes.map((outcome) => attemptWords({ outcome, recordCount: 1, reason: null }).type);
    expect(types).toEqual(['success', 'error', 'info', 'info', 'in-progress']);
  });
});
