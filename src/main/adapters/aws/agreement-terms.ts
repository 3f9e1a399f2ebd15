import type { AcceptedTerm } from '@aws-sdk/client-marketplace-agreement';
import { decimalSchema, moneySchema } from '../../../contract/primitives.ts';
import type { AgreementTerms } from '../../core/ports.ts';

/**
 * A contract's accepted terms as the app uses them. Kinds of terms that are not known here are passed over; what they say is no price of a
 * dimension. A price or a currency that can't be read is null: without an estimate usage can still be reported.
 */
export function toTerms(terms: readonly AcceptedTerm[]): AgreementTerms {
  const usage = terms.flatMap((term) => term.usageBasedPricingTerm ?? []);
  const configured = terms.flatMap(
    (term) => term.configurableUpfrontPricingTerm?.configuration?.dimensions ?? [],
  );
  const granted = terms.flatMap((term) => term.fixedUpfrontPricingTerm?.grants ?? []);
  return {
    hasUsageTerm: usage.length > 0,
    usagePrices: usage.flatMap((term) =>
      (term.rateCards ?? [])
        .flatMap((card) => card.rateCard ?? [])
        .flatMap(({ dimensionKey, price }) =>
          dimensionKey === undefined || price === undefined
            ? []
            : [
                {
                  dimensionKey,
                  unitPrice: decimalSchema.safeParse(price).data ?? null,
                  currencyCode: moneySchema.shape.currencyCode.safeParse(term.currencyCode).data ?? null,
                },
              ],
        ),
    ),
    entitlements: [
      ...configured.flatMap(({ dimensionKey, dimensionValue }) =>
        dimensionKey === undefined ? [] : [{ dimensionKey, quantity: dimensionValue?.toString() ?? null }],
      ),
      // A grant without a quantity is unlimited.
      ...granted.flatMap(({ dimensionKey, maxQuantity }) =>
        dimensionKey === undefined ? [] : [{ dimensionKey, quantity: maxQuantity?.toString() ?? null }],
      ),
    ],
    kinds: [...new Set(terms.flatMap(kindsOf))],
    freeTrial: freeTrialOf(terms),
  };
}

/** A kind that the SDK doesn't know arrives as `$unknown` with its name. */
function kindsOf(term: AcceptedTerm): string[] {
  return term.$unknown ? [term.$unknown[0]] : Object.keys(term);
}

function freeTrialOf(terms: readonly AcceptedTerm[]): AgreementTerms['freeTrial'] {
  const trial = terms.find((term) => term.freeTrialPricingTerm)?.freeTrialPricingTerm;
  return trial === undefined ? null : { duration: trial.duration ?? null };
}
