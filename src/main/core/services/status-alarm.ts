/** A status moves with time alone: tells which rows to look at again, each at its instant, however many they are. */
import type { Clock } from '../ports.ts';

export interface StatusAlarm {
  /** Null: time changes nothing about it any more. Takes effect with the next `arm`. */
  readonly set: (agreementId: string, atMs: number | null) => void;
  readonly arm: () => void;
  readonly clear: () => void;
}

export function createStatusAlarm(deps: {
  readonly clock: Clock;
  readonly onDue: (agreementIds: readonly string[]) => void;
}): StatusAlarm {
  const instants = new Map<string, number>();
  let armedMs = Number.POSITIVE_INFINITY;
  let cancel = (): void => {};

  function ring(): void {
    armedMs = Number.POSITIVE_INFINITY;
    const nowMs = deps.clock.now();
    const due = [...instants].filter(([, atMs]) => atMs <= nowMs).map(([agreementId]) => agreementId);
    for (const agreementId of due) instants.delete(agreementId);
    deps.onDue(due);
    arm();
  }

  function arm(): void {
    let firstMs = Number.POSITIVE_INFINITY;
    for (const atMs of instants.values()) firstMs = Math.min(firstMs, atMs);
    if (firstMs === armedMs) return;
    cancel();
    armedMs = firstMs;
    cancel = Number.isFinite(firstMs) ? deps.clock.schedule(firstMs, ring) : () => {};
  }

  return {
    set: (agreementId, atMs) => {
      if (atMs === null) instants.delete(agreementId);
      else instants.set(agreementId, atMs);
    },
    arm,
    clear: () => {
      instants.clear();
      cancel();
      armedMs = Number.POSITIVE_INFINITY;
    },
  };
}
