/** What is left until an instant, counting down in place. Screen readers are not told each second. */
import { formatCountdown } from '../copy/formats.ts';
import { useNow } from './use-now.tsx';

export interface CountdownProps {
  readonly untilUtc: string;
  /** Shown once the instant has passed. */
  readonly passed?: string;
}

/** Rounded up, so that the last second reads `1 s` and not `0 s`. */
export function Countdown({ untilUtc, passed = formatCountdown(0) }: CountdownProps) {
  const leftMs = Date.parse(untilUtc) - useNow();
  return <span className="countdown">{leftMs > 0 ? formatCountdown(leftMs + 999) : passed}</span>;
}
