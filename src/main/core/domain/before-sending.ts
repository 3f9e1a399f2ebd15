/**
 * What becomes of a record before its call: the deadline rules what is sent, the window what is asked. Instants are epoch ms in AWS's time.
 */
import { longestPauseMs } from './resend-pause.ts';
import { nothingWrong } from './settle.ts';
import { type RecordChange, type StoredRecord, stateOfRecord as unchanged } from './usage-record.ts';
import { secondMs, secondOf } from './utc-hours.ts';

/** A record that leaves this soon after it was confirmed has not waited: the window that held then still holds. */
const promptMs = 90 * secondMs;

/** What the sender does with a record now. */
export type BeforeSending =
  | { readonly kind: 'send' }
  /** The record moves on without a call; look at it again afterwards. */
  | { readonly kind: 'change'; readonly change: RecordChange }
  | {
      readonly kind: 'not-yet';
      /** `later`: at `nextTryMs`. `evidence`: unknown, and a resend can't tell more. `person`: held. */
      readonly because: 'later' | 'evidence' | 'person' | 'in-flight' | 'settled';
    };

const send: BeforeSending = { kind: 'send' };
const settled: BeforeSending = { kind: 'not-yet', because: 'settled' };
const inFlight: BeforeSending = { kind: 'not-yet', because: 'in-flight' };
const later: BeforeSending = { kind: 'not-yet', because: 'later' };
const evidence: BeforeSending = { kind: 'not-yet', because: 'evidence' };
const person: BeforeSending = { kind: 'not-yet', because: 'person' };

/** Judges a record just before each call, with a fresh `nowMs`: the deadline rules what is sent, the window what is asked. */
export function beforeSending(record: StoredRecord, nowMs: number): BeforeSending {
  if (record.status !== 'pending') return settled;
  if (record.phase === 'sending') return inFlight;
  if (nowMs >= record.deadlineMs) return afterDeadline(record, nowMs);
  if (record.phase === 'held') return person;
  if (record.phase === 'unknown' && record.nextTryMs === null) return evidence;
  if (isLater(record.nextTryMs, nowMs)) return later;
  if (outgrewItsWindow(record, nowMs)) {
    return {
      kind: 'change',
      change: {
        ...unchanged(record),
        ...nothingWrong,
        phase: 'held',
        reason: 'became-too-old-while-waiting',
        nextTryMs: null,
      },
    };
  }
  return send;
}

function afterDeadline(record: StoredRecord, nowMs: number): BeforeSending {
  if (!record.mayBeRecorded) {
    return {
      kind: 'change',
      change: {
        ...unchanged(record),
        status: 'rejected',
        phase: null,
        reason: 'window-missed',
        nextTryMs: null,
        settledMs: nowMs,
      },
    };
  }
  if (record.phase === 'unknown' && record.nextTryMs === null) return evidence;
  return { kind: 'change', change: { ...unchanged(record), phase: 'unknown', nextTryMs: null } };
}

/** No pause is ever planned longer than the longest one: what seems further off was written by a clock that has jumped since. */
function isLater(nextTryMs: number | null, nowMs: number): boolean {
  return nextTryMs !== null && nextTryMs > nowMs && nextTryMs - nowMs <= longestPauseMs;
}

function outgrewItsWindow(record: StoredRecord, nowMs: number): boolean {
  if (record.sendAnyway || record.mayBeRecorded) return false;
  const isPrompt = nowMs - record.submittedMs <= promptMs;
  return !isPrompt && secondOf(nowMs) - record.startMs > record.windowMs;
}

/** Until when a record leaves without anybody being asked: the end of its window, where that still counts, else its deadline. */
export function leavesUntilMs(record: StoredRecord): number {
  const { deadlineMs, startMs, windowMs, submittedMs } = record;
  if (record.sendAnyway || record.mayBeRecorded) return deadlineMs;
  return Math.min(deadlineMs, Math.max(startMs + windowMs, submittedMs + promptMs));
}

/** The next instant after `nowMs` at which a record moves on by itself; null when only an answer or a person moves it. */
export function wakesAt(record: StoredRecord, nowMs: number): number | null {
  if (record.status !== 'pending' || record.phase === 'sending') return null;
  const tries = record.phase === 'held' ? null : record.nextTryMs;
  const missed = record.mayBeRecorded && tries === null ? null : record.deadlineMs;
  const times = [tries, missed]
    .filter((atMs) => atMs !== null && atMs > nowMs)
    .filter((atMs) => atMs !== null);
  return times.length === 0 ? null : Math.min(...times);
}
