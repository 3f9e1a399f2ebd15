import type { WorldAgreement } from './world-schema.ts';

/** After the end, remaining usage is taken for one hour. https://docs.aws.amazon.com/marketplace/latest/userguide/metering-for-usage.html */
export const lastReportMs = 60 * 60_000;

/** An agreement as it stands at an instant: one that has run out since the world was made is EXPIRED. */
export interface AgreementLife {
  readonly startMs: number;
  /** Infinity for pay as you go. */
  readonly endMs: number;
  readonly status: string;
  readonly lastUpdateMs: number;
}

export function lifeOf(agreement: WorldAgreement, nowMs: number): AgreementLife {
  const startMs = Date.parse(agreement.startTime);
  const lastUpdateMs = Date.parse(agreement.lastUpdateTime);
  const plannedEndMs = agreement.endTime === null ? Number.POSITIVE_INFINITY : Date.parse(agreement.endTime);
  if (agreement.status !== 'ACTIVE') {
    return {
      startMs,
      endMs: Math.min(plannedEndMs, lastUpdateMs),
      status: agreement.status,
      lastUpdateMs,
    };
  }
  const ranOut = plannedEndMs <= nowMs;
  return {
    startMs,
    endMs: plannedEndMs,
    status: ranOut ? 'EXPIRED' : 'ACTIVE',
    lastUpdateMs: ranOut ? Math.max(plannedEndMs, lastUpdateMs) : lastUpdateMs,
  };
}
