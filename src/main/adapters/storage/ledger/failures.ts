/** What SQLite and the file system throw, as the failures that the page knows. Anything else is a defect. */
import { randomUUID } from 'node:crypto';
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { AppError } from '../../../../contract/errors.ts';
import { err, type Result } from '../../../../contract/result.ts';
import type { IncidentLog } from '../../../core/ports.ts';
import { errorCode, isNoRoom } from '../system-error.ts';

const sqliteErrorSchema = z.object({
  code: z.literal('ERR_SQLITE_ERROR'),
  errcode: z.number(),
  message: z.string(),
});

/** https://www.sqlite.org/rescode.html: the low byte is the kind, the whole number says more. */
const sqlite = { full: 13, corrupt: 11, notADatabase: 26, ioError: 10, constraint: 19 } as const;
const constraintTrigger = 1811;
const constraintUnique = 2067;
/** perm, busy, locked, readonly, cantopen, protocol, no large file support, auth. */
const unavailable: ReadonlySet<number> = new Set([3, 5, 6, 8, 14, 15, 22, 23]);

/** The code that a trigger raised, such as `record-is-final`; null for anything else. */
export function triggerCode(cause: unknown): string | null {
  const parsed = sqliteErrorSchema.safeParse(cause);
  return parsed.success && parsed.data.errcode === constraintTrigger ? parsed.data.message : null;
}

/** Which rule on hour slots a refused insert broke; null when it was another. */
export function slotRefusal(cause: unknown): 'hour-taken' | 'mixed-scheme' | 'other-region' | null {
  const raised = triggerCode(cause);
  if (raised === 'mixed-scheme' || raised === 'other-region') return raised;
  const parsed = sqliteErrorSchema.safeParse(cause);
  if (!parsed.success || parsed.data.errcode !== constraintUnique) return null;
  return parsed.data.message.includes('usage_record.hour_slot_ms') ? 'hour-taken' : null;
}

/**
 * SQLite reports some writes that found no room (the shared-memory file among them) as plain I/O errors, so the
 * file system is asked.
 */
function hasNoRoom(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize < 65_536;
  } catch {
    return false;
  }
}

/** Translates what was thrown on the ledger at `path`; null when it is none of the expected failures. */
export function ledgerError(cause: unknown, path: string): AppError | null {
  if (isNoRoom(cause)) return { kind: 'disk-full', path };
  const parsed = sqliteErrorSchema.safeParse(cause);
  if (!parsed.success) {
    const code = errorCode(cause);
    return code === null ? null : { kind: 'ledger-unavailable', path, detail: code };
  }
  const { errcode, message } = parsed.data;
  const kind = errcode & 0xff;
  if (kind === sqlite.full) return { kind: 'disk-full', path };
  if (kind === sqlite.corrupt || kind === sqlite.notADatabase)
    return { kind: 'ledger-damaged', path, detail: message };
  if (kind === sqlite.ioError && hasNoRoom(path)) return { kind: 'disk-full', path };
  if (kind === sqlite.ioError || unavailable.has(kind))
    return { kind: 'ledger-unavailable', path, detail: message };
  if (errcode === constraintTrigger) return { kind: 'not-possible-now', detail: message };
  return null;
}

export type Guard = <T>(context: string, work: () => Result<T>) => Result<T>;

/** Runs work on the ledger and turns what it throws into a failure; a defect is reported under an incident id. */
export function createGuard(path: string, incidents: IncidentLog | undefined): Guard {
  return (context, work) => {
    try {
      return work();
    } catch (cause) {
      const known = ledgerError(cause, path);
      if (known !== null) return err(known);
      return err({
        kind: 'unexpected',
        incidentId: incidents?.report(cause, `ledger: ${context}`) ?? randomUUID(),
      });
    }
  };
}
