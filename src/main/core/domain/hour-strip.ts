/** The hour strip: every UTC hour that the window touches, with what stands in it. Instants are epoch ms. */
import type { Scheme } from '../../../contract/contracts.ts';
import type { StripHour } from '../../../contract/entry.ts';
import type { HeldSlot } from '../ports.ts';
import { judgeEntry, openPartOfHour, type TimeRules, windowMsOf } from './usage-window.ts';
import { hourMs, hourSlotOf, secondFrom, secondMs, secondOf, utc } from './utc-hours.ts';

/** What usage is metered by; `subject` is the licence ARN or the product code. */
export interface SlotIdentity {
  readonly scheme: Scheme;
  readonly meteringRegion: string;
  readonly subject: string;
}

/** An hour that another line of the form takes. */
export interface LineSlot {
  readonly lineId: string;
  readonly dimensionKey: string;
  readonly hourSlotMs: number;
  readonly quantity: number | null;
}

export interface StripInput extends TimeRules {
  readonly dimensionKey: string;
  /** Null while it isn't known how the product is metered: then every held hour counts. */
  readonly identity: SlotIdentity | null;
  /** Slots of the same product and buyer. */
  readonly heldSlots: readonly HeldSlot[];
  readonly otherLines: readonly LineSlot[];
}

export type Conflict = 'hour-taken' | 'mixed-scheme' | 'other-region';

/**
 * How a held slot of the same product, buyer, dimension and hour stands in the way: as the very slot, or because AWS counts
 * schemes and Regions apart and would bill twice. Another licence in the same Region is a slot of its own: null.
 */
export function conflictOf(held: HeldSlot, identity: SlotIdentity | null): Conflict | null {
  if (held.status === 'withdrawn') return null;
  if (identity === null) return 'hour-taken';
  if (held.scheme !== identity.scheme) return 'mixed-scheme';
  if (held.meteringRegion !== identity.meteringRegion) return 'other-region';
  return held.subject === identity.subject ? 'hour-taken' : null;
}

/** The held slot in the way of a dimension in an hour, and how; the very slot comes first. Null when the hour is free. */
export function heldInHour(
  { dimensionKey, identity, heldSlots }: Pick<StripInput, 'dimensionKey' | 'identity' | 'heldSlots'>,
  hourSlotMs: number,
): { readonly held: HeldSlot; readonly conflict: Conflict } | null {
  const found = heldSlots
    .filter((held) => held.dimensionKey === dimensionKey && held.hourSlotMs === hourSlotMs)
    .flatMap((held) => {
      const conflict = conflictOf(held, identity);
      return conflict === null ? [] : [{ held, conflict }];
    });
  return found.find(({ conflict }) => conflict === 'hour-taken') ?? found[0] ?? null;
}

/** Oldest hour first: seven for six hours, up to 25 for less than 24. */
export function hourStrip(input: StripInput): StripHour[] {
  const now = secondOf(input.nowMs);
  const firstMs = hourSlotOf(secondFrom(now - windowMsOf(input.policy)));
  const count = (hourSlotOf(now) - firstMs) / hourMs + 1;
  return Array.from({ length: count }, (_, at) => stripHour(input, firstMs + at * hourMs));
}

function stripHour(input: StripInput, slotMs: number): StripHour {
  const takenBy = takerOf(input, slotMs);
  const open = openPartOfHour({ ...input, inHourMs: slotMs });
  const isFree = open !== null && takenBy === null;
  return {
    hourStartUtc: utc(slotMs),
    state: takenBy !== null ? 'taken' : open === null ? 'closed' : 'free',
    openFromUtc: isFree ? utc(open.fromMs) : null,
    openUntilUtc: isFree ? utc(open.untilMs) : null,
    closedReason: open === null ? whyClosed(input, slotMs) : null,
    takenBy,
  };
}

function whyClosed(input: StripInput, slotMs: number): StripHour['closedReason'] {
  const startMs = Math.min(slotMs + hourMs - secondMs, secondOf(input.nowMs));
  return judgeEntry({ ...input, startMs })[0]?.code ?? null;
}

function takerOf(input: StripInput, slotMs: number): StripHour['takenBy'] {
  const held = heldInHour(input, slotMs)?.held;
  if (held && held.status !== 'withdrawn') {
    return { recordId: held.recordId, lineId: null, quantity: held.quantity, status: held.status };
  }
  const line = input.otherLines.find(
    (other) => other.dimensionKey === input.dimensionKey && other.hourSlotMs === slotMs,
  );
  if (!line || input.dimensionKey === '') return null;
  return { recordId: null, lineId: line.lineId, quantity: line.quantity, status: 'this-form' };
}

/** The newest start time that is free in a strip, as UTC text; null when nothing is. */
export function suggestedStart(strip: readonly StripHour[]): string | null {
  return strip.findLast((hour) => hour.state === 'free')?.openUntilUtc ?? null;
}
