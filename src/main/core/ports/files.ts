/** Small files: preferences, drafts, what was told. */
import type { Scheme } from '../../../contract/contracts.ts';
import type { KeptContractsView } from '../../../contract/contracts-view.ts';
import type { EntryLine } from '../../../contract/entry.ts';
import type { AuditHead } from '../../../contract/ledger.ts';
import type { Result } from '../../../contract/result.ts';
import type { Theme, WindowPolicy } from '../../../contract/settings.ts';

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
export interface Told {
  /** By the keys of facts that still hold. */
  readonly facts: ReadonlySet<string>;
  /** Where the audit trail stood when its rejections were told; null before the first time. */
  readonly trail: AuditHead | null;
}

export interface ToldFacts {
  readonly get: () => Told;
  /** Holds at once; where the file can't be written, only until the app ends. */
  readonly replace: (told: Told) => Promise<Result<void>>;
}

export interface Drafts {
  /** Drafts belong to one seller account. */
  readonly get: (sellerAccountId: string, agreementId: string) => StoredDraft | null;
  readonly save: (sellerAccountId: string, draft: StoredDraft) => Promise<Result<void>>;
  readonly discard: (sellerAccountId: string, agreementId: string) => Promise<Result<void>>;
}
