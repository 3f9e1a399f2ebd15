/** Writes an instant as the date and time texts of the form. The way back is the core's: it knows about clock changes. */

export interface LocalTexts {
  /** `YYYY-MM-DD` */
  readonly dateText: string;
  /** `HH:MM:SS`, 24 hours */
  readonly timeText: string;
}

/** The date and time of an instant (ISO 8601, UTC) in an IANA zone, cut to whole seconds. */
export function localTextsOf(utc: string, timeZone: string): LocalTexts {
  const parts = new Map(
    new Intl.DateTimeFormat('en-GB', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    })
      .formatToParts(Date.parse(utc))
      .map((part) => [part.type, part.value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return {
    dateText: `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`,
    timeText: `${part('hour')}:${part('minute')}:${part('second')}`,
  };
}

/**
 * Which of two readings an instant is, where its local time occurs twice that day: the core asks for it. Null when the
 * local time is told apart by itself.
 */
export function repeatedHourOf(utc: string, timeZone: string): 'earlier' | 'later' | null {
  const own = textOf(utc, timeZone);
  const at = Date.parse(utc);
  // Clock changes are an hour nearly everywhere; Lord Howe Island's is half of one.
  for (const shiftMs of [1_800_000, 3_600_000]) {
    if (textOf(new Date(at + shiftMs).toISOString(), timeZone) === own) return 'earlier';
    if (textOf(new Date(at - shiftMs).toISOString(), timeZone) === own) return 'later';
  }
  return null;
}

/** The start of a line at an instant (ISO 8601, UTC), as it would be typed; empty without one. */
export function startTextsOf(
  utc: string | null,
  timeZone: string,
): LocalTexts & { readonly repeatedHour: 'earlier' | 'later' | null } {
  if (utc === null) return { dateText: '', timeText: '', repeatedHour: null };
  return { ...localTextsOf(utc, timeZone), repeatedHour: repeatedHourOf(utc, timeZone) };
}

function textOf(utc: string, timeZone: string): string {
  const { dateText, timeText } = localTextsOf(utc, timeZone);
  return `${dateText} ${timeText}`;
}
