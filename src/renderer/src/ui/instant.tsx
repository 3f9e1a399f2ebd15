/** An instant in the reader's zone; its date and its time each stay in one piece. */
import { formatDate, formatMinute, formatTime, userTimeZone } from '../copy/formats.ts';
import './instant.css';

export interface InstantProps {
  readonly utc: string;
  /** IANA zone; the reader's unless told otherwise. */
  readonly zone?: string;
  /** Without the seconds, where nothing hangs on them. */
  readonly toTheMinute?: boolean;
}

export function Instant({ utc, zone = userTimeZone(), toTheMinute = false }: InstantProps) {
  const time = toTheMinute ? formatMinute(utc, zone) : formatTime(utc, zone);
  return (
    <>
      <span className="instant-part">{formatDate(utc, zone)},</span>{' '}
      <span className="instant-part">{time}</span>
    </>
  );
}
