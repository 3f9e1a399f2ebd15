import { type ContractDraft, edgeContracts, otherContracts, suspendedBuyer } from './default-contracts.ts';
import {
  accessKeys,
  firstSeller,
  partnerSeller,
  profiles,
  roles,
  secondSeller,
  sellers,
  signIn,
} from './default-identities.ts';
import { type ProductName, type ProductPlan, planProducts } from './default-products.ts';
import { termsOf } from './default-terms.ts';
import { createSeededRandom, type SeededRandom } from './seeded-random.ts';
import type { World, WorldAgreement, WorldEntitlement } from './world-schema.ts';

export interface DefaultWorldOptions {
  /** Agreements of the first seller. Below the number of edges, only so many of them. */
  readonly agreements: number;
  readonly seed: number;
  /** The practice clock's instant that all times of the world are relative to, epoch milliseconds. */
  readonly nowMs: number;
}

const dayMs = 86_400_000;
const digits = '0123456789';
const lowerAlnum = 'abcdefghijklmnopqrstuvwxyz0123456789';
const fillProducts = ['observability', 'pipeline', 'signatures', 'pipeline', 'backup', 'longNamed'] as const;

/** A lively, invented world: the same options give the same world. */
export function createDefaultWorld({ agreements, seed, nowMs }: DefaultWorldOptions): World {
  const random = createSeededRandom(seed);
  const startMs = Math.floor(nowMs / 1000) * 1000;
  const products = planProducts(random, startMs);
  const buyers = createBuyers(random, 12 + Math.max(0, Math.floor((agreements - 40) / 25)));
  const drafts = [
    ...otherContracts,
    ...edgeContracts.slice(0, agreements),
    ...fill(random, agreements - edgeContracts.length, buyers.length),
  ];
  const offers: World['offers'] = [];
  const byEdge = new Map<string, WorldAgreement>();
  const made = drafts.map((draft) => {
    const agreement = createAgreement(random, draft, {
      startMs,
      plan: products[draft.product],
      acceptorAccountId: buyers[draft.buyer]?.accountId ?? firstSeller,
      predecessor: draft.follows ? byEdge.get(draft.follows.edge) : undefined,
    });
    if (draft.edge) byEdge.set(draft.edge, agreement);
    offers.push({
      id: agreement.offerId,
      productId: agreement.productId,
      name: `Private offer ${agreement.offerId.slice(-4)}`,
      state: 'Released',
    });
    return { agreement, plan: products[draft.product] };
  });
  return {
    sellers,
    roles,
    accessKeys,
    signIn,
    profiles,
    products: Object.values(products).map(({ product }) => product),
    offers,
    buyers,
    agreements: made.map(({ agreement }) => agreement),
    entitlements: made.flatMap(({ agreement, plan }) => entitlementsOf(agreement, plan, startMs)),
  };
}

function createBuyers(random: SeededRandom, count: number): World['buyers'] {
  // Two of the first dozen begin with zeros: an account id is a text, not a number.
  const prefix = (index: number): string =>
    index === 1 ? '00' : index === 4 ? '0' : String(random.whole(1, 9));
  return Array.from({ length: count }, (_, index) => {
    const start = prefix(index);
    return {
      accountId: start + random.text(digits, 12 - start.length),
      customerIdentifier: random.text('ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789', 11),
      suspended: index === suspendedBuyer,
    };
  });
}

/** Ordinary contracts, mostly active, to the number that was asked for. */
function fill(random: SeededRandom, count: number, buyerCount: number): ContractDraft[] {
  const taken = new Set<string>();
  return Array.from({ length: Math.max(0, count) }, (): ContractDraft => {
    // The first eleven buyers already have the edges; a product-code customer has one subscription per product.
    const buyer = buyerCount > 12 ? random.whole(12, buyerCount - 1) : random.whole(0, 10);
    const wanted: ProductName = random.pick(fillProducts);
    const product = wanted === 'signatures' && (buyer < 12 || taken.has(`${buyer}`)) ? 'pipeline' : wanted;
    if (product === 'signatures') taken.add(`${buyer}`);
    const ended = random.next() < 0.15;
    const startOffsetMs = -random.whole(20, ended ? 700 : 350) * dayMs - random.whole(0, 86_399) * 1000;
    const open = product === 'pipeline' || product === 'signatures';
    return {
      product,
      buyer,
      status: ended ? 'EXPIRED' : 'ACTIVE',
      startOffsetMs,
      endOffsetMs: ended
        ? -random.whole(2, 15) * dayMs
        : open
          ? null
          : startOffsetMs + 365 * dayMs + 10 * dayMs,
      licences: product === 'signatures' ? 0 : 1,
      discountPercent: random.pick([0, 0, 0, 5, 10, 12]),
      currencyCode: random.pick(['USD', 'USD', 'USD', 'USD', 'EUR']),
    };
  });
}

const drawLicence = (random: SeededRandom): string =>
  `arn:aws:license-manager::294406891311:license:l-${random.text('0123456789abcdef', 32)}`;

interface AgreementContext {
  readonly startMs: number;
  readonly plan: ProductPlan;
  readonly acceptorAccountId: string;
  readonly predecessor: WorldAgreement | undefined;
}

function createAgreement(
  random: SeededRandom,
  draft: ContractDraft,
  context: AgreementContext,
): WorldAgreement {
  const { startMs, plan, predecessor } = context;
  const at = (offsetMs: number): string => new Date(startMs + offsetMs).toISOString();
  const agreementId = `agmt-${random.text(lowerAlnum, 25)}`;
  const endTime =
    draft.endOffsetMs === 'year-9999'
      ? '9999-01-01T00:00:00.000Z'
      : draft.endOffsetMs === null
        ? null
        : at(draft.endOffsetMs);
  const drawn = Array.from({ length: draft.licences ?? 1 }, () => drawLicence(random));
  const proposers = { first: firstSeller, second: secondSeller, partner: partnerSeller };
  const currencyCode = draft.currencyCode ?? 'USD';
  const ended = typeof draft.endOffsetMs === 'number' && draft.endOffsetMs < 0;
  return {
    agreementId,
    proposerAccountId: proposers[draft.proposer ?? 'first'],
    acceptorAccountId: context.acceptorAccountId,
    productId: plan.product.id,
    resourceType: plan.product.type,
    offerId: `offer-${random.text(lowerAlnum, 13)}`,
    status: draft.status,
    acceptanceTime: at(draft.acceptanceOffsetMs ?? draft.startOffsetMs),
    startTime: at(draft.startOffsetMs),
    endTime,
    lastUpdateTime: at(
      draft.lastUpdateOffsetMs ??
        (ended ? Number(draft.endOffsetMs) : (draft.acceptanceOffsetMs ?? draft.startOffsetMs)),
    ),
    licenseArns: draft.follows?.keepsLicence && predecessor ? predecessor.licenseArns : drawn,
    ...(draft.unlistedLicence ? { unlistedLicenseArns: [drawLicence(random)] } : {}),
    initialAgreementId: predecessor?.initialAgreementId ?? agreementId,
    ...(draft.endTimeBehaviorType ? { endTimeBehaviorType: draft.endTimeBehaviorType } : {}),
    ...(draft.endTimeBehaviorReasonCode
      ? { endTimeBehaviorReasonCode: draft.endTimeBehaviorReasonCode }
      : {}),
    currencyCode,
    agreementValue: Object.keys(plan.prepaid).length > 0 ? String(random.whole(12, 240) * 1000) : '0',
    terms: termsOf(random, {
      plan,
      currencyCode,
      startTime: at(draft.startOffsetMs),
      endTime: endTime?.startsWith('9999') ? null : endTime,
      usage: draft.usage ?? true,
      discountPercent: draft.discountPercent ?? 0,
      freeTrial: draft.freeTrial ?? false,
      unknownTerm: draft.unknownTerm ?? false,
    }),
    ...(draft.edge ? { edge: draft.edge } : {}),
  };
}

function entitlementsOf(agreement: WorldAgreement, plan: ProductPlan, nowMs: number): WorldEntitlement[] {
  const { endTime, licenseArns } = agreement;
  if (agreement.status !== 'ACTIVE' || endTime === null || Date.parse(agreement.startTime) > nowMs) return [];
  // Of two licences the second carries what was added later: half as much.
  const licences: readonly (string | undefined)[] = licenseArns.length === 0 ? [undefined] : licenseArns;
  return licences.flatMap((licenseArn, at) =>
    Object.entries(plan.prepaid).map(([dimension, quantity]) => ({
      productId: agreement.productId,
      acceptorAccountId: agreement.acceptorAccountId,
      dimension,
      ...(licenseArn === undefined ? {} : { licenseArn }),
      expirationDate: endTime,
      integerValue: at === 0 ? quantity : Math.floor(quantity / 2),
    })),
  );
}
