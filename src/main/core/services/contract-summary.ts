/** A row of the contract list: what AWS says of an agreement, with what this computer knows of it. */
import type { ContractChange, ContractSummary } from '../../../contract/contracts.ts';
import { contractStatusOf, type HasMetered } from '../domain/contract-times.ts';
import { utc } from '../domain/utc-hours.ts';
import type { AgreementSummary, Product } from '../ports.ts';
import type { UsageOfContract } from './listed-usage.ts';

/** What this computer knows of a row. */
export interface LocalFacts {
  readonly nowMs: number;
  /** By buyer account id. */
  readonly aliases: Readonly<Record<string, string>>;
  readonly usage: UsageOfContract;
  /** Whether the terms have something to meter; null while they have not been read. */
  readonly hasMetered: HasMetered;
  readonly change: ContractChange | null;
  /** False where AWS has refused this role to meter. */
  readonly mayMeter: boolean;
}

/** The row, and the instant (epoch ms) at which time alone changes its status; null when none does. */
export function summarise(
  agreement: AgreementSummary,
  product: Product | null,
  facts: LocalFacts,
): { readonly summary: ContractSummary; readonly nextChangeMs: number | null } {
  const times = contractStatusOf(agreement, facts.nowMs, facts.hasMetered);
  const summary = {
    agreementId: agreement.agreementId,
    buyerAccountId: agreement.buyerAccountId,
    buyerAlias: facts.aliases[agreement.buyerAccountId] ?? null,
    productId: agreement.productId,
    productTitle: product?.title ?? null,
    productCode: product?.productCode ?? null,
    resourceType: agreement.resourceType,
    awsStatus: agreement.status,
    status: times.status,
    addUsage: times.addUsage.allowed ? mayMeterOf(facts) : times.addUsage,
    startUtc: utc(agreement.startMs),
    endUtc: utcOrNull(times.endMs),
    endIsAbout: times.endIsAbout,
    acceptedUtc: utcOrNull(agreement.acceptedMs),
    offerId: agreement.offerId,
    initialAgreementId: agreement.initialAgreementId,
    licenseArns: [...agreement.licenseArns],
    addedByHand: agreement.addedByHand ?? false,
    lastUsageUtc: utcOrNull(facts.usage.lastUsageMs),
    monthEstimates: [...facts.usage.estimates],
    pendingCount: facts.usage.pending,
    rejectedCount: facts.usage.rejected,
    change: facts.change,
  };
  return { summary, nextChangeMs: times.nextChangeMs };
}

const mayMeterOf = ({ mayMeter }: LocalFacts): ContractSummary['addUsage'] =>
  mayMeter ? { allowed: true } : { allowed: false, reason: 'not-allowed' };

const utcOrNull = (atMs: number | null): string | null => (atMs === null ? null : utc(atMs));
