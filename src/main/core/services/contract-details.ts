/** One contract with its terms and dimensions, as its page and the entry of usage need them. */
import type { ContractDetails, Dimension, Scheme } from '../../../contract/contracts.ts';
import type { AppError } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { HasMetered } from '../domain/contract-times.ts';
import { mergeDimensions } from '../domain/dimensions.ts';
import type { AgreementSummary, Agreements, AgreementTerms, Clock, Preferences, Product } from '../ports.ts';
import type { ContractListService } from './contract-list.ts';
import type { Session } from './session.ts';

/** AWS's default: the metering Region is a person's choice per product and never read from a profile. */
export const defaultMeteringRegion = 'us-east-1';

export interface ContractDetailsDeps {
  readonly session: Session;
  readonly list: ContractListService;
  readonly agreements: Agreements;
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

export function createContractDetails(deps: ContractDetailsDeps): ContractDetailsService {
  const termsRead = new Map<string, { readonly terms: AgreementTerms; readonly atMs: number }>();

  async function readTerms(agreementId: string, maxAgeMs: number): Promise<Result<AgreementTerms>> {
    const known = termsRead.get(agreementId);
    if (known && Math.abs(deps.clock.now() - known.atMs) <= maxAgeMs) return ok(known.terms);
    const asked = deps.session.identity() ?? undefined;
    const terms = await deps.agreements.terms(agreementId);
    if (terms.ok) termsRead.set(agreementId, { terms: terms.value, atMs: deps.clock.now() });
    else deps.session.noteEnd(terms.error, asked);
    return terms;
  }

  async function load(
    agreementId: string,
    maxAgeMs = Number.POSITIVE_INFINITY,
  ): Promise<Result<LoadedContract>> {
    const missing = await deps.list.settled(agreementId);
    if (missing) return err(missing);
    const found = deps.list.find(agreementId);
    if (!found) return err({ kind: 'not-found', what: 'contract', id: agreementId });
    const [terms, product] = await Promise.all([
      readTerms(agreementId, maxAgeMs),
      deps.list.product(found.agreement.productId),
    ]);
    const dimensions =
      terms.ok && product.ok ? mergeDimensions(product.value?.dimensions ?? [], terms.value) : [];
    const hasMetered = terms.ok && product.ok ? hasMeteredOf(dimensions, terms.value) : null;
    if (hasMetered !== null) deps.list.noteMetered(agreementId, hasMetered);
    return ok({
      agreement: found.agreement,
      hasMetered,
      details: detailsOf(
        withProduct(deps.list.find(agreementId)?.summary ?? found.summary, product),
        dimensions,
        firstProblem(terms, product),
        terms.ok,
      ),
    });
  }

  function detailsOf(
    summary: ContractDetails['summary'],
    dimensions: readonly Dimension[],
    problem: AppError | null,
    termsAreRead: boolean,
  ): ContractDetails {
    const chosen = deps.preferences.get().products[summary.productId] ?? deps.inLedger(summary.productId);
    const [onlyArn, ...others] = summary.licenseArns;
    return {
      summary,
      meteringRegion: chosen?.meteringRegion ?? defaultMeteringRegion,
      scheme: chosen?.scheme ?? null,
      licenseArn: onlyArn !== undefined && others.length === 0 ? onlyArn : null,
      dimensions: [...dimensions],
      problem,
      termsRead: termsAreRead,
    };
  }

  return { load, forget: () => termsRead.clear() };
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

/** The identifiers by which usage of this contract is metered, or why they are not complete. */
export function meteringIdentityOf(
  details: ContractDetails,
): Result<MeteringIdentity, 'scheme-not-chosen' | 'licence-missing' | 'product-code-missing'> {
  const { scheme, meteringRegion, licenseArn, summary } = details;
  if (scheme === null) return err('scheme-not-chosen');
  if (scheme === 'licence') {
    if (licenseArn === null) return err('licence-missing');
    return ok({ scheme, meteringRegion, licenseArn, productCode: null });
  }
  if (summary.productCode === null) return err('product-code-missing');
  return ok({ scheme, meteringRegion, licenseArn: null, productCode: summary.productCode });
}
