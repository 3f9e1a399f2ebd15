import type { ContractDetails, Licence } from '../../../contract/contracts.ts';
import { quantityText } from './price.ts';

/** What AWS tells of a licence, in AWS's own words where they are AWS's. */
export function licenceFacts(licence: Licence, { dimensions }: ContractDetails): readonly string[] {
  const bought = licence.entitlements.map(({ dimensionKey, quantity }) => {
    const known = dimensions.find((one) => one.kind === 'entitled' && one.key === dimensionKey);
    const amount = /^\d+$/.test(quantity) ? quantityText(Number(quantity), known?.unit ?? null) : quantity;
    return `${known?.name ?? dimensionKey}: ${amount} bought`;
  });
  const sources = { aws: [], pasted: ['entered by hand, found by AWS'], 'by-hand': ['entered by hand'] };
  const facts = [
    ...sources[licence.source],
    ...(licence.type === null ? [] : [licence.type]),
    ...(licence.status === null ? [] : [licence.status]),
    ...bought,
    ...licence.alsoOn.map((agreementId) => `also on ${agreementId}`),
  ];
  return facts.length > 0 ? facts : ['AWS tells nothing more of it to this role'];
}
