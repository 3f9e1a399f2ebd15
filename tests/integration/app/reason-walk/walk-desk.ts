/** What every row of the walk needs: a slot of its own, a record that was submitted there, and what the page shows of it. */
import { expect } from 'vitest';
import type { EntryInput, EntryLine, Review } from '../../../../src/contract/entry.ts';
import { type ReasonEntry, reasonCatalogue } from '../../../../src/contract/reason-catalogue.ts';
import type { ReasonCode } from '../../../../src/contract/reason-codes.ts';
import type { UsageRecordView } from '../../../../src/contract/usage.ts';
import type { World, WorldAgreement, WorldProduct } from '../../../../src/main/practice/world-schema.ts';
import { guideOfRecord } from '../../../../src/renderer/src/copy/guide.ts';
import { badgeText } from '../../../../src/renderer/src/copy/reasons.ts';
import { actsOf, type RecordAct } from '../../../../src/renderer/src/ui/record-acts.ts';
import { aLine, type InProcessApp } from '../in-process-app.ts';

export type Walk = ReturnType<typeof createWalk>;

/** What a row says of its record: how it stands, what is on the badge, and which of its own facts the guide names. */
export interface Expected {
  readonly state: readonly [status: UsageRecordView['status'], phase: UsageRecordView['phase']];
  readonly badge: string;
  readonly severity: ReasonEntry['severity'];
  readonly names?: (record: UsageRecordView) => readonly string[];
  /** The act that is offered first. */
  readonly act: RecordAct;
}

/** Contracts of one product, each hour of each dimension of which is one row's own. */
const common = [
  'pay-as-you-go',
  'pay-as-you-go-year-9999',
  'concurrent-a',
  'concurrent-b',
  'in-yen',
] as const;
const dimensions = ['rows_processed', 'connector_hours', 'egress_gb', 'support_minutes'] as const;

export const minuteMs = 60_000;

export function createWalk(app: InProcessApp) {
  let taken = 0;
  let beganMs: number | null = null;
  const steer = app.practice.steer;
  const world = async () => (await steer('GET', 'world')) as World;

  async function edge(name: string): Promise<WorldAgreement> {
    const found = (await world()).agreements.find((agreement) => agreement.edge === name);
    if (!found) throw new Error(`the practice world has no ${name}`);
    return found;
  }

  async function productOf({ productId }: { readonly productId: string }): Promise<WorldProduct> {
    const found = (await world()).products.find((product) => product.id === productId);
    if (!found) throw new Error(`the practice world has no ${productId}`);
    return found;
  }

  const nowMs = async (): Promise<number> => Date.parse((await app.succeed('system.status', {})).nowUtc);

  const startOf = (atMs: number): Pick<EntryLine, 'dateText' | 'timeText'> => {
    const text = new Date(atMs).toISOString();
    return { dateText: text.slice(0, 10), timeText: text.slice(11, 19) };
  };

  /** A slot that no other row has: its contract, and a line for it. Counted from one moment: the walk may cross an hour. */
  async function slot(minutesAgo = 5): Promise<EntryInput> {
    const at = taken;
    taken += 1;
    beganMs ??= await nowMs();
    const name = common[at % common.length] ?? common[0];
    const hour = Math.floor(at / common.length / dimensions.length);
    const dimensionKey = dimensions[Math.floor(at / common.length) % dimensions.length] ?? dimensions[0];
    const sinceMinutes = ((await nowMs()) - beganMs) / minuteMs;
    return entryOn(name, { dimensionKey }, sinceMinutes + minutesAgo + 60 * hour);
  }

  async function entryOn(
    name: string,
    changes: Partial<EntryLine> = {},
    minutesAgo = 5,
  ): Promise<EntryInput> {
    const now = await nowMs();
    const start = startOf(now - minutesAgo * minuteMs);
    const line = aLine(new Date(now).toISOString(), { ...start, ...changes });
    const { agreementId } = await edge(name);
    return { agreementId, lines: [line], timeZone: 'UTC', locale: 'en-US' };
  }

  const review = (entry: EntryInput): Promise<Review> => app.succeed('reviews.create', entry);

  async function confirm({ reviewId, hash }: Review): Promise<string> {
    const { recordIds } = await app.succeed('reviews.submit', { reviewId, hash, confirmed: true });
    return recordIds[0] ?? '';
  }

  const submit = async (entry: EntryInput): Promise<string> => confirm(await review(entry));

  const recordWhen = (recordId: string, done: (record: UsageRecordView) => boolean) =>
    app.until(async () => {
      const { record } = await app.succeed('usage.get', { recordId });
      return done(record) ? record : null;
    });

  /** Everything that the popover says of a record. */
  async function popover(record: UsageRecordView): Promise<string> {
    const facts = await app.succeed('usage.guide', { recordId: record.recordId });
    const guide = guideOfRecord(record, facts, 'UTC');
    const { title, whatHappened, why, steps } = entryOf(record.reason);
    return [title, whatHappened, ...guide.seen, why, ...(guide.steps ?? steps)].join('\n');
  }

  /** Waits until the record has the reason, and holds everything that a person sees of it against what is expected. */
  async function shows(recordId: string, reason: ReasonCode, expected: Expected): Promise<UsageRecordView> {
    const record = await recordWhen(recordId, (one) => one.reason === reason && one.phase !== 'sending');
    expect([record.status, record.phase]).toEqual(expected.state);
    expect(badgeText(reason, record)).toBe(expected.badge);
    expect(reasonCatalogue[reason].severity).toBe(expected.severity);
    const text = await popover(record);
    for (const name of expected.names?.(record) ?? []) expect(text).toContain(name);
    const acts = actsOf(record, await nowMs());
    expect(acts[0]).toBe(expected.act);
    fits(reasonCatalogue[reason].again, record, acts);
    return record;
  }

  const accepted = (recordId: string) => recordWhen(recordId, (one) => one.status === 'accepted');

  /** *Correct and resend*: a review like any other, and the two are linked. `changes` are what is corrected. */
  async function correct(record: UsageRecordView, changes: Partial<EntryLine> = {}): Promise<void> {
    const line = aLine(record.startUtc, {
      ...startOf(Date.parse(record.startUtc)),
      dimensionKey: record.dimensionKey,
      predecessorId: record.recordId,
      ...changes,
    });
    const { agreementId } = record;
    const successorId = await submit({ agreementId, lines: [line], timeZone: 'UTC', locale: 'en-US' });
    await accepted(successorId);
    const { record: settled } = await app.succeed('usage.get', { recordId: record.recordId });
    expect(settled.settlement).toEqual({ kind: 'followed', successorId });
  }

  async function tryNow({ recordId }: UsageRecordView): Promise<void> {
    // By itself it may have been tried meanwhile.
    const { record } = await app.succeed('usage.get', { recordId });
    if (record.status === 'pending') await app.call('usage.tryNow', { recordIds: [recordId] });
    await accepted(recordId);
  }

  async function writeOff({ recordId }: UsageRecordView): Promise<void> {
    await app.succeed('usage.writeOff', { recordId, note: 'settled by invoice', amount: null });
    const { record } = await app.succeed('usage.get', { recordId });
    expect(record.settlement).toMatchObject({ kind: 'written-off', note: 'settled by invoice' });
  }

  const faults = (...list: readonly object[]) =>
    steer(
      'PUT',
      'faults',
      list.map((fault) => ({ operation: 'BatchMeterUsage', ...fault })),
    );

  /** Moves AWS's time, and lets the app learn of it. */
  async function setClock(
    mode: 'shift' | 'skew',
    to: { readonly ms: number } | { readonly instant: string },
  ) {
    await steer('PUT', 'clock', { mode, ...to });
    await learnTime();
  }

  async function learnTime(): Promise<void> {
    await app.succeed('session.permissions', { again: true });
  }

  /** Makes the app read the contract anew, as *Refresh* does. */
  async function reread(agreementId: string): Promise<void> {
    await app.succeed('contracts.refresh', {});
    await app.contracts();
    await app.succeed('contracts.get', { agreementId });
  }

  /** One answer a product, as a person gives it; `unknown-term` is left without. */
  async function chooseSchemes(): Promise<void> {
    const { agreements, products } = await world();
    const sold = new Set(
      agreements.filter(({ edge: name }) => name !== 'unknown-term').map((one) => one.productId),
    );
    for (const { id: productId, scheme } of products) {
      if (scheme === 'none' || !sold.has(productId)) continue;
      await app.call('products.chooseScheme', { productId, scheme });
    }
  }

  async function change<T extends { readonly id: string }>(path: string, item: T, to: Partial<T>) {
    await steer('PUT', `world/${path}/${encodeURIComponent(item.id)}`, { ...item, ...to });
  }

  return {
    ...{ app, steer, world, edge, productOf, nowMs, startOf, slot, entryOn, review, confirm, submit },
    ...{
      recordWhen,
      popover,
      shows,
      accepted,
      correct,
      tryNow,
      writeOff,
      faults,
      setClock,
      change,
      reread,
      chooseSchemes,
    },
  };
}

function entryOf(reason: ReasonCode | null): ReasonEntry {
  if (reason === null) throw new Error('a record without a reason');
  return reasonCatalogue[reason];
}

/** What the popover says on sending again is what the acts let a person do. */
function fits(again: ReasonEntry['again'], record: UsageRecordView, acts: readonly RecordAct[]): void {
  const sendsSame = acts.some((act) => ['try-now', 'sign-in', 'send-anyway', 'send-again'].includes(act));
  if (again === 'yes') expect(record.status === 'pending' && sendsSame).toBe(true);
  if (again === 'identical') expect(record.status === 'rejected' || sendsSame).toBe(true);
  if (again === 'after-a-change') expect(acts).toContain('correct');
  if (again === 'no') expect(sendsSame).toBe(false);
}
