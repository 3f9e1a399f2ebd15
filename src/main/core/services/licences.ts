/** Which licences usage of a contract could be metered on, and the check of one that a person brings. */
import type { Licence } from '../../../contract/contracts.ts';
import { licenseArnSchema } from '../../../contract/primitives.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { AgreementSummary, Agreements, Entitlement, LicenceState, Preferences } from '../ports.ts';

/** What is known of a contract's licences beside the search. */
export interface LicenceFacts {
  readonly states: readonly LicenceState[];
  readonly entitlements: readonly Entitlement[];
  /** One that a person gave for this contract and AWS confirmed. */
  readonly pasted: string | null;
  /** The buyer's other contracts for the product. */
  readonly related: readonly AgreementSummary[];
}

/** All licences of the contract, those of AWS first. Two that carry the same ARN are one. */
export function licencesOf(agreement: AgreementSummary, facts: LicenceFacts): Licence[] {
  const source = agreement.addedByHand ? 'by-hand' : 'aws';
  const ofAws = [...agreement.licenseArns, ...facts.states.map((state) => state.licenseArn)];
  const arns = new Map<string, Licence['source']>(ofAws.map((arn) => [arn, source]));
  if (facts.pasted !== null && !arns.has(facts.pasted)) arns.set(facts.pasted, 'pasted');
  return [...arns].map(([licenseArn, from]) => {
    const state = facts.states.find((one) => one.licenseArn === licenseArn);
    return {
      licenseArn,
      source: from,
      type: state?.type ?? null,
      status: state?.status ?? null,
      entitlements: facts.entitlements
        .filter((entitlement) => entitlement.licenseArn === licenseArn)
        .map(({ dimensionKey, quantity }) => ({ dimensionKey, quantity })),
      alsoOn: facts.related
        .filter((other) => other.licenseArns.includes(licenseArn))
        .map((other) => other.agreementId),
    };
  });
}

/**
 * The entitlements that are of this contract: those of its licences, and those without a licence (of a product from before licences)
 * unless another contract of the buyer for the product is in force, whose they could be just as well.
 */
export function entitlementsOfContract(
  licenseArns: readonly string[],
  entitlements: readonly Entitlement[],
  related: readonly AgreementSummary[],
): { readonly own: readonly Entitlement[]; readonly hasUncertain: boolean } {
  const isOnly = related.every((other) => other.status !== 'ACTIVE' && other.addedByHand !== true);
  const own = entitlements.filter(({ licenseArn }) =>
    licenseArn === null ? isOnly : licenseArns.includes(licenseArn),
  );
  return { own, hasUncertain: !isOnly && entitlements.some(({ licenseArn }) => licenseArn === null) };
}

/** What the buyer is entitled to now, by dimension. Null where licences differ: which one is meant is the person's to say. */
export function entitledNowOf(own: readonly Entitlement[]): ReadonlyMap<string, string | null> {
  const now = new Map<string, string | null>();
  for (const { dimensionKey, quantity } of own) {
    const before = now.get(dimensionKey);
    now.set(dimensionKey, before === undefined || before === quantity ? quantity : null);
  }
  return now;
}

export interface LicenceCheck {
  /**
   * Asks AWS whether this ARN is a licence of this very contract and its buyer, and remembers it if so. `licence-refused` says
   * whose it is, where AWS told.
   */
  readonly check: (agreement: AgreementSummary, typed: string) => Promise<Result<{ licenseArn: string }>>;
}

export function createLicenceCheck(deps: {
  readonly agreements: Pick<Agreements, 'ofLicence'>;
  readonly preferences: Preferences;
}): LicenceCheck {
  return {
    check: async (agreement, typed) => {
      const licenseArn = licenseArnSchema.safeParse(typed.trim()).data;
      if (licenseArn === undefined) return refused('not-an-arn', null);
      const found = await deps.agreements.ofLicence(licenseArn);
      if (!found.ok) return found;
      // A renewal carries its predecessor's licence, so one ARN may stand on several agreements: the newest says whose it is now.
      const [newest, ...older] = found.value.toSorted((a, b) => b.startMs - a.startMs);
      if (newest === undefined) return refused('not-found', null);
      const all = [newest, ...older];
      // The buyer who is billed must be the one who holds the licence.
      const foreign = all.find((one) => one.buyerAccountId !== agreement.buyerAccountId);
      if (foreign !== undefined) return refused('other-buyer', foreign.agreementId);
      if (all.every((one) => one.agreementId !== agreement.agreementId)) {
        return refused('other-contract', newest.agreementId);
      }
      const stored = await deps.preferences.update((before) => ({
        ...before,
        pastedLicences: { ...before.pastedLicences, [agreement.agreementId]: licenseArn },
      }));
      return stored.ok ? ok({ licenseArn }) : stored;
    },
  };
}

function refused(
  cause: 'not-an-arn' | 'not-found' | 'other-contract' | 'other-buyer',
  agreementId: string | null,
): Result<never> {
  return err({ kind: 'licence-refused', cause, agreementId });
}
