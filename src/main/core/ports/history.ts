/** Long reads of the ledger, which run beside everything else. */
import type { ExportFormat } from '../../../contract/exports.ts';
import type { HistoryFilter, HistorySort } from '../../../contract/history.ts';
import type { AuditHead } from '../../../contract/ledger.ts';
import type { Money } from '../../../contract/primitives.ts';
import type { Result } from '../../../contract/result.ts';
import type { Status } from '../../../contract/usage.ts';
import type { ExportContext } from '../domain/export-columns.ts';
import type { StoredRecord } from '../domain/usage-record.ts';

/** Which records the history is about, in the core's terms. */
export interface HistoryRows extends Omit<HistoryFilter, 'period'> {
  /** Epoch ms; `untilMs` is excluded. */
  readonly period: { readonly of: 'usage' | 'submission'; readonly fromMs: number; readonly untilMs: number };
  /** Buyers whose alias holds the text. */
  readonly textBuyerAccountIds: readonly string[];
}

/** What records of one dimension, unit, status and currency come to. */
export interface TotalRow {
  /** UTC month of the usage; null where it was not asked for. */
  readonly month: string | null;
  readonly productId: string;
  readonly productTitle: string | null;
  readonly dimensionKey: string;
  readonly dimensionName: string | null;
  readonly unit: string | null;
  readonly status: Status;
  readonly records: number;
  /** Decimal text. */
  readonly quantity: string;
  readonly estimate: Money | null;
}

interface NamedValue {
  readonly value: string;
  readonly name: string | null;
}

export interface StoredChoices {
  readonly sellerAccountIds: readonly string[];
  readonly buyerAccountIds: readonly string[];
  readonly products: readonly NamedValue[];
  readonly dimensions: readonly NamedValue[];
  readonly reasons: readonly string[];
  readonly principalArns: readonly string[];
}

/** What is to be exported, and what the file says of itself. */
export interface ExportOrder {
  readonly rows: HistoryRows;
  readonly format: ExportFormat;
  readonly context: ExportContext;
  readonly about: {
    /** The app with its version. */
    readonly writtenBy: string;
    readonly writtenUtc: string;
    readonly timeZone: string;
    readonly practice: boolean;
    /** The filter in words: name and value. */
    readonly filter: readonly (readonly [string, string])[];
  };
  /** Only for tests: fewer rows a sheet than a spreadsheet takes. */
  readonly rowsPerSheet?: number;
}

export interface WrittenExport {
  readonly records: number;
  readonly head: AuditHead;
  /** Text of the file that belongs beside it; null where it holds all of it itself. */
  readonly beside: string | null;
}

/** An export that is being written to a file of its own. */
export interface ExportWriting {
  /** How many records are in it so far. */
  readonly done: () => number;
  /** How many there will be; null until they are added up. */
  readonly total: () => number | null;
  readonly cancel: () => void;
  /** Null when it was cancelled. */
  readonly written: Promise<
    Result<(WrittenExport & { readonly bytes: () => AsyncIterable<Uint8Array> }) | null>
  >;
  /** Removes the file. */
  readonly discard: () => Promise<void>;
}

/** Reads over the whole ledger, each beside the core and over a connection of its own, so that nothing waits for them. */
export interface HistoryReader {
  readonly page: (query: {
    readonly rows: HistoryRows;
    readonly sort: HistorySort;
    readonly cursor: string | null;
    readonly limit: number;
  }) => Promise<Result<{ readonly records: readonly StoredRecord[]; readonly nextCursor: string | null }>>;
  readonly totals: (query: {
    readonly rows: HistoryRows;
    readonly byMonth: boolean;
  }) => Promise<Result<readonly TotalRow[]>>;
  readonly choices: () => Promise<Result<StoredChoices>>;
  readonly writeExport: (order: ExportOrder) => ExportWriting;
  readonly close: () => Promise<void>;
}
