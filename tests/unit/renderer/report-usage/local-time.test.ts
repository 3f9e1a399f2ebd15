import { describe, expect, it } from 'vitest';
import {
  localTextsOf,
  repeatedHourOf,
} from '../../../../src/renderer/src/features/report-usage/local-time.ts';

describe('an instant as the texts of the form', () => {
  it('is the local date and time of day, cut to seconds', () => {
    expect(localTextsOf('2026-11-20T00:05:09.900Z', 'America/New_York')).toEqual({
      dateText: '2026-11-19',
      timeText: '19:05:09',
    });
  });

  it('writes midnight as 00', () => {
    expect(localTextsOf('2026-11-20T18:30:00Z', 'Asia/Kolkata').timeText).toBe('00:00:00');
  });
});

describe('an instant whose local time occurs twice', () => {
  it('knows which of the two it is', () => {
    expect(repeatedHourOf('2026-10-25T00:30:00Z', 'Europe/Berlin')).toBe('earlier');
    expect(repeatedHourOf('2026-10-25T01:30:00Z', 'Europe/Berlin')).toBe('later');
  });

  it('is told apart where the clocks change by half an hour', () => {
    expect(repeatedHourOf('2026-04-04T14:45:00Z', 'Australia/Lord_Howe')).toBe('earlier');
    expect(repeatedHourOf('2026-04-04T15:15:00Z', 'Australia/Lord_Howe')).toBe('later');
  });

  it('is nothing special on any other day', () => {
    expect(repeatedHourOf('2026-11-20T12:00:00Z', 'Europe/Berlin')).toBeNull();
    expect(repeatedHourOf('2026-11-20T12:00:00Z', 'UTC')).toBeNull();
  });
});
