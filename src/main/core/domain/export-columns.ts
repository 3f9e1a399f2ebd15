/** The columns of an export: one list for both formats. */
import type { StoredRecord } from './usage-record.ts';

export interface ExportContext {
  /** Buyer account ids to their local names. */
  readonly aliases: Readonly<Record<string, string>>;
  /** IANA name of the zone of the local times. */
  readonly timeZone: string;
  readonly practice: boolean;
}

type Read<T> = (record: StoredRecord, context: ExportContext) => T | null;

export type ExportColumn = { readonly name: string } & (
  | { readonly kind: 'text' | 'decimal'; readonly value: Read<string> }
  | { readonly kind: 'integer' | 'utc' | 'local'; readonly value: Read<number> }
);

const text = (name: string, value: Read<string>): ExportColumn => ({ name, kind: 'text', value });
const decimal = (name: string, value: Read<string>): ExportColumn => ({ name, kind: 'decimal', value });
const integer = (name: string, value: Read<number>): ExportColumn => ({ name, kind: 'integer', value });
const utcTime = (name: string, value: Read<number>): ExportColumn => ({ name, kind: 'utc', value });
const localTime = (name: string, value: Read<number>): ExportColumn => ({ name, kind: 'local', value });

function settlementWord({ status, successorId, writeOff }: StoredRecord): string | null {
  if (status !== 'rejected') return null;
  return successorId !== null ? 'followed' : writeOff === null ? 'open' : 'written-off';
}

/** Names and order are a promise to whoever reads these files by program: add at the end, never rename. */
export const exportColumns: readonly ExportColumn[] = [
  utcTime('Submitted (UTC)', (record) => record.submittedMs),
  localTime('Submitted (local)', (record) => record.submittedMs),
  utcTime('Usage time (UTC)', (record) => record.startMs),
  localTime('Usage time (local)', (record) => record.startMs),
  utcTime('Hour slot (UTC)', (record) => record.hourSlotMs),
  text('Time zone', (_, context) => context.timeZone),
  text('Buyer account', (record) => record.buyerAccountId),
  text('Buyer alias', (record, context) => context.aliases[record.buyerAccountId] ?? null),
  text('Product', (record) => record.productTitle),
  text('Product id', (record) => record.productId),
  text('Agreement', (record) => record.agreementId),
  text('Dimension', (record) => record.dimensionKey),
  text('Dimension name', (record) => record.dimensionName),
  text('Unit', (record) => record.unit),
  integer('Quantity', (record) => record.quantity),
  decimal('Unit price', (record) => record.unitPrice),
  decimal('Estimate', (record) => record.estimate?.amount ?? null),
  text('Currency', (record) => record.estimate?.currencyCode ?? null),
  text('Description', (record) => record.description),
  text('Status', (record) => record.status),
  text('Phase', (record) => record.phase),
  text('Reason', (record) => record.reason),
  text('AWS error', (record) => record.awsErrorName),
  text('AWS message', (record) => record.awsMessage),
  text('Metering record id', (record) => record.meteringRecordId),
  text('AWS request id', (record) => record.requestId),
  integer('Attempts', (record) => record.attemptCount),
  utcTime('Settled (UTC)', (record) => record.settledMs),
  utcTime('Deadline (UTC)', (record) => record.deadlineMs),
  text('Scheme', (record) => record.scheme),
  text('Licence ARN', (record) => record.licenseArn),
  text('Product code', (record) => record.productCode),
  text('Metering Region', (record) => record.meteringRegion),
  text('Seller account', (record) => record.sellerAccountId),
  text('Submitted by role', (record) => record.sellerRoleName),
  text('Submitted by principal', (record) => record.sellerPrincipalArn),
  text('Submission', (record) => record.submissionId),
  text('Record', (record) => record.recordId),
  text('Settlement', settlementWord),
  text('Write-off note', (record) => record.writeOff?.note ?? null),
  decimal('Written off', (record) => record.writeOff?.amount?.amount ?? null),
  text('Written off currency', (record) => record.writeOff?.amount?.currencyCode ?? null),
  text('Predecessor', (record) => record.predecessorId),
  text('Successor', (record) => record.successorId),
  text('Practice', (_, { practice }) => (practice ? 'practice' : null)),
];
