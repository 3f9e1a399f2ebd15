/**
 * Which records of a refused call are the likely ones, read off AWS's words. Guesses only: they decide in which order records are
 * tried, never what becomes of one.
 */
import type { ReasonCode } from '../../../contract/reason-codes.ts';
import type { UsageRecordBody } from './usage-record.ts';
import { secondMs, utc } from './utc-hours.ts';

/** What AWS can refuse a record for. */
export interface Narrowable
  extends Pick<UsageRecordBody, 'dimensionKey' | 'licenseArn' | 'buyerAccountId' | 'startMs'> {
  readonly recordId: string;
}

/** A refusal of a whole call as AWS put it. */
export interface Refusal {
  readonly reason: ReasonCode;
  readonly message: string | null;
}

interface Suspects<R> {
  /** All records, the most suspicious first. */
  readonly ordered: readonly R[];
  /** Whether the first stands out so much that it is worth a call of its own. */
  readonly hasFavourite: boolean;
}

/** Orders the records of a refused call, which are given in the order of the call. */
export function bySuspicion<R extends Narrowable>(records: readonly R[], refusal: Refusal): Suspects<R> {
  const message = refusal.message ?? '';
  const pointedAt = records[indexIn(message)];
  const rank = rankFor(records, refusal);
  const suspicion = (record: R): number => {
    if (record === pointedAt) return 2;
    return namesOf(record, refusal.reason).some((name) => isNamed(message, name)) ? 1 : 0;
  };
  const judged = records.map((record) => ({ record, level: suspicion(record), rank: rank(record) }));
  judged.sort((a, b) => b.level - a.level || a.rank - b.rank);
  const [first, second] = judged;
  const standsOut = first !== undefined && second !== undefined && first.rank < second.rank;
  return {
    ordered: judged.map(({ record }) => record),
    hasFavourite: (first?.level ?? 0) > 0 || standsOut || refusal.reason === 'timestamp-out-of-bounds',
  };
}

/** A record that shares with the blamed one what AWS refused it for; null when none does. */
export function alikeIn<R extends Narrowable>(
  records: readonly R[],
  { record: blamed, refusal }: { readonly record: R; readonly refusal: Refusal },
): R | null {
  switch (refusal.reason) {
    case 'invalid-usage-dimension':
      return records.find((record) => record.dimensionKey === blamed.dimensionKey) ?? null;
    case 'invalid-license':
      return records.find((record) => record.licenseArn === blamed.licenseArn) ?? null;
    case 'invalid-customer':
      return records.find((record) => record.buyerAccountId === blamed.buyerAccountId) ?? null;
    case 'timestamp-out-of-bounds':
      return (
        records.find((record) =>
          isFuture(refusal) ? record.startMs >= blamed.startMs : record.startMs <= blamed.startMs,
        ) ?? null
      );
    default:
      return null;
  }
}

/** AWS's validation names a member by its place: `usageRecords.3.member.quantity`. -1 when it names none. */
function indexIn(message: string): number {
  const place = /usageRecords\.(\d{1,3})\.member/i.exec(message)?.[1];
  return place === undefined ? -1 : Number(place) - 1;
}

function namesOf(record: Narrowable, reason: ReasonCode): readonly string[] {
  const licence = record.licenseArn === null ? [] : [record.licenseArn];
  switch (reason) {
    case 'invalid-usage-dimension':
      return [record.dimensionKey];
    case 'invalid-license':
      return licence;
    case 'invalid-customer':
      return [record.buyerAccountId];
    case 'timestamp-out-of-bounds':
      return [utc(record.startMs), new Date(record.startMs).toISOString(), String(record.startMs / secondMs)];
    default:
      return [record.dimensionKey, record.buyerAccountId, ...licence];
  }
}

/** Whether the message holds the name as a whole word, so that `api` is not found in `api_calls`. */
function isNamed(message: string, name: string): boolean {
  for (let at = message.indexOf(name); at >= 0; at = message.indexOf(name, at + 1)) {
    const around = `${message[at - 1] ?? ' '}${message[at + name.length] ?? ' '}`;
    if (!/[\w/-]/.test(around)) return true;
  }
  return false;
}

/** Lower is more suspicious: a value that few records have, and at the edge of time the oldest or the newest. */
function rankFor<R extends Narrowable>(records: readonly R[], refusal: Refusal): (record: R) => number {
  const { reason } = refusal;
  if (reason === 'timestamp-out-of-bounds') {
    return isFuture(refusal) ? ({ startMs }) => -startMs : ({ startMs }) => startMs;
  }
  const shared = (record: R): string => namesOf(record, reason).join(' ');
  const counts = new Map<string, number>();
  for (const record of records) counts.set(shared(record), (counts.get(shared(record)) ?? 0) + 1);
  return (record) => counts.get(shared(record)) ?? 0;
}

const isFuture = ({ message }: Refusal): boolean => /future|ahead of/i.test(message ?? '');
