import { describe, expect, it } from 'vitest';
import type { StripHour } from '../../../src/contract/entry.ts';
import { reasonCatalogue } from '../../../src/contract/reason-catalogue.ts';
import { reasonCodes } from '../../../src/contract/reason-codes.ts';
import { statuses } from '../../../src/contract/usage.ts';
import { hourText, issueText } from '../../../src/renderer/src/copy/entry-issues.ts';
import { formatDecimal, formatQuantity } from '../../../src/renderer/src/copy/formats.ts';
import { badgeText, obstacleOf, statusWords } from '../../../src/renderer/src/copy/reasons.ts';
import { aRecord } from '../../support/sample-views.ts';

describe('the catalogue of reasons', () => {
  it.each(reasonCodes)('has words for %s', (code) => {
    const entry = reasonCatalogue[code];
    expect(entry.code).toBe(code);
    expect(entry.badge.split(' ').length).toBeLessThanOrEqual(4);
    expect(entry.steps.length).toBeGreaterThan(0);
    for (const sentence of [entry.whatHappened, entry.why, ...entry.steps]) {
      expect(sentence).toMatch(/[.?]$/);
    }
    for (const text of [entry.title, entry.whatHappened, entry.why, ...entry.steps]) {
      expect(text).not.toMatch(/\boops\b|you failed|invalid input/i);
    }
  });

  it('links only to AWS’s documentation', () => {
    const pages = reasonCodes.map((code) => reasonCatalogue[code].awsPage).filter((page) => page !== null);
    for (const page of pages)
      expect(page).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/(marketplace|singlesignon)\//);
  });

  it('lets only the identical record go again where the outcome is not known', () => {
    expect(reasonCatalogue['outcome-unknown'].again).toBe('identical');
    expect(reasonCatalogue['aws-unavailable'].again).toBe('identical');
  });

  it('never says that a duplicate may be sent again', () => {
    expect(reasonCatalogue['duplicate-record'].again).toBe('no');
  });
});

describe('the badge', () => {
  it('has AWS’s own name where AWS said what this app doesn’t know, cut where it is long', () => {
    const refused = { reason: 'aws-refused', awsErrorName: 'QuotaPausedException' } as const;
    expect(badgeText('aws-refused', refused)).toBe('AWS said “QuotaPausedException”');
    expect(badgeText('aws-refused', { ...refused, awsErrorName: 'X'.repeat(80) }).length).toBeLessThan(50);
    expect(badgeText('aws-refused')).toBe(reasonCatalogue['aws-refused'].badge);
    expect(badgeText('not-allowed', { reason: 'not-allowed', awsErrorName: 'AccessDenied' })).toBe(
      'Not allowed',
    );
  });
});

describe('what keeps AWS from being asked again about a record of unknown outcome', () => {
  it('is named for what a person can lift, whose own words hold for the last try alone', () => {
    for (const reason of ['clock-wrong', 'sign-in-expired', 'not-allowed'] as const) {
      expect(reasonCatalogue[reason].whatHappened).toMatch(/nothing was recorded/i);
      expect(obstacleOf({ phase: 'unknown', reason })).toBe(reasonCatalogue[reason]);
    }
  });

  it('is nothing where the reason says itself that the record may be recorded', () => {
    for (const reason of ['outcome-unknown', 'aws-unavailable', 'unrecognised-answer'] as const) {
      expect(obstacleOf({ phase: 'unknown', reason })).toBeNull();
    }
  });

  it('is nothing for a record that surely was not recorded', () => {
    expect(obstacleOf({ phase: 'held', reason: 'clock-wrong' })).toBeNull();
  });
});

describe('the status of a record in words', () => {
  const wordsOf = (phase: Parameters<typeof statusWords>[0]['phase']) =>
    statusWords({ status: 'pending', phase, nextTryUtc: null, undoUntilUtc: null }, 'UTC');

  it('never draws an unknown outcome as failed or done', () => {
    expect(wordsOf('unknown')).toEqual({ type: 'info', text: 'Pending · outcome unknown: may be recorded' });
  });

  it('says of every pending record in which phase it is', () => {
    const phases = ['queued', 'sending', 'waiting', 'held', 'unknown'] as const;
    const texts = phases.map((phase) => wordsOf(phase).text);
    expect(new Set(texts).size).toBe(phases.length);
    for (const text of texts) expect(text).toMatch(/^Pending · /);
  });

  it('is green only when AWS accepted', () => {
    const green = statuses.filter(
      (status) =>
        statusWords({ status, phase: null, nextTryUtc: null, undoUntilUtc: null }, 'UTC').type === 'success',
    );
    expect(green).toEqual(['accepted']);
  });

  it('names the next try with its zone', () => {
    const record = aRecord({ status: 'pending', phase: 'waiting', nextTryUtc: '2026-11-20T19:05:00Z' });
    expect(statusWords(record, 'UTC').text).toBe('Pending · trying again at 19:05:00 UTC');
  });

  it('says that a record can be taken back while it can', () => {
    const undoUntilUtc = '2026-11-20T19:05:00Z';
    const record = aRecord({ status: 'pending', phase: 'queued', nextTryUtc: undoUntilUtc, undoUntilUtc });
    expect(statusWords(record, 'UTC').text).toBe('Pending · can be taken back');
  });
});

describe('what stands at a field', () => {
  it.each(reasonCodes)('has a sentence for %s, also without its facts', (code) => {
    const text = issueText({ code, facts: {} }, 'UTC');
    expect(text).toMatch(/[.?]\s*$/);
    expect(text).not.toMatch(/undefined|null|NaN/);
  });

  it('names the oldest time that can be entered, here and in UTC', () => {
    const facts = { limitUtc: '2026-11-20T13:05:00Z', policy: 'six-hours' };
    expect(issueText({ code: 'too-old', facts }, 'America/New_York')).toBe(
      'This is more than six hours ago. The oldest time is 20 Nov 2026, 08:05:00 GMT-5 (13:05:00 UTC).',
    );
  });

  it('says by what an hour is taken and which are free', () => {
    const facts = {
      recordQuantity: 4000,
      status: 'accepted',
      freeHoursUtc: '2026-11-20T17:00:00Z 2026-11-20T18:00:00Z',
    };
    const text = issueText({ code: 'hour-taken', facts }, 'America/New_York');
    expect(text).toContain('a record of 4,000 (accepted)');
    expect(text).toContain('Free: 12:00–13:00, 13:00–14:00.');
  });

  it('names the free hours that are nearest to the taken one', () => {
    const hours = Array.from({ length: 9 }, (_, at) => `2026-11-20T${10 + at}:00:00Z`);
    const freeHoursUtc = hours.filter((hour) => !hour.includes('T13')).join(' ');
    const facts = { hourSlotUtc: '2026-11-20T13:00:00Z', freeHoursUtc };
    expect(issueText({ code: 'hour-taken', facts }, 'UTC')).toContain(
      'Free near it: 11:00–12:00, 12:00–13:00, 14:00–15:00, 15:00–16:00, and 4 more.',
    );
  });

  it.each(['mixed-scheme', 'other-region'] as const)('says by what an hour is taken for %s too', (code) => {
    const facts = { recordQuantity: 7, status: 'pending', scheme: 'licence', meteringRegion: 'eu-west-1' };
    expect(issueText({ code, facts }, 'UTC')).toContain(
      `a record of 7 (pending), metered ${code === 'mixed-scheme' ? 'by licence' : 'in eu-west-1'}.`,
    );
  });

  it('says that the end of a contract is about right only', () => {
    const facts = { limitUtc: '2026-11-20T13:05:00Z', endIsAbout: 1 };
    expect(issueText({ code: 'after-contract-end', facts }, 'UTC')).toContain('ended about 20 Nov 2026');
  });

  it('names every reading of a quantity', () => {
    const textOf = (facts: Record<string, string>) => issueText({ code: 'quantity-ambiguous', facts }, 'UTC');
    expect(textOf({ readings: '1234', fraction: '1.234' })).toContain(
      `as ${formatQuantity(1234)}, or as the fraction ${formatDecimal('1.234')}`,
    );
    expect(textOf({ readings: '1 1000' })).toContain(`as 1 or as ${formatQuantity(1000)}.`);
  });

  it('names the nearest key of an unknown dimension', () => {
    const text = issueText({ code: 'dimension-unknown', facts: { nearestKey: 'api_calls' } }, 'UTC');
    expect(text).toContain('Did you mean api_calls?');
  });
});

describe('an hour of the strip in words', () => {
  const hour: StripHour = {
    hourStartUtc: '2026-11-20T19:00:00Z',
    state: 'free',
    openFromUtc: '2026-11-20T19:00:00Z',
    openUntilUtc: '2026-11-20T19:59:59Z',
    closedReason: null,
    takenBy: null,
  };
  const textOf = (changes: Partial<StripHour>) => hourText({ ...hour, ...changes }, 'Asia/Kolkata', () => 2);

  it('is named in local time and in UTC', () => {
    expect(textOf({})).toBe('21 Nov, 00:30–01:30 (19:00–20:00 UTC): free.');
  });

  it('says until when it is open', () => {
    expect(textOf({ openUntilUtc: '2026-11-20T19:10:00Z' })).toContain('free until 00:40:00.');
  });

  it('calls the end of the current hour now', () => {
    const current = { ...hour, openUntilUtc: '2026-11-20T19:10:00Z' };
    expect(hourText(current, 'UTC', () => 1, '2026-11-20T19:10:00.400Z')).toContain('free until now.');
  });

  it('says by what it is taken', () => {
    const closed = { state: 'taken', openFromUtc: null, openUntilUtc: null } as const;
    const takenBy = { recordId: 'r', lineId: null, quantity: 4000, status: 'accepted' } as const;
    expect(textOf({ ...closed, takenBy })).toContain('taken by an accepted record of 4,000.');
    const line = { recordId: null, lineId: 'l', quantity: 1, status: 'this-form' } as const;
    expect(textOf({ ...closed, takenBy: line })).toContain('taken by line 2 of this form.');
  });

  it('says why it is closed', () => {
    const closed = { state: 'closed', openFromUtc: null, openUntilUtc: null } as const;
    expect(textOf({ ...closed, closedReason: 'too-old' })).toContain(
      'closed. The start time lies too far back.',
    );
  });
});
