/**
 * Contracts that AWS doesn't list for this account, such as those that a channel partner sold: a person adds them by licence ARN,
 * buyer and product. They are kept on this computer, belong to one seller account, and stand in the list among all others.
 */
import { randomUUID } from 'node:crypto';
import type { AppError } from '../../../contract/errors.ts';
import { licenseArnSchema } from '../../../contract/primitives.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { utc } from '../domain/utc-hours.ts';
import type {
  AgreementSummary,
  Agreements,
  AgreementTerms,
  Catalog,
  Clock,
  ContractByHand,
  Entitlements,
  Preferences,
  Product,
} from '../ports.ts';
import type { Session } from './session.ts';

/** Ids of AWS's begin with `agmt-`: these can't be mistaken for one. */
const idPrefix = 'by-hand-';

export interface ContractsByHandDeps {
  readonly agreements: Agreements;
  readonly catalog: Catalog;
  readonly entitlements: Entitlements;
  readonly preferences: Preferences;
  readonly clock: Clock;
  readonly session: Pick<Session, 'identity' | 'requireIdentity'>;
}

export interface WantedContract {
  readonly licenseArn: string;
  readonly buyerAccountId: string;
  readonly productId: string;
}

export interface ContractsByHand {
  /** Adds it, unless AWS lists it, knows another buyer for the licence, or the product can't be metered. */
  readonly add: (wanted: WantedContract) => Promise<Result<{ readonly agreementId: string }>>;
  readonly remove: (agreementId: string) => Promise<Result<Record<string, never>>>;
  /** Those of the signed-in seller; none while nobody is signed in. */
  readonly own: () => readonly AgreementSummary[];
  /** AWS's reads, with an answer of our own where one is about such a contract. */
  readonly among: Agreements;
}

export function createContractsByHand(deps: ContractsByHandDeps): ContractsByHand {
  const { agreements, preferences } = deps;

  function own(): AgreementSummary[] {
    const seller = deps.session.identity()?.accountId;
    return Object.entries(preferences.get().contractsByHand)
      .filter(([, contract]) => contract.sellerAccountId === seller)
      .map(([agreementId, contract]) => asAgreement(agreementId, contract));
  }

  async function add(wanted: WantedContract): Promise<Result<{ readonly agreementId: string }>> {
    const seller = deps.session.requireIdentity();
    if (!seller.ok) return seller;
    const licenseArn = licenseArnSchema.safeParse(wanted.licenseArn.trim()).data;
    if (licenseArn === undefined) {
      return err({ kind: 'licence-refused', cause: 'not-an-arn', agreementId: null });
    }
    const before = own().find((contract) => contract.licenseArns.includes(licenseArn));
    if (before) return notAddable('already-added', before.agreementId);
    const product = await productOf(wanted.productId);
    if (!product.ok) return product;
    const known = await whatAwsKnows({ ...wanted, licenseArn }, product.value.productCode);
    if (known !== null) return err(known);
    const agreementId = `${idPrefix}${randomUUID()}`;
    const stored = await preferences.update((all) => ({
      ...all,
      contractsByHand: {
        ...all.contractsByHand,
        [agreementId]: {
          sellerAccountId: seller.value.accountId,
          buyerAccountId: wanted.buyerAccountId,
          productId: wanted.productId,
          licenseArn,
          addedUtc: utc(deps.clock.now()),
        },
      },
    }));
    return stored.ok ? ok({ agreementId }) : stored;
  }

  /** Only a SaaS product of this very seller, with something to meter. */
  async function productOf(productId: string): Promise<Result<Product>> {
    const read = await deps.catalog.products([productId]);
    if (!read.ok) return read;
    const product = read.value.get(productId);
    if (product === undefined) return notAddable('product-unknown');
    if (product.type !== 'SaaSProduct') return notAddable('product-not-saas');
    const isMetered = product.dimensions.some((one) => one.types.includes('ExternallyMetered'));
    return isMetered ? ok(product) : notAddable('nothing-metered');
  }

  /** What speaks against adding it: AWS lists it, or AWS says that the licence is another buyer's. */
  async function whatAwsKnows(
    { licenseArn, buyerAccountId }: WantedContract,
    productCode: string | null,
  ): Promise<AppError | null> {
    const listed = await agreements.ofLicence(licenseArn);
    if (!listed.ok) return listed.error;
    const [agreement] = listed.value;
    if (agreement) return { kind: 'not-addable', cause: 'in-the-list', agreementId: agreement.agreementId };
    if (productCode === null) return null;
    const entitled = await deps.entitlements.of({ productCode, buyerAccountId: null, licenseArn });
    // A product without prepaid dimensions has none, and the role need not be allowed to read them: no answer proves nothing.
    const others = entitled.ok
      ? entitled.value.filter((one) => one.buyerAccountId !== null && one.buyerAccountId !== buyerAccountId)
      : [];
    return others.length > 0 ? { kind: 'not-addable', cause: 'other-buyer', agreementId: null } : null;
  }

  return {
    add,
    own,
    remove: async (agreementId) => {
      const stored = await preferences.update((all) => {
        const { [agreementId]: _, ...others } = all.contractsByHand;
        return { ...all, contractsByHand: others };
      });
      return stored.ok ? ok({}) : stored;
    },
    among: {
      ...agreements,
      terms: async (agreementId) =>
        agreementId.startsWith(idPrefix) ? ok(noTerms) : agreements.terms(agreementId),
    },
  };
}

const noTerms: AgreementTerms = {
  usagePrices: [],
  hasUsageTerm: false,
  entitlements: [],
  kinds: [],
  freeTrial: null,
};

/** Start and end are not known: AWS judges a usage's time by the licence. */
function asAgreement(agreementId: string, contract: ContractByHand): AgreementSummary {
  return {
    agreementId,
    buyerAccountId: contract.buyerAccountId,
    proposerAccountId: null,
    productId: contract.productId,
    resourceType: 'SaaSProduct',
    status: '',
    startMs: 0,
    endMs: null,
    acceptedMs: null,
    lastUpdateMs: null,
    offerId: null,
    initialAgreementId: null,
    licenseArns: [contract.licenseArn],
    addedByHand: true,
  };
}

type Cause = Extract<AppError, { kind: 'not-addable' }>['cause'];

function notAddable(cause: Cause, agreementId: string | null = null): Result<never> {
  return err({ kind: 'not-addable', cause, agreementId });
}
