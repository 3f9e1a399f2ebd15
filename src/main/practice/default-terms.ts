import type { ProductPlan } from './default-products.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { WorldAgreement } from './world-schema.ts';

type Terms = WorldAgreement['terms'];

export interface TermsPlan {
  readonly plan: ProductPlan;
  readonly currencyCode: string;
  readonly startTime: string;
  readonly endTime: string | null;
  /** Without it the agreement prices no usage at all. */
  readonly usage: boolean;
  /** Private price of this agreement: a discount in whole percent. */
  readonly discountPercent: number;
  readonly freeTrial: boolean;
  readonly unknownTerm: boolean;
}

/** Takes whole percents off a decimal price, exactly. Yen has no minor unit, but unit prices may still be fractions. */
export function discounted(price: string, percent: number): string {
  if (percent === 0) return price;
  const [whole = '0', fraction = ''] = price.split('.');
  const scaled = BigInt(whole + fraction) * BigInt(100 - percent);
  const digits = scaled.toString().padStart(fraction.length + 3, '0');
  const cut = digits.length - fraction.length - 2;
  return `${digits.slice(0, cut)}.${digits.slice(cut)}`.replace(/\.?0+$/, '') || '0';
}

/** The accepted terms in the wire's own form (`GetAgreementTerms`), instants as ISO texts. */
export function termsOf(random: SeededRandom, spec: TermsPlan): Terms {
  const { plan, currencyCode } = spec;
  const id = (): string => `term-${random.text('0123456789abcdef', 32)}`;
  const terms: Terms = [];
  if (Object.keys(plan.prepaid).length > 0) terms.push(upfront(id(), spec));
  if (spec.usage && Object.keys(plan.usagePrices).length > 0) {
    terms.push({
      usageBasedPricingTerm: {
        type: 'UsageBasedPricingTerm',
        id: id(),
        currencyCode,
        rateCards: [
          {
            rateCard: Object.entries(plan.usagePrices).map(([dimensionKey, price]) => ({
              dimensionKey,
              price: discounted(price, spec.discountPercent),
            })),
          },
        ],
      },
    });
  }
  if (spec.freeTrial) {
    terms.push({
      freeTrialPricingTerm: {
        type: 'FreeTrialPricingTerm',
        id: id(),
        duration: 'P14D',
        grants: Object.keys(plan.usagePrices).map((dimensionKey) => ({ dimensionKey, maxQuantity: 1000 })),
      },
    });
  }
  if (spec.unknownTerm) {
    terms.push({ seasonalPricingTerm: { type: 'SeasonalPricingTerm', id: id(), currencyCode } });
  }
  if (spec.endTime !== null) {
    terms.push({
      validityTerm: {
        type: 'ValidityTerm',
        id: id(),
        agreementStartDate: `${spec.startTime.slice(0, 10)}T00:00:00.000Z`,
        agreementEndDate: `${spec.endTime.slice(0, 10)}T23:59:59.999Z`,
      },
    });
    terms.push({
      renewalTerm: { type: 'RenewalTerm', id: id(), configuration: { enableAutoRenew: random.next() < 0.5 } },
    });
  }
  terms.push({
    legalTerm: {
      type: 'LegalTerm',
      id: id(),
      documents: [
        {
          type: 'StandardEula',
          url: 'https://s3.amazonaws.com/aws-mp-standard-contracts/standard.pdf',
          version: '2022-07-14',
        },
      ],
    },
  });
  terms.push({ supportTerm: { type: 'SupportTerm', id: id(), refundPolicy: 'Write to our support.' } });
  return terms;
}

function upfront(id: string, { plan, currencyCode, discountPercent }: TermsPlan): Terms[number] {
  const entries = Object.entries(plan.prepaid);
  return {
    configurableUpfrontPricingTerm: {
      type: 'ConfigurableUpfrontPricingTerm',
      id,
      currencyCode,
      rateCards: [
        {
          selector: { type: 'Duration', value: 'P365D' },
          constraints: { multipleDimensionSelection: 'Allowed', quantityConfiguration: 'Allowed' },
          rateCard: entries.map(([dimensionKey]) => ({
            dimensionKey,
            price: discounted('96', discountPercent),
          })),
        },
      ],
      configuration: {
        selectorValue: 'P365D',
        dimensions: entries.map(([dimensionKey, dimensionValue]) => ({ dimensionKey, dimensionValue })),
      },
    },
  };
}
