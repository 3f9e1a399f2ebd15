/** An instant in the reader's zone; its date and its time each stay in one piece. */
import { formatDate, formatTime, userTimeZone } from '../copy/formats.ts';
import './instant.css';

export interface InstantProps {
  readonly utc: string;
  /** IANA zone; the reader's unless told otherwise. */
  readonly zone?: string;
}

export function Instant({ utc, zone = userTimeZone() }: InstantProps) {
  return (
    <>
      <span className="instant-part">{formatDate(utc, zone)},</span>{' '}
      <span className="instant-part">{formatTime(utc, zone)}</span>
    </>
  );
}
