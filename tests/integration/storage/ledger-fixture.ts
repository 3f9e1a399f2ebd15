/** Ledgers in temporary folders, and submissions, attempts and changes to put into them. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import type { Result } from '../../../src/contract/result.ts';
import { openLedger, type SqliteLedger } from '../../../src/main/adapters/storage/ledger/open-ledger.ts';
import type { IncidentLog } from '../../../src/main/core/ports.ts';

export * from './ledger-builders.ts';

/** 2026-11-20T14:05:00Z. */
export const nowMs = Date.UTC(2026, 10, 20, 14, 5, 0);

export const newId = (): string => randomUUID();

/** A defect fails the test that met it. */
export const noIncidents: IncidentLog = {
  report: (cause, context) => {
    throw new Error(`Unexpected in ${context}`, { cause });
  },
  note: () => {},
};

/** A folder of this test's own, gone afterwards. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'usage-desk-storage-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function valueIn<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`Expected a value, got ${JSON.stringify(result.error)}`);
  return result.value;
}

export function errorIn<T>(result: Result<T>) {
  if (result.ok) throw new Error(`Expected a failure, got ${JSON.stringify(result.value)}`);
  return result.error;
}

/** An open ledger, with its path. Closed afterwards. */
export function aLedger(path = join(temporaryFolder(), 'ledger.sqlite')): {
  readonly ledger: SqliteLedger;
  readonly path: string;
} {
  const ledger = valueIn(openLedger({ path, now: () => nowMs, incidents: noIncidents }));
  onTestFinished(() => ledger.close());
  return { ledger, path };
}

/** A second connection to a ledger's file, for doing what the app never would. */
export function rawConnection(path: string): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: 2000 });
  onTestFinished(() => {
    if (db.isOpen) db.close();
  });
  return db;
}
