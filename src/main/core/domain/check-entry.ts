/** Applies every rule to the lines of the form: what is wrong with each, what it would cost, which hours are left. Pure. */
import type { Dimension, Scheme } from '../../../contract/contracts.ts';
import type { CheckedEntry, CheckedLine, EntryIssue, EntryLine, StripHour } from '../../../contract/entry.ts';
import type { Money } from '../../../contract/primitives.ts';
import type { ReasonCode } from '../../../contract/reason-codes.ts';
import type { WindowPolicy } from '../../../contract/settings.ts';
import type { HeldSlot } from '../ports.ts';
import { checkDimension, checkQuantity, checkStart } from './check-field.ts';
import { heldInHour, hourStrip, type LineSlot, type SlotIdentity } from './hour-strip.ts';
import { subjectOf } from './metering-body.ts';
import { addMoney, multiply } from './money.ts';
import { type ContractTimes, windowClosesAt } from './usage-window.ts';
import { hourSlotOf, minuteMs, secondOf, utc } from './utc-hours.ts';

/** From this long before the window closes on a line, the person is warned. */
const closesSoonMs = 30 * minuteMs;

export interface EntryToCheck {
  readonly lines: readonly EntryLine[];
  readonly timeZone: string;
  readonly locale: string;
  readonly nowMs: number;
  readonly policy: WindowPolicy;
  readonly contract: ContractTimes;
  readonly dimensions: readonly Dimension[];
  /** What the contract is metered by; null while that isn't known, which `blockers` then explains. */
  readonly metering: {
    readonly scheme: Scheme;
    readonly meteringRegion: string;
    readonly licenseArn: string | null;
    readonly productCode: string | null;
  } | null;
  /** Slots of the same product and buyer in the hours of the window, whatever their scheme or Region. */
  readonly heldSlots: readonly HeldSlot[];
  /** Reasons of the contract itself; any of them keeps the entry from its review. */
  readonly blockers: readonly ReasonCode[];
}

/** What the fields of one line say, before lines are held against slots and each other. */
interface ReadLine {
  readonly line: EntryLine;
  readonly dimension: Dimension | null;
  readonly quantity: number | null;
  readonly quantityReadings: readonly number[];
  readonly startMs: number | null;
  readonly startReadingsMs: readonly number[];
  readonly issues: readonly EntryIssue[];
}

/** Checks all lines with one `nowMs`; the same input always gives the same answer. */
export function checkEntry(entry: EntryToCheck): CheckedEntry {
  const read = entry.lines.map((line) => readLine(line, entry));
  const lines = read.map((line, at) => checkLine(line, at, read, entry));
  const isComplete = lines.every(
    (line) =>
      line.quantity !== null &&
      line.startUtc !== null &&
      line.issues.every((issue) => issue.severity === 'warning'),
  );
  return {
    nowUtc: utc(entry.nowMs),
    lines,
    totals: addMoney(lines.flatMap((line) => line.estimate ?? [])),
    blockers: [...entry.blockers],
    reviewable: lines.length > 0 && isComplete && entry.blockers.length === 0 && entry.metering !== null,
  };
}

function readLine(line: EntryLine, entry: EntryToCheck): ReadLine {
  const { dimension, issues: ofDimension } = checkDimension(line.dimensionKey, entry.dimensions);
  const { quantity, quantityReadings, issues: ofQuantity } = checkQuantity(line, entry.locale);
  const { startMs, startReadingsMs, issues: ofStart } = checkStart(line, entry);
  const issues = [...ofDimension, ...ofQuantity, ...ofStart];
  return { line, dimension, quantity, quantityReadings, startMs, startReadingsMs, issues };
}

function checkLine(read: ReadLine, at: number, all: readonly ReadLine[], entry: EntryToCheck): CheckedLine {
  const { line, startMs, quantity } = read;
  const slotMs = startMs === null ? null : hourSlotOf(startMs);
  const strip = hourStrip({
    ...entry,
    dimensionKey: line.dimensionKey,
    identity: identityOf(entry),
    otherLines: otherSlots(read, at, all),
  });
  const closes = startMs === null ? null : windowClosesAt({ ...entry, startMs });
  const issues = [...read.issues, ...slotIssues(read, at, all, entry, strip)];
  if (closes !== null && issues.every((issue) => issue.field !== 'time' && issue.field !== 'date')) {
    issues.push(...warnings(closes, entry));
  }
  return {
    lineId: line.lineId,
    issues,
    quantity,
    quantityReadings: [...read.quantityReadings],
    startUtc: startMs === null ? null : utc(startMs),
    startReadings: read.startReadingsMs.map(utc),
    hourSlotUtc: slotMs === null ? null : utc(slotMs),
    estimate: estimateOf(read),
    closesUtc: closes === null ? null : utc(closes.atMs),
    strip,
  };
}

function identityOf({ metering }: EntryToCheck): SlotIdentity | null {
  if (metering === null) return null;
  const { scheme, meteringRegion } = metering;
  return { scheme, meteringRegion, subject: subjectOf(metering) };
}

/** Hours of the other lines. A later line in this line's own hour is that line's trouble, not this one's. */
function otherSlots(read: ReadLine, at: number, all: readonly ReadLine[]): LineSlot[] {
  const ownSlotMs = read.startMs === null ? null : hourSlotOf(read.startMs);
  return all.flatMap((other, otherAt) => {
    if (otherAt === at || other.startMs === null) return [];
    const hourSlotMs = hourSlotOf(other.startMs);
    if (otherAt > at && hourSlotMs === ownSlotMs) return [];
    const { lineId, dimensionKey } = other.line;
    return [{ lineId, dimensionKey, hourSlotMs, quantity: other.quantity }];
  });
}

function slotIssues(
  { line, startMs }: ReadLine,
  at: number,
  all: readonly ReadLine[],
  entry: EntryToCheck,
  strip: readonly StripHour[],
): EntryIssue[] {
  if (startMs === null || line.dimensionKey === '') return [];
  const slotMs = hourSlotOf(startMs);
  const freeHoursUtc = strip
    .filter((hour) => hour.state === 'free')
    .map((hour) => hour.hourStartUtc)
    .join(' ');
  const found = heldInHour(
    { dimensionKey: line.dimensionKey, identity: identityOf(entry), heldSlots: entry.heldSlots },
    slotMs,
  );
  const issues: EntryIssue[] = [];
  if (found) {
    const { recordId, quantity, status, scheme, meteringRegion } = found.held;
    const held = { recordId, recordQuantity: quantity, status, scheme, meteringRegion };
    const facts = { ...held, hourSlotUtc: utc(slotMs), freeHoursUtc };
    issues.push({ field: 'time', code: found.conflict, severity: 'error', facts });
  }
  const earlierAt = all.findIndex(
    (other, otherAt) =>
      otherAt < at &&
      other.line.dimensionKey === line.dimensionKey &&
      other.startMs !== null &&
      hourSlotOf(other.startMs) === slotMs,
  );
  const earlier = all[earlierAt];
  if (earlier) {
    const facts = {
      lineId: earlier.line.lineId,
      lineNumber: earlierAt + 1,
      ...(earlier.quantity === null ? {} : { lineQuantity: earlier.quantity }),
      hourSlotUtc: utc(slotMs),
      freeHoursUtc,
    };
    issues.push({ field: 'time', code: 'hour-twice-in-this-form', severity: 'error', facts });
  }
  return issues;
}

function warnings(closes: ReturnType<typeof windowClosesAt>, entry: EntryToCheck): EntryIssue[] {
  const { nowMs, contract } = entry;
  const found: EntryIssue[] = [];
  const leftMs = closes.atMs - nowMs;
  const contractIsEnding = contract.endMs !== null && secondOf(nowMs) >= contract.endMs;
  if (contractIsEnding && contract.closesMs !== null) {
    found.push(warning('contract-ending', contract.closesMs, nowMs));
  }
  if (leftMs <= closesSoonMs && !(contractIsEnding && closes.code === 'contract-ended')) {
    found.push(warning('closes-soon', closes.atMs, nowMs));
  }
  return found;
}

function warning(code: ReasonCode, limitMs: number, nowMs: number): EntryIssue {
  const minutesLeft = Math.max(0, Math.floor((limitMs - nowMs) / minuteMs));
  return { field: 'time', code, severity: 'warning', facts: { limitUtc: utc(limitMs), minutesLeft } };
}

function estimateOf({ dimension, quantity }: ReadLine): Money | null {
  const { unitPrice = null, currencyCode = null } = dimension ?? {};
  if (quantity === null || unitPrice === null || currencyCode === null) return null;
  return { amount: multiply(unitPrice, quantity), currencyCode };
}
