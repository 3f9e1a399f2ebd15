/** What is read of AWS: agreements, entitlements, the catalog; and the list that is kept of it. */
import type { ContractChange } from '../../../contract/contracts.ts';
import type { Result } from '../../../contract/result.ts';

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
