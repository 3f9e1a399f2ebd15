import type { IncidentLog } from '../../src/main/core/ports.ts';

export interface MemoryIncidentLog extends IncidentLog {
  readonly incidents: { readonly cause: unknown; readonly context: string }[];
  readonly notes: string[];
}

/** Keeps what was reported; incident ids count from 1. */
export function createMemoryIncidentLog(): MemoryIncidentLog {
  const incidents: { cause: unknown; context: string }[] = [];
  const notes: string[] = [];
  return {
    incidents,
    notes,
    report: (cause, context) => `incident-${incidents.push({ cause, context })}`,
    note: (message) => void notes.push(message),
  };
}
