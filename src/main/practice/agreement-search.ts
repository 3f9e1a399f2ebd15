import { lifeOf } from './agreement-life.ts';
import { AwsError } from './aws-error.ts';
import { epochSeconds, type JsonObject, member } from './aws-json.ts';
import { cutPage } from './paging.ts';
import type { SignedCall } from './signed-call.ts';
import type { WorldAgreement } from './world-schema.ts';

type Filters = ReadonlyMap<string, readonly string[]>;

const statuses = [
  'ACTIVE',
  'ARCHIVED',
  'CANCELLED',
  'EXPIRED',
  'RENEWED',
  'REPLACED',
  'ROLLED_BACK',
  'SUPERSEDED',
  'TERMINATED',
];
const resourceTypes = [
  'SaaSProduct',
  'AmiProduct',
  'ContainerProduct',
  'ProfessionalServicesProduct',
  'MachineLearningProduct',
];

/** Allowed values of each filter; null: any text. */
const filterValues: ReadonlyMap<string, readonly string[] | 'instant' | null> = new Map(
  Object.entries({
    AgreementType: ['PurchaseAgreement'],
    PartyType: ['Proposer', 'Acceptor'],
    ResourceType: resourceTypes,
    Status: statuses,
    EndTimeBehaviorType: ['RENEW', 'REPLACE', 'EXPIRE'],
    EndTimeBehaviorReasonCode: [
      'PROPOSER_RENEW_OPTED_OUT',
      'ACCEPTOR_RENEW_OPTED_OUT',
      'NO_RENEWAL_TERM',
      'RENEWAL_LIMIT_EXHAUSTED',
    ],
    ResourceIdentifier: null,
    AcceptorAccountId: null,
    OfferId: null,
    OfferSetId: null,
    InitialAgreementId: null,
    LicenseArn: null,
    BeforeEndTime: 'instant',
    AfterEndTime: 'instant',
    BeforeStartTime: 'instant',
    AfterStartTime: 'instant',
    BeforeLastUpdateTime: 'instant',
    AfterLastUpdateTime: 'instant',
  } satisfies Record<string, readonly string[] | 'instant' | null>),
);

export const invalidInput = (reason: string, message: string, field?: string): AwsError =>
  new AwsError('ValidationException', message, 400, {
    reason,
    ...(field === undefined ? {} : { fields: [{ name: field, message }] }),
  });

interface Search {
  readonly filters: Filters;
  readonly sortBy: string;
  readonly descending: boolean;
}

/**
 * SearchAgreements with every documented filter.
 * https://docs.aws.amazon.com/marketplace/latest/APIReference/API_marketplace-agreements_SearchAgreements.html
 * The last listing is kept: the further pages of a search come from the moment of its first.
 */
export function createAgreementSearch(): (input: JsonObject, call: SignedCall) => JsonObject {
  let kept: { key: string; found: readonly WorldAgreement[] } | undefined;
  return (input, call) => {
    const search = readSearch(input);
    const maxResults = readMaxResults(input);
    const nextToken = member.text(input, 'nextToken');
    const question = [[...search.filters].sort(), search.sortBy, search.descending, call.caller.accountId];
    const key = JSON.stringify([question, call.view.version]);
    const isNextPage = nextToken !== undefined && kept?.key === key;
    const found = isNextPage && kept ? kept.found : findAgreements(search, call);
    kept = { key, found };
    const page = cutPage(found, {
      question,
      nextToken,
      maxResults,
      emptyPage: call.emptyPage,
      onBadToken: () => invalidInput('INVALID_NEXT_TOKEN', 'The nextToken is invalid.', 'nextToken'),
    });
    return {
      agreementViewSummaries: page.items.map((agreement) => summaryOf(agreement, call.nowMs)),
      ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }),
    };
  };
}

export function readMaxResults(input: JsonObject): number {
  const maxResults = member.whole(input, 'maxResults') ?? 50;
  if (maxResults >= 1 && maxResults <= 50) return maxResults;
  throw invalidInput('INVALID_MAX_RESULTS', 'maxResults must lie between 1 and 50.', 'maxResults');
}

function readSearch(input: JsonObject): Search {
  const catalog = member.text(input, 'catalog');
  if (catalog !== undefined && catalog !== 'AWSMarketplace') {
    throw invalidInput('INVALID_CATALOG', `The catalog ${catalog} is invalid.`, 'catalog');
  }
  const filters = readFilters(member.objects(input, 'filters') ?? []);
  const proposer = filters.get('PartyType')?.[0] === 'Proposer';
  const sort = member.object(input, 'sort') ?? {};
  const sortBy = member.text(sort, 'sortBy') ?? 'EndTime';
  const sortOrder = member.text(sort, 'sortOrder') ?? 'ASCENDING';
  const allowed = proposer ? ['EndTime', 'StartTime', 'LastUpdateTime'] : ['EndTime'];
  if (!allowed.includes(sortBy))
    throw invalidInput('INVALID_SORT_BY', `sortBy ${sortBy} is invalid.`, 'sortBy');
  if (!['ASCENDING', 'DESCENDING'].includes(sortOrder)) {
    throw invalidInput('INVALID_SORT_ORDER', `sortOrder ${sortOrder} is invalid.`, 'sortOrder');
  }
  return { filters, sortBy, descending: sortOrder === 'DESCENDING' };
}

function readFilters(list: readonly JsonObject[]): Filters {
  if (list.length > 10) throw invalidInput('INVALID_FILTERS', 'At most 10 filters are allowed.', 'filters');
  const filters = new Map<string, readonly string[]>();
  for (const filter of list) {
    const name = member.text(filter, 'name');
    const values = member.texts(filter, 'values');
    if (name === undefined)
      throw invalidInput('MISSING_FILTER_NAME', 'A filter has no name.', 'filters.name');
    if (values === undefined || values.length === 0) {
      throw invalidInput('MISSING_FILTER_VALUES', `The filter ${name} has no values.`, 'filters.values');
    }
    const allowed = filterValues.get(name);
    if (allowed === undefined)
      throw invalidInput('INVALID_FILTER_NAME', `The filter ${name} is unknown.`, name);
    const fits = (value: string): boolean => {
      if (allowed === null) return value !== '';
      return allowed === 'instant' ? !Number.isNaN(Date.parse(value)) : allowed.includes(value);
    };
    const wrong = values.find((value) => !fits(value));
    if (wrong !== undefined) {
      throw invalidInput(
        'INVALID_FILTER_VALUES',
        `The value ${wrong} of the filter ${name} is invalid.`,
        name,
      );
    }
    filters.set(name, values);
  }
  if (!filters.has('AgreementType')) {
    throw invalidInput('MISSING_FILTER_NAME', 'The filter AgreementType is required.', 'AgreementType');
  }
  return filters;
}

function findAgreements(
  { filters, sortBy, descending }: Search,
  call: SignedCall,
): readonly WorldAgreement[] {
  const licence = filters.get('LicenseArn');
  const candidates = licence
    ? [...new Set(licence.flatMap((arn) => call.view.agreementsOfLicence(arn)))]
    : call.view.world.agreements;
  const keyed = candidates
    .filter((agreement) => matches(agreement, filters, call))
    .map((agreement) => {
      const life = lifeOf(agreement, call.nowMs);
      const endMs = agreement.endTime === null ? Number.POSITIVE_INFINITY : Date.parse(agreement.endTime);
      const byMs =
        sortBy === 'StartTime' ? life.startMs : sortBy === 'LastUpdateTime' ? life.lastUpdateMs : endMs;
      return { agreement, byMs };
    });
  // Two open ends compare as equal, and the id keeps the order of pages stable.
  keyed.sort((a, b) => {
    const order = a.byMs === b.byMs ? 0 : a.byMs < b.byMs ? -1 : 1;
    const stable = a.agreement.agreementId < b.agreement.agreementId ? -1 : 1;
    return order === 0 ? stable : descending ? -order : order;
  });
  return keyed.map(({ agreement }) => agreement);
}

function matches(agreement: WorldAgreement, filters: Filters, { caller, nowMs }: SignedCall): boolean {
  const party = filters.get('PartyType')?.[0];
  const proposes = agreement.proposerAccountId === caller.accountId;
  const accepts = agreement.acceptorAccountId === caller.accountId;
  const partyFits = party === 'Proposer' ? proposes : party === 'Acceptor' ? accepts : proposes || accepts;
  if (!partyFits) return false;
  const life = lifeOf(agreement, nowMs);
  const endMs = agreement.endTime === null ? undefined : Date.parse(agreement.endTime);
  const isOneOf = (name: string, value: string | undefined): boolean => {
    const wanted = filters.get(name);
    return wanted === undefined || (value !== undefined && wanted.includes(value));
  };
  const isBefore = (name: string, ms: number | undefined): boolean => {
    const [limit] = filters.get(name) ?? [];
    return limit === undefined || (ms !== undefined && ms < Date.parse(limit));
  };
  const isAfter = (name: string, ms: number | undefined): boolean => {
    const [limit] = filters.get(name) ?? [];
    return limit === undefined || (ms !== undefined && ms > Date.parse(limit));
  };
  return (
    isOneOf('ResourceIdentifier', agreement.productId) &&
    isOneOf('ResourceType', agreement.resourceType) &&
    isOneOf('AcceptorAccountId', agreement.acceptorAccountId) &&
    isOneOf('OfferId', agreement.offerId) &&
    isOneOf('OfferSetId', undefined) &&
    isOneOf('Status', life.status) &&
    isOneOf('InitialAgreementId', agreement.initialAgreementId) &&
    isOneOf('EndTimeBehaviorType', agreement.endTimeBehaviorType) &&
    isOneOf('EndTimeBehaviorReasonCode', agreement.endTimeBehaviorReasonCode) &&
    isBefore('BeforeEndTime', endMs) &&
    isAfter('AfterEndTime', endMs) &&
    isBefore('BeforeStartTime', life.startMs) &&
    isAfter('AfterStartTime', life.startMs) &&
    isBefore('BeforeLastUpdateTime', life.lastUpdateMs) &&
    isAfter('AfterLastUpdateTime', life.lastUpdateMs)
  );
}

/** Fields that a summary and DescribeAgreement share. */
export function agreementFields(agreement: WorldAgreement, nowMs: number): JsonObject {
  const life = lifeOf(agreement, nowMs);
  return {
    agreementId: agreement.agreementId,
    agreementType: 'PurchaseAgreement',
    acceptanceTime: epochSeconds(agreement.acceptanceTime),
    startTime: epochSeconds(agreement.startTime),
    ...(agreement.endTime === null ? {} : { endTime: epochSeconds(agreement.endTime) }),
    acceptor: { accountId: agreement.acceptorAccountId },
    proposer: { accountId: agreement.proposerAccountId },
    proposalSummary: {
      resources: [{ id: agreement.productId, type: agreement.resourceType }],
      offerId: agreement.offerId,
    },
    status: life.status,
    initialAgreementId: agreement.initialAgreementId,
  };
}

function summaryOf(agreement: WorldAgreement, nowMs: number): JsonObject {
  const { endTimeBehaviorType, endTimeBehaviorReasonCode } = agreement;
  return {
    ...agreementFields(agreement, nowMs),
    lastUpdateTime: epochSeconds(lifeOf(agreement, nowMs).lastUpdateMs),
    entitlements: agreement.licenseArns.map((licenseArn) => ({ licenseArn })),
    ...(endTimeBehaviorType ? { endTimeBehaviorType } : {}),
    ...(endTimeBehaviorReasonCode ? { endTimeBehaviorReasonCode } : {}),
  };
}
