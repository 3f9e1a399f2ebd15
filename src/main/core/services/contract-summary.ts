/** A row of the contract list: what AWS says of an agreement, with what this computer knows of it. */
import type { ContractSummary } from '../../../contract/contracts.ts';
import { contractStatusOf } from '../domain/contract-times.ts';
import { utc } from '../domain/utc-hours.ts';
import type { AgreementSummary, Product } from '../ports.ts';

/** What this computer knows, read once for many rows. */
export interface LocalFacts {
  readonly nowMs: number;
  /** By buyer account id. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Epoch ms, by agreement id. */
  readonly lastUsage: ReadonlyMap<string, number>;
  /** Of this UTC month, by agreement id. */
  readonly estimates: ReadonlyMap<string, ContractSummary['monthEstimates']>;
}

/** `hasMetered` tells whether the terms have something to meter; null while they have not been read. */
export function summarise(
  agreement: AgreementSummary,
  product: Product | null,
  facts: LocalFacts & { readonly hasMetered: boolean | null },
): ContractSummary {
  const times = contractStatusOf(agreement, facts.nowMs, facts.hasMetered);
  return {
    agreementId: agreement.agreementId,
    buyerAccountId: agreement.buyerAccountId,
    buyerAlias: facts.aliases[agreement.buyerAccountId] ?? null,
    productId: agreement.productId,
    productTitle: product?.title ?? null,
    productCode: product?.productCode ?? null,
    resourceType: agreement.resourceType,
    awsStatus: agreement.status,
    status: times.status,
    addUsage: times.addUsage,
    startUtc: utc(agreement.startMs),
    endUtc: utcOrNull(times.endMs),
    endIsAbout: times.endIsAbout,
    acceptedUtc: utcOrNull(agreement.acceptedMs),
    offerId: agreement.offerId,
    initialAgreementId: agreement.initialAgreementId,
    licenseArns: [...agreement.licenseArns],
    lastUsageUtc: utcOrNull(facts.lastUsage.get(agreement.agreementId) ?? null),
    monthEstimates: facts.estimates.get(agreement.agreementId) ?? [],
  };
}

const utcOrNull = (atMs: number | null): string | null => (atMs === null ? null : utc(atMs));
