/** A buyer's other contracts for one product, with what tells them apart. */
import type { RelatedContract, RelatedContracts } from '../../../contract/contracts.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { splitByChain } from '../domain/chains.ts';
import type { AgreementSummary } from '../ports.ts';
import type { ContractDetailsService } from './contract-details.ts';
import type { ContractListService } from './contract-list.ts';

/** AWS takes ten reads of terms a second: beyond this many contracts, the others come without prices. */
const mostPriced = 8;

export type RelatedContractsOf = (agreementId: string, maxAgeMs: number) => Promise<Result<RelatedContracts>>;

export function createRelatedContracts(deps: {
  readonly list: Pick<ContractListService, 'settled' | 'find' | 'related' | 'isComplete'>;
  readonly contracts: Pick<ContractDetailsService, 'load'>;
}): RelatedContractsOf {
  async function relatedOf(
    agreement: AgreementSummary,
    priced: boolean,
    maxAgeMs: number,
  ): Promise<RelatedContract[]> {
    const loaded = priced ? await deps.contracts.load(agreement.agreementId, maxAgeMs) : null;
    if (loaded?.ok) {
      const { summary, dimensions, termsRead } = loaded.value.details;
      const metered = dimensions.filter((dimension) => dimension.kind === 'metered');
      const prices = metered.map(({ key, name, unit, unitPrice, currencyCode }) => ({
        dimensionKey: key,
        dimensionName: name,
        unit,
        unitPrice,
        currencyCode,
      }));
      return [{ summary, prices: termsRead ? prices : null }];
    }
    const found = deps.list.find(agreement.agreementId);
    return found ? [{ summary: found.summary, prices: null }] : [];
  }

  return async (agreementId, maxAgeMs) => {
    const missing = await deps.list.settled(agreementId);
    if (missing) return err(missing);
    const found = deps.list.find(agreementId);
    if (!found) return err({ kind: 'not-found', what: 'contract', id: agreementId });
    const { chain, concurrent } = splitByChain(found.agreement, deps.list.related(found.agreement));
    // The running ones are what a person would mix up.
    const wanted = new Set([...concurrent.toReversed(), ...chain.toReversed()].slice(0, mostPriced));
    const describeAll = async (agreements: readonly AgreementSummary[]) =>
      (await Promise.all(agreements.map((one) => relatedOf(one, wanted.has(one), maxAgeMs)))).flat();
    return ok({
      chain: await describeAll(chain),
      concurrent: await describeAll(concurrent),
      isComplete: deps.list.isComplete(),
    });
  };
}
