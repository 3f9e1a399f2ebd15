/**
 * The history as CSV: UTF-8 with a byte order mark (spreadsheets need it), RFC 4180 with CRLF, one row a record, oldest first.
 * Text that a spreadsheet would run as a formula is prefixed by an apostrophe.
 */
import { ok, type Result } from '../../../contract/result.ts';
import type { SavedFile } from '../../../contract/usage.ts';
import { localText } from '../domain/local-time.ts';
import type { StoredRecord } from '../domain/usage-record.ts';
import { utc } from '../domain/utc-hours.ts';
import type { Clock, Ledger, Preferences, SaveTarget } from '../ports.ts';
import { type Cell, csvText } from './csv-text.ts';

export interface ExportDeps {
  readonly ledger: () => Result<Ledger>;
  readonly save: SaveTarget;
  readonly clock: Clock;
  readonly preferences: Preferences;
}

interface Context {
  readonly aliases: Readonly<Record<string, string>>;
  readonly timeZone: string;
}
type Column = readonly [name: string, value: (record: StoredRecord, context: Context) => Cell];

const time = (atMs: number | null, { timeZone }: Context): string | null =>
  atMs === null ? null : localText(atMs, timeZone);
const utcTime = (atMs: number | null): string | null => (atMs === null ? null : utc(atMs));

/** Names and order are a promise to whoever reads these files by program: add at the end, never rename. */
const columns: readonly Column[] = [
  ['Submitted (UTC)', (record) => utcTime(record.submittedMs)],
  ['Submitted (local)', (record, context) => time(record.submittedMs, context)],
  ['Usage time (UTC)', (record) => utcTime(record.startMs)],
  ['Usage time (local)', (record, context) => time(record.startMs, context)],
  ['Hour slot (UTC)', (record) => utcTime(record.hourSlotMs)],
  ['Time zone', (_, context) => context.timeZone],
  ['Buyer account', (record) => record.buyerAccountId],
  ['Buyer alias', (record, context) => context.aliases[record.buyerAccountId] ?? null],
  ['Product', (record) => record.productTitle],
  ['Product id', (record) => record.productId],
  ['Agreement', (record) => record.agreementId],
  ['Dimension', (record) => record.dimensionKey],
  ['Dimension name', (record) => record.dimensionName],
  ['Unit', (record) => record.unit],
  ['Quantity', (record) => record.quantity],
  ['Unit price', (record) => record.unitPrice],
  ['Estimate', (record) => record.estimate?.amount ?? null],
  ['Currency', (record) => record.estimate?.currencyCode ?? null],
  ['Description', (record) => record.description],
  ['Status', (record) => record.status],
  ['Phase', (record) => record.phase],
  ['Reason', (record) => record.reason],
  ['AWS error', (record) => record.awsErrorName],
  ['AWS message', (record) => record.awsMessage],
  ['Metering record id', (record) => record.meteringRecordId],
  ['AWS request id', (record) => record.requestId],
  ['Attempts', (record) => record.attemptCount],
  ['Settled (UTC)', (record) => utcTime(record.settledMs)],
  ['Deadline (UTC)', (record) => utcTime(record.deadlineMs)],
  ['Scheme', (record) => record.scheme],
  ['Licence ARN', (record) => record.licenseArn],
  ['Product code', (record) => record.productCode],
  ['Metering Region', (record) => record.meteringRegion],
  ['Seller account', (record) => record.sellerAccountId],
  ['Submitted by role', (record) => record.sellerRoleName],
  ['Submitted by principal', (record) => record.sellerPrincipalArn],
  ['Submission', (record) => record.submissionId],
  ['Record', (record) => record.recordId],
];

/** Rows between two breaths, so that the app goes on answering while a long history is written. */
const rowsPerChunk = 500;

export function createExportUsage(deps: ExportDeps) {
  /** One contract's usage, or all where `agreementId` is null. Local times are of `timeZone`. */
  return async function exportUsage(wanted: {
    readonly agreementId: string | null;
    readonly timeZone: string;
  }): Promise<Result<SavedFile>> {
    const ledger = deps.ledger();
    if (!ledger.ok) return ledger;
    const context = { aliases: deps.preferences.get().buyerAliases, timeZone: wanted.timeZone };
    const saved = await deps.save.saveText({
      suggestedName: fileName(wanted.agreementId, deps.clock.now()),
      mediaType: 'text/csv; charset=utf-8',
      chunks: csvChunks(ledger.value.iterate({ agreementId: wanted.agreementId }), context),
    });
    return saved.ok ? ok(saved.value) : saved;
  };
}

/** The CSV text in pieces. */
export async function* csvChunks(records: Iterable<StoredRecord>, context: Context): AsyncGenerator<string> {
  yield csvText([columns.map(([name]) => name)], true);
  let rows: Cell[][] = [];
  for (const record of records) {
    rows.push(columns.map(([, value]) => value(record, context)));
    if (rows.length < rowsPerChunk) continue;
    yield csvText(rows, false);
    rows = [];
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (rows.length > 0) yield csvText(rows, false);
}

function fileName(agreementId: string | null, nowMs: number): string {
  const what = agreementId === null ? 'all-contracts' : agreementId.replaceAll('/', '-');
  return `usage-${what}-${utc(nowMs).slice(0, 10)}.csv`;
}
