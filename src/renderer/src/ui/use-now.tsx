/** AWS's time in the page: the computer's, corrected by the offset that the core knows. */
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';

const ClockOffset = createContext(0);

/** `offsetMs` is AWS minus computer. */
export function ClockOffsetProvider({
  offsetMs,
  children,
}: {
  readonly offsetMs: number;
  readonly children: ReactNode;
}) {
  return <ClockOffset value={offsetMs}>{children}</ClockOffset>;
}

/** AWS's time as epoch ms, renewed every `everyMs` (a second unless told otherwise). */
export function useNow(everyMs = 1000): number {
  const offsetMs = useContext(ClockOffset);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now + offsetMs;
}
