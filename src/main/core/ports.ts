/**
 * What the core needs of the world, named for the need. Adapters and hosts fill these in; none of them returns a
 * library's own type. Instants inside the core are epoch milliseconds in UTC; AWS's time, not the computer's,
 * unless a name says otherwise.
 */

import type { ContractChange, Scheme } from '../../contract/contracts.ts';
import type { KeptContractsView } from '../../contract/contracts-view.ts';
import type { EntryLine } from '../../contract/entry.ts';
import type { AppError } from '../../contract/errors.ts';
import type { ExportFormat } from '../../contract/exports.ts';
import type { HistoryFilter, HistorySort } from '../../contract/history.ts';
import type {
  AuditHead,
  Backup,
  LedgerCheck,
  LedgerRecovery,
  RestoredLedger,
  RestoreLoss,
} from '../../contract/ledger.ts';
import type { PracticeScenario } from '../../contract/practice.ts';
import type { Money } from '../../contract/primitives.ts';
import type { SetupAccount, SetupSource } from '../../contract/profile-setup.ts';
import type { ReasonCode } from '../../contract/reason-codes.ts';
import type { Result } from '../../contract/result.ts';
import type { CodeQuestion, Identity, ProfileList, SsoSession } from '../../contract/session.ts';
import type { Theme, WindowPolicy } from '../../contract/settings.ts';
import type { Phase, SavedFile, Status } from '../../contract/usage.ts';
import type { ExportContext } from './domain/export-columns.ts';
import type { TrailCall } from './domain/trail-evidence.ts';
import type {
  AttemptEnd,
  NewSubmission,
  RecordChange,
  RecordOutcome,
  StoredAttempt,
  StoredRecord,
} from './domain/usage-record.ts';

// --- time ---------------------------------------------------------------------------------------------------------

export interface Clock {
  /** AWS's time: the computer's, corrected by what AWS's answers told. Epoch ms. */
  readonly now: () => number;
  /** AWS minus computer in ms; null until AWS has answered, and again after the computer's clock was set or slept. */
  readonly offsetMs: () => number | null;
  /** Takes the offset that a signed answer of AWS told. */
  readonly learnOffset: (offsetMs: number) => void;
  /** Runs `listener` soon after each time that the unknown offset became known; returns the function that ends it. */
  readonly onLearnt: (listener: () => void) => () => void;
  /** Runs `task` once AWS's time has reached `atMs`; returns the function that cancels it. Survives sleep and shifts. */
  readonly schedule: (atMs: number, task: () => void) => () => void;
}

export interface IncidentLog {
  /** Writes a defect in full, redacted, and returns the id under which it can be found. */
  readonly report: (cause: unknown, context: string) => string;
  /** One line of what the app did; never a payload, a token or a key. */
  readonly note: (message: string) => void;
}

// --- sign-in ------------------------------------------------------------------------------------------------------

export interface Profiles {
  /** Reads the AWS config and credentials files anew. */
  readonly list: () => Promise<ProfileList>;
}

/** How a person signs in at AWS: the browser comes back by itself, or a code is confirmed on AWS's page. */
export type SignInWay = 'browser' | 'device-code';

export interface SignInProgress {
  /** AWS's page waits for the person, for so long from now. */
  readonly page: (page: {
    readonly url: string;
    readonly userCode: string | null;
    readonly leftMs: number;
    readonly opened: boolean;
  }) => void;
  readonly finishing: () => void;
}

/** What is known of the end of a sign-in. */
export interface SignInEnd {
  /** In epoch ms as AWS stated it, or null where none is known. */
  readonly expiresAtMs: number | null;
  readonly renewsItself: boolean;
  /** When to ask for its renewal, or after its end; null where there is nothing to come. */
  readonly lookAgainAtMs: number | null;
}

/** What became of a sign-in that still holds. */
export interface SignInRenewal extends SignInEnd {
  /** Why it could not be renewed although that was due. */
  readonly problem: AppError | null;
  /** Whether it rests on another token than before: on a renewed one, or on one that another program put there. */
  readonly isNew: boolean;
}

export interface ConnectedIdentity extends SignInEnd {
  readonly identity: Identity;
  /** Whether the sign-in lies in the AWS CLI's cache. */
  readonly isShared: boolean;
}

export interface SignIn {
  /**
   * Signs in with a profile: in the system browser where no valid token is cached (`sso-session`), else through the SDK.
   * Afterwards every other AWS port works as this identity. Aborting leaves the former connection in place.
   */
  readonly connect: (
    profile: string,
    options: {
      readonly signal: AbortSignal;
      readonly progress: SignInProgress;
      readonly freshSignIn: boolean;
      readonly way: SignInWay;
      /** Asks the person for the code of a second factor: six digits. Rejects when the sign-in is cancelled. */
      readonly askCode: (question: CodeQuestion) => Promise<string>;
    },
  ) => Promise<Result<ConnectedIdentity>>;
  /**
   * Renews the sign-in where that is due and possible without a person, and takes up what another program has renewed. Fails with
   * `sign-in-expired` when it holds no more, and with what kept AWS from being asked.
   */
  readonly renew: () => Promise<Result<SignInRenewal>>;
  /** Forgets the connection in this process. */
  readonly disconnect: () => void;
  /**
   * Ends the sign-in at AWS and removes its token file, then forgets the connection. Without AWS's answer the file is removed all the same; a file that
   * can't be removed leaves everything as it was.
   */
  readonly signOut: () => Promise<Result<{ readonly endedAtAws: boolean }>>;
}

/** Signed in for a profile that doesn't exist yet. */
export interface SetupSignIn {
  readonly session: SsoSession;
  readonly accounts: readonly SetupAccount[];
  readonly roles: (accountId: string, signal: AbortSignal) => Promise<Result<readonly string[]>>;
  /** Writes the profile into the AWS config and keeps the sign-in where the AWS CLI looks for it. */
  readonly save: (profile: {
    readonly profileName: string;
    readonly accountId: string;
    readonly roleName: string;
  }) => Promise<Result<{ readonly configPath: string; readonly backupPath: string | null }>>;
  /** Nothing is to be saved: ends a sign-in that was made for this alone. One that was there before stays. Never rejects. */
  readonly discard: () => Promise<void>;
}

export interface ProfileSetupAws {
  /** Signs in to a known SSO session, or to a new one that is kept only by `save`. */
  readonly signIn: (
    source: SetupSource,
    options: {
      readonly signal: AbortSignal;
      readonly progress: SignInProgress;
      readonly way: SignInWay;
      /** Leaves what is cached aside and asks the person. */
      readonly freshSignIn: boolean;
    },
  ) => Promise<Result<SetupSignIn>>;
}

// --- AWS reads ----------------------------------------------------------------------------------------------------

/** One agreement as AWS's search tells it. */
export interface AgreementSummary {
  readonly agreementId: string;
  readonly buyerAccountId: string;
  readonly proposerAccountId: string | null;
  /** Product id and type as AWS writes them; an agreement has one resource, more are ignored here. */
  readonly productId: string;
  readonly resourceType: string;
  readonly status: string;
  readonly startMs: number;
  /** Null when the agreement has no end; AWS's year-9999 end also counts as none. */
  readonly endMs: number | null;
  readonly acceptedMs: number | null;
  readonly lastUpdateMs: number | null;
  readonly offerId: string | null;
  readonly initialAgreementId: string | null;
  readonly licenseArns: readonly string[];
  /** Set on a contract that a person added here: only its licence, buyer and product are known. */
  readonly addedByHand?: true;
}

/** A licence as AWS tells its state. Its kind and status are AWS's own words. */
export interface LicenceState {
  readonly licenseArn: string;
  readonly type: string | null;
  readonly status: string | null;
}

export interface AgreementPage {
  readonly agreements: readonly AgreementSummary[];
  /** Agreements of the page without an id, a buyer, a product or a start: no row can be made of them. */
  readonly unreadable: number;
  /** Null on the last page. An empty page may still have a token. */
  readonly nextToken: string | null;
}

/** What a contract's accepted terms say. Prices and amounts are exact decimal text. */
export interface AgreementTerms {
  readonly usagePrices: readonly {
    readonly dimensionKey: string;
    /** Null where AWS writes no decimal text. */
    readonly unitPrice: string | null;
    readonly currencyCode: string | null;
  }[];
  readonly hasUsageTerm: boolean;
  readonly entitlements: readonly { readonly dimensionKey: string; readonly quantity: string | null }[];
  /** AWS's names of all terms, each once, those that are not known here too. */
  readonly kinds: readonly string[];
  readonly freeTrial: { readonly duration: string | null } | null;
}

export interface Agreements {
  /** One page of at most 50 of the agreements as proposer: the active ones, or all of any status. */
  readonly searchPage: (nextToken: string | null, which: 'active' | 'all') => Promise<Result<AgreementPage>>;
  readonly terms: (agreementId: string) => Promise<Result<AgreementTerms>>;
  /** The agreements as proposer that carry the licence: none, one, or a chain. */
  readonly ofLicence: (licenseArn: string) => Promise<Result<readonly AgreementSummary[]>>;
  /** The agreement's licences with their state. AWS documents it for buyers, so it may well be refused. */
  readonly licences: (agreementId: string) => Promise<Result<readonly LicenceState[]>>;
}

/** What a buyer is entitled to now. */
export interface Entitlement {
  readonly dimensionKey: string;
  /** As AWS writes it; `true` and `false` too. */
  readonly quantity: string;
  readonly buyerAccountId: string | null;
  readonly licenseArn: string | null;
}

export interface Entitlements {
  /** Of one of the seller's products: of a buyer, or by a licence. */
  readonly of: (query: {
    readonly productCode: string;
    readonly buyerAccountId: string | null;
    readonly licenseArn: string | null;
  }) => Promise<Result<readonly Entitlement[]>>;
}

export interface CatalogDimension {
  readonly key: string;
  readonly name: string | null;
  readonly unit: string | null;
  readonly description: string | null;
  readonly types: readonly string[];
}

export interface Product {
  readonly productId: string;
  readonly title: string | null;
  readonly productCode: string | null;
  /** AWS's word for what it is, such as `SaaSProduct`; null where not told. */
  readonly type: string | null;
  /** The catalog's revision of what is told here; null where AWS states none. */
  readonly revision: string | null;
  readonly dimensions: readonly CatalogDimension[];
}

export interface Catalog {
  /** Products by id, at most 20 at a time; those that can't be read are missing from the map. */
  readonly products: (productIds: readonly string[]) => Promise<Result<ReadonlyMap<string, Product>>>;
}

/** A list of agreements that was complete, as it is kept for the next start. */
export interface KeptList {
  /** AWS's time, epoch ms. */
  readonly asOfMs: number;
  readonly unreadable: number;
  readonly agreements: readonly AgreementSummary[];
  readonly products: readonly Product[];
  /** What changed and was not looked at yet, by agreement id. */
  readonly changes: Readonly<Record<string, ContractChange>>;
}

/** The last complete list of each seller account. It can always be read from AWS again: nothing here is an error. */
export interface ListCache {
  /** Null where there is none, or none that can be used. */
  readonly read: (sellerAccountId: string) => Promise<KeptList | null>;
  readonly write: (sellerAccountId: string, list: KeptList) => Promise<void>;
}

// --- metering -----------------------------------------------------------------------------------------------------

/** One BatchMeterUsage call as it will leave: the body is fixed when the record is confirmed. */
export interface MeteringRequest {
  readonly meteringRegion: string;
  /** Only this seller account may send it. */
  readonly sellerAccountId: string;
  readonly records: readonly StoredRecord[];
}

export interface MeteringAnswer {
  readonly requestId: string | null;
  readonly httpStatus: number | null;
  /** One a record, in the order of the request. */
  readonly outcomes: readonly RecordOutcome[];
}

/** A call that only waits for its records. Who signs it is fixed, so that the journal can name it beforehand. */
export interface PreparedCall {
  readonly accessKeyId: string;
  readonly principalArn: string;
  /**
   * Makes exactly one call, signed by this very key, and never throws: what can't be known is an outcome of its own. Makes none when somebody
   * else has signed in meanwhile.
   */
  readonly send: (request: MeteringRequest) => Promise<MeteringAnswer>;
}

export interface MeteringGateway {
  /** Gets the credentials for a call; or says why none can be made. */
  readonly prepare: (sellerAccountId: string) => Promise<Result<PreparedCall>>;
  /** Asks AWS for anything, so that its clock is learnt. Never rejects: without an answer the time stays unknown. */
  readonly askTime: (sellerAccountId: string) => Promise<void>;
}

export interface SubmissionTrail {
  /**
   * BatchMeterUsage calls of the seller account in the Region, between two instants, of one access key or of all. Fails with what keeps CloudTrail from
   * answering: `not-allowed`, `wrong-account`, `offline` and so on.
   */
  readonly calls: (query: {
    readonly sellerAccountId: string;
    readonly meteringRegion: string;
    readonly accessKeyId: string | null;
    readonly fromMs: number;
    readonly untilMs: number;
  }) => Promise<Result<{ readonly calls: readonly TrailCall[]; readonly isComplete: boolean }>>;
}

// --- storage ------------------------------------------------------------------------------------------------------

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

/** What became of a wish to put another ledger in place. `failed`: the ledger is as it was. */
export type RestoreOutcome =
  | ({ readonly kind: 'restored' } & RestoredLedger)
  | { readonly kind: 'failed'; readonly error: AppError };

/** Looks after the ledger's file without ever blocking the core. */
export interface LedgerKeeper {
  /** Verifies the ledger, against a head that was kept elsewhere where one is given. */
  readonly verify: (head: AuditHead | null) => Promise<Result<LedgerCheck>>;
  readonly folder: string;
  readonly backups: () => Promise<Result<readonly Backup[]>>;
  /** Unless a backup of this very state is there already. `nowMs` is epoch ms. */
  readonly backUp: (nowMs: number) => Promise<Result<{ readonly backup: Backup; readonly made: boolean }>>;
  /** The bytes of a backup, read as they are asked for; null where there is none of this name. */
  readonly bytesOf: (name: string) => AsyncIterable<Uint8Array> | null;
  /**
   * Takes a file from elsewhere among the backups once it is verified, as a copy; `file-unusable` for one that is no sound ledger of this
   * version or an earlier one. `nowMs` is epoch ms.
   */
  readonly add: (file: ChosenFile, nowMs: number) => Promise<Result<Backup>>;
  /** What the open ledger has that the backup has not. */
  readonly compare: (name: string) => Promise<Result<RestoreLoss>>;
  /** Verifies a backup. */
  readonly verifyBackup: (name: string) => Promise<Result<LedgerCheck>>;
  readonly findGoodBackup: () => Promise<Result<Omit<LedgerRecovery, 'problem'>>>;
  /** Writes down that the next opening puts this backup, or an empty ledger, in the ledger's place. */
  readonly wishRestore: (wish: {
    readonly backupName: string | null;
    readonly actor: string;
    readonly atMs: number;
    readonly because: 'before-restore' | 'damaged';
  }) => Promise<Result<void>>;
  readonly close: () => Promise<void>;
}

export interface StoredPreferences {
  readonly lastProfile: string | null;
  /** Each set of endpoint overrides that a person has acknowledged, as text. */
  readonly acknowledgedEndpoints: readonly string[];
  readonly windowPolicy: WindowPolicy;
  readonly theme: Theme;
  /** 0 to 60: how long after confirming nothing leaves. */
  readonly undoSeconds: number;
  readonly buyerAliases: Readonly<Record<string, string>>;
  /** How the list of contracts was last looked at. */
  readonly contractsView: KeptContractsView | null;
  readonly accountNames: Readonly<Record<string, string>>;
  readonly products: Readonly<
    Record<
      string,
      { readonly productTitle: string | null; readonly scheme: Scheme; readonly meteringRegion: string }
    >
  >;
  /** Licences that a person gave for a contract of AWS's list, and AWS confirmed; by agreement id. */
  readonly pastedLicences: Readonly<Record<string, string>>;
  /** Contracts that a person added; by the id that they have here. */
  readonly contractsByHand: Readonly<Record<string, ContractByHand>>;
}

export interface ContractByHand {
  readonly sellerAccountId: string;
  readonly buyerAccountId: string;
  readonly productId: string;
  readonly licenseArn: string;
  readonly addedUtc: string;
}

export interface Preferences {
  readonly get: () => StoredPreferences;
  /** Durable when it resolves. */
  readonly update: (change: (before: StoredPreferences) => StoredPreferences) => Promise<Result<void>>;
  /** Where a broken file was put aside at start, or null. */
  readonly setAside: string | null;
}

export interface StoredDraft {
  readonly agreementId: string;
  readonly lines: readonly EntryLine[];
  readonly licenseArn?: string | null | undefined;
  readonly timeZone: string;
  readonly savedUtc: string;
}

/** Names of facts that were told and still hold. */
export interface ToldFacts {
  readonly get: () => ReadonlySet<string>;
  /** Holds at once; where the file can't be written, only until the app ends. */
  readonly replace: (told: ReadonlySet<string>) => Promise<Result<void>>;
}

export interface Drafts {
  /** Drafts belong to one seller account. */
  readonly get: (sellerAccountId: string, agreementId: string) => StoredDraft | null;
  readonly save: (sellerAccountId: string, draft: StoredDraft) => Promise<Result<void>>;
  readonly discard: (sellerAccountId: string, agreementId: string) => Promise<Result<void>>;
}

// --- what a host can do -------------------------------------------------------------------------------------------

export interface SaveTarget {
  /** Asks where to save (dialog) or offers a download; the text is written as it comes, in UTF-8. */
  readonly saveText: (file: {
    readonly suggestedName: string;
    readonly mediaType: string;
    readonly chunks: AsyncIterable<string>;
  }) => Promise<Result<SavedFile>>;
  /** The same for bytes, which are written as they are. */
  readonly saveBytes: (file: {
    readonly suggestedName: string;
    readonly mediaType: string;
    readonly chunks: AsyncIterable<Uint8Array>;
    /** A small file that belongs beside it, under its name with this added, such as `.json`. */
    readonly beside?: { readonly suffix: string; readonly mediaType: string; readonly text: string } | null;
  }) => Promise<Result<SavedFile>>;
}

/** A file that the person chose, to be read once. */
export interface ChosenFile {
  /** Its name alone; it may say nothing. */
  readonly fileName: string;
  readonly bytes: number;
  readonly chunks: AsyncIterable<Uint8Array>;
}

export interface FileSource {
  /** Asks for a file (dialog) and gives what `receive` makes of it; or a path to which the page sends one, and where that is answered. */
  readonly open: <T>(
    receive: (file: ChosenFile) => Promise<Result<T>>,
  ) => Promise<
    Result<T | { readonly kind: 'upload'; readonly path: string } | { readonly kind: 'cancelled' }>
  >;
}

/** The bytes of a zip file of texts, in UTF-8; `atMs` (epoch ms) is the time of each. */
export type Zip = (
  files: readonly { readonly name: string; readonly text: string }[],
  atMs: number,
) => AsyncIterable<Uint8Array>;

export interface BrowserOpener {
  /** Opens a sign-in page in the system browser; false where the host was told to open nothing or could not. */
  readonly open: (url: string) => Promise<boolean>;
}

export interface PracticeStarter {
  readonly start: () => Promise<
    Result<{ readonly kind: 'address'; readonly address: string } | { readonly kind: 'restarting' }>
  >;
}

/** Lets something go wrong in practice. There is none while the app works with AWS itself. */
export interface PracticeSteering {
  /** Gives what it was done to, by name. Rejects when practice does not answer. */
  readonly run: (scenario: PracticeScenario) => Promise<Readonly<Record<string, string>>>;
}

export type { AppError, ReasonCode };
