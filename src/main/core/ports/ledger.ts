/** The ledger: writing and reading usage records. */
import type { Scheme } from '../../../contract/contracts.ts';
import type { AuditHead } from '../../../contract/ledger.ts';
import type { Money } from '../../../contract/primitives.ts';
import type { Result } from '../../../contract/result.ts';
import type { Phase } from '../../../contract/usage.ts';
import type {
  AttemptEnd,
  NewSubmission,
  RecordChange,
  StoredAttempt,
  StoredRecord,
} from '../domain/usage-record.ts';

export interface RecordQuery {
  readonly agreementId: string | null;
  readonly status: StoredRecord['status'] | null;
  readonly sellerAccountId?: string | undefined;
  readonly cursor: string | null;
  readonly limit: number;
}

export interface HeldSlot {
  readonly recordId: string;
  readonly dimensionKey: string;
  readonly hourSlotMs: number;
  readonly scheme: Scheme;
  readonly meteringRegion: string;
  /** Licence ARN under the licence scheme, product code under the other. */
  readonly subject: string;
  readonly quantity: number;
  readonly status: StoredRecord['status'];
}

/** By which identifiers, and where, usage of a product is metered. */
export interface ProductMetering {
  readonly scheme: Scheme;
  readonly meteringRegion: string;
}

/** Two writers, one truth: each method is one transaction, durable on disk when it returns. */
export interface Ledger {
  /** Nothing of it is sent before `notBeforeMs`, where one is given. */
  readonly submit: (
    submission: NewSubmission,
    notBeforeMs?: number | null,
  ) => Result<{ readonly submissionId: string }>;
  /** The submission that a review already became, or null. */
  readonly submissionOfReview: (reviewId: string) => { readonly submissionId: string } | null;
  /** Just before a call: the attempt and phase `sending` of its records. */
  readonly beginAttempt: (attempt: {
    readonly attemptId: string;
    readonly recordIds: readonly string[];
    readonly atMs: number;
    readonly accessKeyId: string;
    readonly principalArn: string;
  }) => Result<void>;
  /** After a call: its answer and what it makes of each record. */
  readonly endAttempt: (end: AttemptEnd) => Result<void>;
  /**
   * Attempts without an end. Only a crash leaves one behind, so right after opening these are the calls whose answer was
   * never learnt: each is to be ended with outcome `unanswered`. The ledger never does that by itself.
   */
  readonly unanswered: () => Result<
    readonly { readonly attemptId: string; readonly recordIds: readonly string[] }[]
  >;
  /** A change without a call: held, given up, window missed, a decision. `actor` is the principal, or `app`. */
  readonly change: (change: {
    readonly atMs: number;
    readonly actor: string;
    readonly records: readonly RecordChange[];
  }) => Result<void>;
  /**
   * Settles a rejected record that nothing will come of, until it is reopened. `not-possible-now` for one that is not rejected, is written
   * off, or has a successor. The note is not blank; the amount is what is given up, where it is known.
   */
  readonly writeOff: (writeOff: {
    readonly recordId: string;
    readonly atMs: number;
    readonly actor: string;
    readonly note: string;
    readonly amount: Money | null;
  }) => Result<void>;
  /** Takes a write-off back; it stays in the trail. `not-possible-now` for a record that is not written off. */
  readonly reopen: (reopening: {
    readonly recordId: string;
    readonly atMs: number;
    readonly actor: string;
  }) => Result<void>;
  /** Puts into the trail by what a product is metered from now on; null where nobody has chosen. */
  readonly noteMetering: (choice: {
    readonly atMs: number;
    readonly actor: string;
    readonly productId: string;
    readonly before: ProductMetering | null;
    readonly after: ProductMetering | null;
  }) => Result<void>;
  /**
   * Runs writes of this ledger in one transaction, each with its own result: one that fails takes nothing of the others back, and what the
   * others wrote is durable when it returns. Fails when that could not be done; then nothing of any of them was kept.
   */
  readonly together: (writes: readonly (() => Result<void>)[]) => Result<readonly Result<void>[]>;
  readonly record: (recordId: string) => Result<StoredRecord | null>;
  /** What was confirmed, and by whom; its records are read by their own ids. */
  readonly submission: (submissionId: string) => Result<Omit<NewSubmission, 'records'> | null>;
  /** All records that were confirmed together, in their order. */
  readonly recordsOfSubmission: (submissionId: string) => Result<readonly StoredRecord[]>;
  readonly attempts: (recordId: string) => Result<readonly StoredAttempt[]>;
  readonly list: (query: RecordQuery) => Result<{
    readonly records: readonly StoredRecord[];
    readonly nextCursor: string | null;
    readonly total: number;
  }>;
  /** Pending records, of all phases or of some, in the order of confirming. */
  readonly pending: (phases?: readonly Phase[]) => Result<readonly StoredRecord[]>;
  /**
   * Records that were rejected since the audit trail stood at `trail`, and where it stands now. None where `trail` is null, or is no row of this
   * ledger's.
   */
  readonly rejectedSince: (
    trail: AuditHead | null,
  ) => Result<{ readonly records: readonly StoredRecord[]; readonly trail: AuditHead }>;
  /** `rejected` are those that are open: neither written off nor with a successor. */
  readonly counts: (
    sellerAccountId: string | null,
  ) => Result<{ readonly pending: number; readonly rejected: number }>;
  /** Every seller account that has a record. */
  readonly sellerAccounts: () => Result<readonly string[]>;
  /** Slots held between two hours, both included, whatever their scheme or Region. */
  readonly heldSlots: (query: {
    readonly productId: string;
    readonly buyerAccountId: string;
    readonly fromMs: number;
    readonly untilMs: number;
  }) => Result<readonly HeldSlot[]>;
  /** Newest start time of pending or accepted usage, by agreement id. */
  readonly lastUsage: (sellerAccountId: string) => Result<ReadonlyMap<string, number>>;
  /** Exact estimates of pending and accepted usage by agreement id, `fromMs` included and `untilMs` excluded. */
  readonly estimates: (query: {
    readonly sellerAccountId: string;
    readonly fromMs: number;
    readonly untilMs: number;
  }) => Result<ReadonlyMap<string, readonly Money[]>>;
  /** Newest start time of pending or accepted usage of one agreement, and its estimates in a span of start times. */
  readonly usageOfAgreement: (query: {
    readonly sellerAccountId: string;
    readonly agreementId: string;
    /** Included. */
    readonly fromMs: number;
    /** Excluded. */
    readonly untilMs: number;
  }) => Result<{ readonly lastUsageMs: number | null; readonly estimates: readonly Money[] }>;
  /** How many records of a contract, or of every one, are pending and rejected, by agreement id. None: not in the map. */
  readonly openCounts: (query: {
    readonly sellerAccountId: string;
    readonly agreementId: string | null;
  }) => Result<ReadonlyMap<string, { readonly pending: number; readonly rejected: number }>>;
  /** How a record of the product that holds its slot is metered; null when none does. */
  readonly meteringOfProduct: (productId: string) => Result<ProductMetering | null>;
  readonly heldCountOfProduct: (productId: string) => Result<number>;
  /** Every record of a contract, or of all, oldest first, without loading them at once. */
  readonly iterate: (query: { readonly agreementId: string | null }) => Iterable<StoredRecord>;
  readonly close: () => void;
}
