/** Rows of what is found before sending: in the contract, in what was typed, and between review and submission. */
import { expect } from 'vitest';
import type { EntryInput, EntryLine } from '../../../../src/contract/entry.ts';
import { reasonCatalogue } from '../../../../src/contract/reason-catalogue.ts';
import type { ReasonCode } from '../../../../src/contract/reason-codes.ts';
import { issueText } from '../../../../src/renderer/src/copy/entry-issues.ts';
import { presentError } from '../../../../src/renderer/src/copy/present-error.ts';
import { minuteMs, type Walk } from './walk-desk.ts';

const hourMs = 60 * minuteMs;

/** Of an hour that no slot reaches. */
const early = { dimensionKey: 'egress_gb' } as const;

export const ofEntry = {
  'contract-not-started': closed('contract-not-started', 'not-started', 'data_ingested_gb'),
  'contract-ended': closed('contract-ended', 'ended-2-hours-ago', 'data_ingested_gb'),
  'not-a-saas-product': closed('not-a-saas-product', 'ami', 'm6i.large'),
  'contract-kind-unknown': closed('contract-kind-unknown', 'unknown-product-type', 'x'),
  'no-metered-dimension': closed('no-metered-dimension', 'no-consumption', 'seats_standard'),
  'dimensions-not-in-catalog': closed('dimensions-not-in-catalog', 'no-dimensions-in-catalog', 'lookups'),
  'contract-ending': async (walk: Walk) => {
    const entry = await walk.entryOn('ended-50-minutes-ago', { dimensionKey: 'custom_metrics' }, 58);
    await finds(walk, entry, 'contract-ending', { severity: 'warning', names: ['Submit right away'] });
    await walk.accepted(await walk.submit(entry));
  },

  'scheme-not-chosen': async (walk: Walk) => {
    const entry = await walk.entryOn('unknown-term', { dimensionKey: 'jobs' });
    await blocks(walk, entry, 'scheme-not-chosen');
    const { productId } = await walk.edge('unknown-term');
    await walk.app.succeed('products.chooseScheme', { productId, scheme: 'licence' });
    await walk.accepted(await walk.submit(entry));
  },
  'licence-missing': async (walk: Walk) => {
    const entry = await walk.entryOn('two-licences', { dimensionKey: 'custom_metrics' });
    await blocks(walk, entry, 'licence-missing');
    const [licenseArn] = (await walk.edge('two-licences')).licenseArns;
    await walk.accepted(await walk.submit({ ...entry, licenseArn: licenseArn ?? null }));
  },
  'product-code-missing': async (walk: Walk) => {
    const entry = await walk.entryOn('long-names-in-euro', { dimensionKey: 'evidence_exports' });
    const product = await walk.productOf(await walk.edge('long-names-in-euro'));
    await walk.app.succeed('products.chooseScheme', { productId: product.id, scheme: 'product-code' });
    await walk.change('products', product, { productCode: '', revision: product.revision + 1 });
    await walk.reread(entry.agreementId);
    await blocks(walk, entry, 'product-code-missing');
    await walk.change('products', product, { revision: product.revision + 2 });
    await walk.reread(entry.agreementId);
    await walk.accepted(await walk.submit(entry));
  },

  'dimension-missing': ofLine('dimension-missing', { dimensionKey: '' }, ['Choose a dimension']),
  'dimension-unknown': ofLine('dimension-unknown', { dimensionKey: 'Rows_Processed' }, ['rows_processed']),
  'dimension-not-metered': ofDimension('dimension-not-metered', 'contract-with-consumption', 'hosts'),
  'dimension-not-in-this-contract': ofDimension(
    'dimension-not-in-this-contract',
    'contract-with-consumption',
    'profiler_hours',
  ),
  'dimension-not-listed': ofDimension('dimension-not-listed', 'contract-with-consumption', 'legacy_traces'),
  'dimension-of-other-kind': ofDimension('dimension-of-other-kind', 'unknown-term', 'worker_hours'),
  'dimension-not-bought': async (walk: Walk) => {
    const product = await walk.productOf(await walk.edge('free-trial'));
    const seats = { Key: 'seats', Name: 'Seats', Types: ['Entitled'] };
    const listed = product.dimensions ?? [];
    await walk.change('products', product, {
      dimensions: [...listed, seats],
      revision: product.revision + 1,
    });
    const entry = await walk.entryOn('free-trial', { dimensionKey: 'seats' });
    await walk.reread(entry.agreementId);
    await finds(walk, entry, 'dimension-not-bought');
    await walk.change('products', product, { revision: product.revision + 2 });
    await walk.reread(entry.agreementId);
  },

  'too-old': async (walk: Walk) => {
    await finds(walk, await walk.slot(7 * 60), 'too-old', { names: ['UTC'] });
  },
  'in-the-future': async (walk: Walk) =>
    finds(walk, await walk.entryOn('in-yen', { dimensionKey: 'egress_gb' }, -30), 'in-the-future'),
  'month-closed': async (walk: Walk) => {
    const entry = await walk.slot();
    const monthEnd = nextMonth(await walk.nowMs());
    await walk.app.succeed('settings.change', { windowPolicy: 'less-than-24-hours' });
    await walk.setClock('shift', { instant: new Date(monthEnd + 6.5 * hourMs).toISOString() });
    const late = onLine(entry, walk.startOf(monthEnd - hourMs));
    await finds(walk, late, 'month-closed', { names: ['closed that month', '00:00'] });
    await walk.app.succeed('settings.change', { windowPolicy: 'six-hours' });
  },
  'before-contract-start': async (walk: Walk) => {
    const entry = await walk.entryOn('started-25-minutes-ago', { dimensionKey: 'egress_gb' }, 40);
    await finds(walk, entry, 'before-contract-start', { names: ['The contract started at'] });
    const later = await walk.entryOn('started-25-minutes-ago', { dimensionKey: 'egress_gb' }, 5);
    await walk.accepted(await walk.submit(later));
  },
  'after-contract-end': async (walk: Walk) => {
    const entry = await walk.entryOn('ended-50-minutes-ago', { dimensionKey: 'synthetic_runs' }, 30);
    await finds(walk, entry, 'after-contract-end', { names: ['The contract ended'] });
  },
  'closes-soon': async (walk: Walk) => {
    const entry = await walk.entryOn('concurrent-a', early, 5 * 60 + 45);
    await finds(walk, entry, 'closes-soon', { severity: 'warning', names: ['can be submitted until'] });
    await walk.accepted(await walk.submit(entry));
  },

  'hour-taken': async (walk: Walk) => {
    const entry = await walk.slot();
    await walk.accepted(await walk.submit(entry));
    await finds(walk, entry, 'hour-taken', { names: ['one record for each dimension and hour', '3'] });
  },
  'hour-twice-in-this-form': async (walk: Walk) => {
    const entry = await walk.slot();
    const lines = entry.lines.flatMap((line) => [line, { ...line, lineId: crypto.randomUUID() }]);
    await finds(walk, { ...entry, lines }, 'hour-twice-in-this-form', { names: ['Line 1'] });
    await walk.accepted(await walk.submit(entry));
  },
  'mixed-scheme': async (walk: Walk) =>
    otherWay(walk, 'mixed-scheme', { scheme: 'product-code' }, 'by licence'),
  'other-region': async (walk: Walk) =>
    otherWay(walk, 'other-region', { meteringRegion: 'eu-west-1' }, 'us-east-1'),

  'start-missing': ofLine('start-missing', { dateText: '', timeText: '' }),
  'date-not-understood': ofLine('date-not-understood', { dateText: 'tomorrow' }),
  'time-not-understood': ofLine('time-not-understood', { timeText: '25:99' }),
  'ambiguous-local-time': ofLine(
    'ambiguous-local-time',
    { dateText: '2026-10-25', timeText: '02:30:00' },
    ['occurs twice'],
    'Europe/Berlin',
  ),
  'impossible-local-time': ofLine(
    'impossible-local-time',
    { dateText: '2026-03-29', timeText: '02:30:00' },
    ['from 02:00', '03:00'],
    'Europe/Berlin',
  ),
  'quantity-missing': ofLine('quantity-missing', { quantityText: '' }),
  'quantity-not-whole': ofLine('quantity-not-whole', { quantityText: '1.5' }),
  'quantity-negative': ofLine('quantity-negative', { quantityText: '-3' }),
  'quantity-too-large': ofLine('quantity-too-large', { quantityText: '2147483648' }, ['2,147,483,647']),
  'quantity-not-a-number': ofLine('quantity-not-a-number', { quantityText: 'three' }),
  'quantity-ambiguous': ofLine('quantity-ambiguous', { quantityText: '1.234' }, ['1,234']),
  'zero-without-statement': ofLine('zero-without-statement', { quantityText: '0' }, ['Nothing to report']),

  'became-too-old-while-reviewing': async (walk: Walk) => {
    const review = await walk.review(await walk.entryOn('concurrent-b', early, 5 * 60 + 52));
    await walk.setClock('skew', { ms: 12 * minuteMs });
    const error = await refused(walk, review);
    expect(error).toMatchObject({ kind: 'review-changed', reasons: ['became-too-old-while-reviewing'] });
    const { causes } = presentError(error);
    expect(causes).toEqual([reasonCatalogue['became-too-old-while-reviewing'].whatHappened]);
  },
  'review-expired': async (walk: Walk) => {
    const entry = await walk.slot();
    const review = await walk.review(entry);
    await walk.setClock('skew', { ms: 16 * minuteMs });
    const error = await refused(walk, review);
    expect(error.kind).toBe('review-expired');
    expect(presentError(error).explanation).toContain(review.expiresUtc.slice(11, 16));
    await walk.accepted(await walk.submit(entry));
  },
  'review-changed': async (walk: Walk) => {
    const review = await walk.review(await walk.slot());
    const error = await refused(walk, { ...review, hash: 'f'.repeat(64) });
    expect(error.kind).toBe('review-changed');
    await walk.accepted(await walk.confirm(review));
  },
  'already-submitted': async (walk: Walk) => {
    const review = await walk.review(await walk.slot());
    const recordId = await walk.confirm(review);
    const error = await refused(walk, review);
    expect(error.kind).toBe('already-submitted');
    expect(presentError(error).severity).toBe('info');
    await walk.accepted(recordId);
  },

  'became-too-old-while-waiting': async (walk: Walk) => {
    await walk.faults({ kind: 'throttling', times: 'always' });
    const recordId = await walk.submit(await walk.entryOn('in-yen', early, 5 * 60 + 50));
    await walk.recordWhen(recordId, (one) => one.reason === 'throttled');
    await walk.setClock('skew', { ms: 15 * minuteMs });
    await walk.app.call('usage.tryNow', { recordIds: [recordId] });
    const record = await walk.shows(recordId, 'became-too-old-while-waiting', {
      ...{ state: ['pending', 'held'], badge: 'Grew too old', severity: 'warning', act: 'send-anyway' },
      names: (one) => ['It was last sent', one.startUtc.slice(14, 19), 'Its deadline is'],
    });
    await walk.faults();
    await walk.app.succeed('usage.sendAnyway', { recordId });
    await walk.accepted(record.recordId);
  },
  'window-missed': async (walk: Walk) => {
    await walk.faults({ kind: 'throttling', times: 'always' });
    const recordId = await walk.submit(await walk.slot());
    await walk.recordWhen(recordId, (one) => one.reason === 'throttled');
    await walk.setClock('skew', { ms: 25 * hourMs });
    await walk.app.call('usage.tryNow', { recordIds: [recordId] });
    const record = await walk.shows(recordId, 'window-missed', {
      ...{ state: ['rejected', null], badge: 'Deadline missed', severity: 'blocker', act: 'write-off' },
      names: () => ['Its deadline was', ' ago: AWS takes usage', 'can’t be metered any more'],
    });
    await walk.writeOff(record);
  },
  'decided-not-recorded': async (walk: Walk) => {
    await walk.faults({ kind: 'unknown-status', status: 'Deferred' });
    const recordId = await walk.submit(await walk.slot());
    await walk.recordWhen(recordId, (one) => one.phase === 'unknown');
    await walk.app.succeed('usage.decide', { recordId, decision: 'not-recorded', note: 'not in CloudTrail' });
    const record = await walk.shows(recordId, 'decided-not-recorded', {
      ...{
        state: ['rejected', null],
        badge: 'Decided: not recorded',
        severity: 'warning',
        act: 'send-again',
      },
      names: (one) => [one.deadlineUtc.slice(11, 16), 'in the same UTC hour'],
    });
    // The identical record in the same hour: AWS has it, and bills it once.
    await walk.correct(record);
  },
} as const;

/** The contract itself takes no usage: its header says why, and no review comes of it. */
function closed(code: ReasonCode, edge: string, dimensionKey: string) {
  return async (walk: Walk): Promise<void> => {
    const entry = await walk.entryOn(edge, { dimensionKey });
    const { summary } = await walk.app.succeed('contracts.get', { agreementId: entry.agreementId });
    expect(summary.addUsage).toEqual({ allowed: false, reason: code });
    await blocks(walk, entry, code);
  };
}

async function blocks(walk: Walk, entry: EntryInput, code: ReasonCode): Promise<void> {
  const checked = await walk.app.succeed('entry.check', entry);
  expect(checked).toMatchObject({ reviewable: false, blockers: [code] });
  expect(reasonCatalogue[code]).toMatchObject({ severity: 'blocker', scope: 'local' });
  await noReview(walk, entry, code);
}

async function noReview(walk: Walk, entry: EntryInput, code: ReasonCode): Promise<void> {
  const answer = await walk.app.call('reviews.create', entry);
  if (answer.ok) throw new Error('a review was made');
  expect(JSON.stringify(answer.error)).toContain(code);
  expect(presentError(answer.error).causes).toContain(reasonCatalogue[code].whatHappened);
}

interface Found {
  readonly severity?: 'error' | 'warning';
  readonly names?: readonly string[];
}

/** The rule fires at the field, its sentence names the line's own facts, and an error keeps the entry from its review. */
async function finds(walk: Walk, entry: EntryInput, code: ReasonCode, expected: Found = {}): Promise<void> {
  const { severity = 'error', names = [] } = expected;
  const { lines } = await walk.app.succeed('entry.check', entry);
  const issue = lines.flatMap(({ issues }) => issues).find((one) => one.code === code);
  if (!issue) throw new Error(`found ${JSON.stringify(lines.map(({ issues }) => issues))}`);
  expect(issue.severity).toBe(severity);
  expect(reasonCatalogue[code]).toMatchObject({
    severity: severity === 'error' ? 'blocker' : 'warning',
    scope: 'local',
  });
  const text = issueText(issue, entry.timeZone);
  expect(text).toMatch(/[.?]$/);
  for (const name of names) expect(text).toContain(name);
  if (severity === 'error') await noReview(walk, entry, code);
}

function ofLine(
  code: ReasonCode,
  changes: Partial<EntryLine>,
  names: readonly string[] = [],
  timeZone = 'UTC',
) {
  return async (walk: Walk): Promise<void> => {
    const entry = await walk.slot();
    await finds(walk, { ...onLine(entry, changes), timeZone }, code, { names });
    // With the field put right the same line passes.
    expect(await walk.app.succeed('entry.check', entry)).toMatchObject({ reviewable: true });
  };
}

function ofDimension(code: ReasonCode, edge: string, dimensionKey: string) {
  return async (walk: Walk) => finds(walk, await walk.entryOn(edge, { dimensionKey }), code);
}

function onLine(entry: EntryInput, changes: Partial<EntryLine>): EntryInput {
  return { ...entry, lines: entry.lines.map((line) => ({ ...line, ...changes })) };
}

/** The hour is held in one way, and then the product is set to another. */
async function otherWay(
  walk: Walk,
  code: ReasonCode,
  to: { readonly scheme?: 'product-code'; readonly meteringRegion?: 'eu-west-1' },
  name: string,
): Promise<void> {
  const entry = await walk.slot();
  await walk.accepted(await walk.submit(entry));
  const { productId } = await walk.edge('pay-as-you-go');
  const present = { productId, scheme: 'licence', meteringRegion: 'us-east-1' } as const;
  await walk.app.succeed('products.changeMetering', { ...present, ...to });
  await finds(walk, entry, code, { names: [name, 'bill the buyer twice'] });
  await walk.app.succeed('products.changeMetering', present);
}

async function refused(walk: Walk, { reviewId, hash }: { readonly reviewId: string; readonly hash: string }) {
  const answer = await walk.app.call('reviews.submit', { reviewId, hash, confirmed: true });
  if (answer.ok) throw new Error('it was submitted');
  return answer.error;
}

function nextMonth(nowMs: number): number {
  const now = new Date(nowMs);
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1);
}
