/**
 * One record at fault makes AWS refuse a whole call, and record nothing of it. This module finds the records at fault with
 * few calls: it plans which records to send together next, until each has gone through or was refused standing alone.
 *
 * It is group testing: a part that passes leaves the fault in the other part, which then needs no call of its own to be known
 * as tainted; what is left over after a fault was found goes together again. AWS's message often names what it refuses, so the
 * record that fits it best stands alone first.
 */
import type { ReasonCode } from '../../../contract/reason-codes.ts';
import { alikeIn, bySuspicion, type Narrowable, type Refusal } from './suspects.ts';

export interface Narrowing<R extends Narrowable> {
  /** Known to hold at least one record at fault; the most suspicious first. */
  readonly tainted: readonly R[];
  /** Whether the first of `tainted` is worth a call of its own. */
  readonly hasFavourite: boolean;
  /** Nothing is known of these. */
  readonly rest: readonly R[];
  /** A record that stood alone and was refused, with the words: others like it are suspects too. */
  readonly blamed: { readonly record: R; readonly refusal: Refusal } | null;
}

/** What a trial came to. `other`: neither through nor refused for a record's fault, so that it says nothing of the rest. */
export type TrialResult =
  | { readonly kind: 'through' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'other' };

/**
 * Refusals of a whole call that can be one record's fault. Permission, throttling, the Region, the product code, the sign-in and the clock
 * concern every record of a call alike.
 * https://docs.aws.amazon.com/marketplace/latest/APIReference/API_marketplace-metering_BatchMeterUsage.html
 */
const oneRecordsFault: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'invalid-usage-dimension',
  'timestamp-out-of-bounds',
  'invalid-license',
  'invalid-customer',
  'invalid-tag',
  'invalid-allocations',
  'bad-request',
]);

export function canBeOneRecordsFault(reason: ReasonCode): boolean {
  return oneRecordsFault.has(reason);
}

/** Begins with a call of several records that was refused as a whole. `records` in the order of the call. */
export function narrow<R extends Narrowable>(records: readonly R[], refusal: Refusal): Narrowing<R> {
  return { ...taint(records, refusal), rest: [], blamed: null };
}

/** The records to send together next; none when all have left. */
export function nextTrial<R extends Narrowable>(narrowing: Narrowing<R>): readonly R[] {
  const { tainted, hasFavourite, rest, blamed } = narrowing;
  if (tainted.length > 0) {
    return hasFavourite ? tainted.slice(0, 1) : tainted.slice(0, Math.max(1, tainted.length >> 1));
  }
  const alike = blamed === null ? null : alikeIn(rest, blamed);
  return alike === null ? rest : [alike];
}

/** Takes the trial's records out of the plan, or narrows to them. A record of the plan never stands in two trials at once. */
export function afterTrial<R extends Narrowable>(
  before: Narrowing<R>,
  trial: readonly R[],
  result: TrialResult,
): Narrowing<R> {
  const tried = new Set(trial.map(({ recordId }) => recordId));
  const untried = (records: readonly R[]) => records.filter(({ recordId }) => !tried.has(recordId));
  const tainted = untried(before.tainted);
  const rest = untried(before.rest);
  if (result.kind === 'through') {
    // One that passed although it is like the one that was refused: the likeness was no sign.
    const wasAlike = before.tainted.length === 0 && rest.length > 0;
    return { tainted, hasFavourite: false, rest, blamed: wasAlike ? null : before.blamed };
  }
  const untainted = { ...before, tainted: [], hasFavourite: false, rest: [...rest, ...tainted] };
  if (result.kind === 'other') return untainted;
  const [first] = trial;
  if (trial.length === 1 && first)
    return { ...untainted, blamed: { record: first, refusal: result.refusal } };
  return { ...untainted, ...taint(trial, result.refusal) };
}

/** Forgets records that can't be sent any more, such as one that a person took back. */
export function without<R extends Narrowable>(
  narrowing: Narrowing<R>,
  isGone: (record: R) => boolean,
): Narrowing<R> {
  const gone = [...narrowing.tainted, ...narrowing.rest].filter(isGone);
  return gone.length === 0 ? narrowing : afterTrial(narrowing, gone, { kind: 'other' });
}

function taint<R extends Narrowable>(records: readonly R[], refusal: Refusal) {
  const { ordered, hasFavourite } = bySuspicion(records, refusal);
  return { tainted: ordered, hasFavourite };
}
