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
 * What the buyer is entitled to now, by dimension. A row without a licence is of a product from before licences; rows of other
 * contracts' licences don't count. Null where licences differ: which one is meant is the person's to say.
 */
export function entitledNowOf(
  licenseArns: readonly string[],
  entitlements: readonly Entitlement[],
): ReadonlyMap<string, string | null> {
  const now = new Map<string, string | null>();
  for (const { dimensionKey, quantity, licenseArn } of entitlements) {
    if (licenseArn !== null && !licenseArns.includes(licenseArn)) continue;
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
      const [other] = found.value;
      if (other === undefined) return refused('not-found', null);
      const same = found.value.find((one) => one.agreementId === agreement.agreementId);
      // The buyer who is billed must be the one who holds the licence.
      if (found.value.some((one) => one.buyerAccountId !== agreement.buyerAccountId)) {
        return refused('other-buyer', other.agreementId);
      }
      if (same === undefined) return refused('other-contract', other.agreementId);
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
