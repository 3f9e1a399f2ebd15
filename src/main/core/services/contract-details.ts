/** One contract with its terms, dimensions and licences, as its page and the entry of usage need them. */
import type { ContractDetails, Dimension, Scheme } from '../../../contract/contracts.ts';
import type { AppError } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { HasMetered } from '../domain/contract-times.ts';
import { dimensionsByHand, mergeDimensions } from '../domain/dimensions.ts';
import type {
  AgreementSummary,
  Agreements,
  AgreementTerms,
  Clock,
  Entitlement,
  Entitlements,
  LicenceState,
  Preferences,
  Product,
} from '../ports.ts';
import { createAgedReads } from './aged-reads.ts';
import type { ContractListService } from './contract-list.ts';
import { entitledNowOf, entitlementsOfContract, licencesOf } from './licences.ts';
import type { Session } from './session.ts';

/** AWS's default: the metering Region is a person's choice per product and never read from a profile. */
export const defaultMeteringRegion = 'us-east-1';

export interface ContractDetailsDeps {
  readonly session: Session;
  readonly list: ContractListService;
  readonly agreements: Agreements;
  readonly entitlements: Entitlements;
  readonly preferences: Preferences;
  readonly clock: Clock;
  /** How held records of a product are metered: preferences can get lost, and what is recorded binds. */
  readonly inLedger: (
    productId: string,
  ) => { readonly scheme: Scheme; readonly meteringRegion: string } | null;
}

/** What a record on this contract is metered by. */
export interface MeteringIdentity {
  readonly scheme: Scheme;
  readonly meteringRegion: string;
  readonly licenseArn: string | null;
  readonly productCode: string | null;
}

export interface LoadedContract {
  readonly agreement: AgreementSummary;
  readonly details: ContractDetails;
  readonly hasMetered: HasMetered;
}

export interface ContractDetailsService {
  /**
   * The contract with its terms, read anew when they are older than `maxAgeMs`; what can't be read is told in `problem`, the
   * rest stands.
   */
  readonly load: (agreementId: string, maxAgeMs?: number) => Promise<Result<LoadedContract>>;
  readonly forget: () => void;
}

/** What AWS answered about one contract. */
interface Answers {
  readonly terms: Result<AgreementTerms>;
  readonly product: Result<Product | null>;
  readonly states: readonly LicenceState[];
  /** Null when there was nothing to ask for. */
  readonly entitlements: Result<readonly Entitlement[]> | null;
}

export function createContractDetails(deps: ContractDetailsDeps): ContractDetailsService {
  const termsReads = createAgedReads<AgreementTerms>(deps.clock);
  const stateReads = createAgedReads<readonly LicenceState[]>(deps.clock, { keepFailures: true });
  const entitlementReads = createAgedReads<readonly Entitlement[]>(deps.clock, { keepFailures: true });

  function readTerms(agreementId: string, maxAgeMs: number): Promise<Result<AgreementTerms>> {
    return termsReads.read(agreementId, maxAgeMs, async () => {
      const asked = deps.session.identity() ?? undefined;
      const terms = await deps.agreements.terms(agreementId);
      if (!terms.ok) deps.session.noteEnd(terms.error, asked);
      return terms;
    });
  }

  /** Of one licence the search has told all. Several need telling apart, and where it shows none there may be one all the same. */
  async function readStates(agreement: AgreementSummary, maxAgeMs: number): Promise<readonly LicenceState[]> {
    const { agreementId, licenseArns, resourceType, addedByHand } = agreement;
    if (addedByHand || resourceType !== 'SaaSProduct' || licenseArns.length === 1) return [];
    const states = await stateReads.read(agreementId, maxAgeMs, () => deps.agreements.licences(agreementId));
    return states.ok ? states.value : [];
  }

  async function readEntitlements(
    agreement: AgreementSummary,
    terms: Result<AgreementTerms>,
    productCode: string | null,
    maxAgeMs: number,
  ): Promise<Answers['entitlements']> {
    const { agreementId, buyerAccountId, addedByHand, licenseArns } = agreement;
    const isPrepaid = terms.ok && terms.value.entitlements.length > 0;
    if (productCode === null || !(isPrepaid || addedByHand)) return null;
    const licenseArn = addedByHand ? (licenseArns[0] ?? null) : null;
    return entitlementReads.read(agreementId, maxAgeMs, () =>
      deps.entitlements.of({ productCode, buyerAccountId, licenseArn }),
    );
  }

  async function load(
    agreementId: string,
    maxAgeMs = Number.POSITIVE_INFINITY,
  ): Promise<Result<LoadedContract>> {
    const missing = await deps.list.settled(agreementId);
    if (missing) return err(missing);
    const found = deps.list.find(agreementId);
    if (!found) return err({ kind: 'not-found', what: 'contract', id: agreementId });
    const { agreement } = found;
    const [terms, product, states] = await Promise.all([
      readTerms(agreementId, maxAgeMs),
      deps.list.product(agreement.productId),
      readStates(agreement, maxAgeMs),
    ]);
    const productCode = product.ok ? (product.value?.productCode ?? null) : null;
    const entitlements = await readEntitlements(agreement, terms, productCode, maxAgeMs);
    const answers = { terms, product, states, entitlements };
    const details = detailsOf(agreement, found.summary, answers);
    const hasMetered = terms.ok && product.ok ? hasMeteredOf(details.dimensions, terms.value) : null;
    if (hasMetered !== null) deps.list.noteMetered(agreementId, hasMetered);
    const summary = deps.list.find(agreementId)?.summary ?? found.summary;
    return ok({ agreement, hasMetered, details: { ...details, summary: withProduct(summary, product) } });
  }

  function detailsOf(
    agreement: AgreementSummary,
    summary: ContractDetails['summary'],
    answers: Answers,
  ): ContractDetails {
    const { terms, product, states, entitlements } = answers;
    const { products, pastedLicences } = deps.preferences.get();
    const chosen = products[summary.productId] ?? deps.inLedger(summary.productId);
    const licences = licencesOf(agreement, {
      states,
      entitlements: entitlements?.ok ? entitlements.value : [],
      pasted: pastedLicences[agreement.agreementId] ?? null,
      related: deps.list.related(agreement),
    });
    const [only, ...others] = licences;
    const { own, hasUncertain } = entitlementsOfContract(
      licences.map((licence) => licence.licenseArn),
      entitlements?.ok ? entitlements.value : [],
      deps.list.related(agreement),
    );
    return {
      summary,
      meteringRegion: chosen?.meteringRegion ?? defaultMeteringRegion,
      scheme: chosen?.scheme ?? null,
      licenseArn: only !== undefined && others.length === 0 ? only.licenseArn : null,
      licences,
      entitlementsRead: entitlementsRead(entitlements, hasUncertain),
      termKinds: terms.ok ? [...terms.value.kinds] : [],
      freeTrial: terms.ok ? terms.value.freeTrial : null,
      dimensions: dimensionsOf(agreement, answers, own),
      problem: firstProblem(terms, product),
      termsRead: terms.ok,
    };
  }

  return {
    load,
    forget: () => {
      termsReads.forget();
      stateReads.forget();
      entitlementReads.forget();
    },
  };
}

function dimensionsOf(
  agreement: AgreementSummary,
  { terms, product }: Answers,
  own: readonly Entitlement[],
): Dimension[] {
  if (!terms.ok || !product.ok) return [];
  const listed = product.value?.dimensions ?? [];
  const now = entitledNowOf(own);
  return agreement.addedByHand ? dimensionsByHand(listed, now) : mergeDimensions(listed, terms.value, now);
}

function entitlementsRead(
  answer: Answers['entitlements'],
  hasUncertain: boolean,
): ContractDetails['entitlementsRead'] {
  if (answer === null) return { kind: 'not-asked' };
  if (!answer.ok) return { kind: 'failed', error: answer.error };
  return { kind: hasUncertain ? 'uncertain' : 'read' };
}

/** Prices without dimensions say that the catalog hides something, not that nothing is billed by usage. */
export function hasMeteredOf(
  dimensions: readonly Dimension[],
  terms: Pick<AgreementTerms, 'usagePrices'>,
): HasMetered {
  if (dimensions.some((dimension) => dimension.kind === 'metered')) return true;
  return terms.usagePrices.length > 0 ? 'not-in-catalog' : false;
}

/** The list may not have read the product yet, or could not: what was read here counts. */
function withProduct(
  summary: ContractDetails['summary'],
  product: Result<Product | null>,
): ContractDetails['summary'] {
  if (!product.ok || product.value === null) return summary;
  const { title, productCode } = product.value;
  return {
    ...summary,
    productTitle: summary.productTitle ?? title,
    productCode: summary.productCode ?? productCode,
  };
}

function firstProblem(terms: Result<AgreementTerms>, product: Result<Product | null>): AppError | null {
  if (!terms.ok) return terms.error;
  return product.ok ? null : product.error;
}

/**
 * The identifiers by which usage of this contract is metered, or why they are not complete. `chosenArn` is the licence that the
 * person chose; without one the only licence counts, and several are never chosen from.
 */
export function meteringIdentityOf(
  { scheme, meteringRegion, licences, licenseArn: onlyArn, summary }: ContractDetails,
  chosenArn: string | null,
): Result<MeteringIdentity, 'scheme-not-chosen' | 'licence-missing' | 'product-code-missing'> {
  if (scheme === null) return err('scheme-not-chosen');
  if (scheme === 'licence') {
    // A choice that was made among several says nothing once there is one.
    const licenseArn = onlyArn ?? chosenArn;
    const isOfContract = licences.some((licence) => licence.licenseArn === licenseArn);
    if (licenseArn === null || !isOfContract) return err('licence-missing');
    return ok({ scheme, meteringRegion, licenseArn, productCode: null });
  }
  if (summary.productCode === null) return err('product-code-missing');
  return ok({ scheme, meteringRegion, licenseArn: null, productCode: summary.productCode });
}
