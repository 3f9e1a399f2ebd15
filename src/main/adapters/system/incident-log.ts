import { randomBytes } from 'node:crypto';
import { appendFileSync, chmodSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { inspect } from 'node:util';
import type { IncidentLog } from '../../core/ports.ts';
import { redact } from './redaction.ts';

export interface IncidentLogOptions {
  readonly path: string;
  /** The log is rotated when it reaches this; one older file is kept beside it. */
  readonly maxBytes?: number;
  /** Epoch ms. */
  readonly nowMs?: () => number;
}

const defaultMaxBytes = 1_000_000;
const longestEntry = 20_000;

/**
 * A log in one file of the person's own, for defects and for what the app did: redacted, readable by its owner only, bounded in size, with one older file
 * beside it (`<path>.1`). Writing never throws: a full disk must not turn a defect into a second one.
 */
export function createIncidentLog(options: IncidentLogOptions): IncidentLog {
  const { path, maxBytes = defaultMaxBytes, nowMs = Date.now } = options;
  const write = (text: string): void => {
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      const line = `${new Date(nowMs()).toISOString()} ${redact(text).slice(0, longestEntry)}\n`;
      rotate(path, maxBytes - Buffer.byteLength(line));
      appendFileSync(path, line, { mode: 0o600 });
    } catch {
      // Nowhere to tell it.
    }
  };
  return {
    report: (cause, context) => {
      const incidentId = randomBytes(4).toString('hex');
      write(`incident ${incidentId} in ${context}: ${describeCause(cause)}`);
      return incidentId;
    },
    // One line each, so that a text from elsewhere can't pass for an entry of its own.
    note: (message) => write(message.replace(/\s*[\r\n]+\s*/g, ' ')),
  };
}

function rotate(path: string, roomBytes: number): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return;
  if (size > roomBytes) renameSync(path, `${path}.1`);
  // A file from elsewhere, or of an earlier version, may be open to others.
  else chmodSync(path, 0o600);
}

/** The error with its stack and causes, indented so that it is plainly one entry. Request and answer of the SDK are left out. */
function describeCause(cause: unknown): string {
  const text = inspect(withoutExchange(cause), { depth: 4, breakLength: 110, maxStringLength: 2_000 });
  return text.replace(/\r?\n/g, '\n  ');
}

/** The SDK hangs the raw answer on its errors, and that may hold anything. */
function withoutExchange(cause: unknown): unknown {
  if (!(cause instanceof Error)) return cause;
  const { name, message, stack, cause: inner } = cause;
  const code = 'code' in cause ? cause.code : undefined;
  const metadata = '$metadata' in cause ? cause.$metadata : undefined;
  return {
    name,
    message,
    ...(code === undefined ? {} : { code }),
    ...(metadata === undefined ? {} : { metadata }),
    stack,
    ...(inner === undefined ? {} : { cause: withoutExchange(inner) }),
  };
}
