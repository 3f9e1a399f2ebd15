import { describeAgreement, getAgreementEntitlements, getAgreementTerms } from './agreement-reads.ts';
import { createAgreementSearch } from './agreement-search.ts';
import type { JsonObject } from './aws-json.ts';
import { batchDescribeEntities, describeEntity, listEntities } from './catalog.ts';
import { getEntitlements } from './entitlements.ts';
import { batchMeterUsage, type MeteringTwist } from './metering.ts';
import type { PracticeRequest } from './practice-request.ts';
import type { PracticeState } from './practice-state.ts';
import { assumeRole, getCallerIdentity } from './security-token-service.ts';
import type { SignedCall } from './signed-call.ts';

export interface Handling {
  /** The JSON body; empty for protocols without one. */
  readonly input: JsonObject;
  readonly request: PracticeRequest;
  readonly twist: MeteringTwist;
}

interface OperationBase {
  readonly name: string;
  readonly service: string;
  readonly protocol: 'json-1.0' | 'json-1.1' | 'rest' | 'query';
  /** The service's own name for its failure, and its HTTP status for throttling. */
  readonly internalError: string;
  readonly throttlingStatus: number;
}

export interface SignedOperation extends OperationBase {
  readonly kind: 'signed';
  /** IAM action that the caller needs; none for what can't be denied. */
  readonly permission: string | undefined;
  /** JSON members, or the inner XML of a query protocol's result. */
  readonly handle: (handling: Handling, call: SignedCall) => JsonObject | string;
}

export interface OpenOperation extends OperationBase {
  readonly kind: 'open';
  readonly handle: (handling: Handling) => JsonObject;
}

export type Operation = SignedOperation | OpenOperation;

const metering = {
  service: 'metering',
  protocol: 'json-1.1',
  internalError: 'InternalServiceErrorException',
  throttlingStatus: 400,
} as const;
const agreement = {
  service: 'agreement',
  protocol: 'json-1.0',
  internalError: 'InternalServerException',
  throttlingStatus: 429,
} as const;
const entitlement = { ...metering, service: 'entitlement' } as const;
const cloudTrail = {
  service: 'cloudtrail',
  protocol: 'json-1.1',
  internalError: 'InternalFailure',
  throttlingStatus: 400,
} as const;
const catalog = {
  service: 'catalog',
  protocol: 'rest',
  internalError: 'InternalServiceException',
  throttlingStatus: 429,
} as const;
const sts = {
  service: 'sts',
  protocol: 'query',
  internalError: 'InternalFailure',
  throttlingStatus: 400,
} as const;
const oidc = {
  service: 'sso-oidc',
  protocol: 'rest',
  internalError: 'InternalServerException',
  throttlingStatus: 429,
} as const;
const portal = {
  service: 'sso',
  protocol: 'rest',
  internalError: 'InternalServerException',
  throttlingStatus: 429,
} as const;

const signin = {
  service: 'signin',
  protocol: 'rest',
  internalError: 'InternalServerException',
  throttlingStatus: 429,
} as const;

/** All operations by how a request names them: X-Amz-Target, `Action`, or method and path. */
export function createOperations(state: PracticeState): ReadonlyMap<string, Operation> {
  const search = createAgreementSearch();
  const signed = (
    base: Omit<OperationBase, 'name'>,
    name: string,
    permission: string | undefined,
    handle: SignedOperation['handle'],
  ): SignedOperation => ({ kind: 'signed', ...base, name, permission, handle });
  const open = (
    base: Omit<OperationBase, 'name'>,
    name: string,
    handle: OpenOperation['handle'],
  ): OpenOperation => ({ kind: 'open', ...base, name, handle });
  const marketplace = (action: string): string => `aws-marketplace:${action}`;
  const portalCall = ({ request }: Handling) => ({
    bearer: request.header('x-amz-sso_bearer_token'),
    query: request.query,
  });

  const meterUsage = signed(
    metering,
    'BatchMeterUsage',
    marketplace('BatchMeterUsage'),
    ({ input, twist }, call) =>
      batchMeterUsage(input, call, { ledger: state.ledger, behaviour: state.behaviour.current, twist }),
  );
  return new Map<string, Operation>([
    ['AWSMPMeteringService.BatchMeterUsage', meterUsage],
    [
      'AWSMPCommerceService_v20200301.SearchAgreements',
      signed(agreement, 'SearchAgreements', marketplace('SearchAgreements'), ({ input }, call) =>
        search(input, call),
      ),
    ],
    [
      'AWSMPCommerceService_v20200301.DescribeAgreement',
      signed(agreement, 'DescribeAgreement', marketplace('DescribeAgreement'), ({ input }, call) =>
        describeAgreement(input, call),
      ),
    ],
    [
      'AWSMPCommerceService_v20200301.GetAgreementTerms',
      signed(agreement, 'GetAgreementTerms', marketplace('GetAgreementTerms'), ({ input }, call) =>
        getAgreementTerms(input, call),
      ),
    ],
    [
      'AWSMPCommerceService_v20200301.GetAgreementEntitlements',
      signed(
        agreement,
        'GetAgreementEntitlements',
        marketplace('GetAgreementEntitlements'),
        ({ input }, call) => getAgreementEntitlements(input, call),
      ),
    ],
    [
      'AWSMPEntitlementService.GetEntitlements',
      signed(entitlement, 'GetEntitlements', marketplace('GetEntitlements'), ({ input }, call) =>
        getEntitlements(input, call),
      ),
    ],
    [
      'CloudTrail_20131101.LookupEvents',
      signed(cloudTrail, 'LookupEvents', 'cloudtrail:LookupEvents', ({ input }, call) =>
        state.trail.lookupEvents(input, call),
      ),
    ],
    [
      'GET /DescribeEntity',
      signed(catalog, 'DescribeEntity', marketplace('DescribeEntity'), ({ request }, call) =>
        describeEntity(request.query, call),
      ),
    ],
    [
      'POST /BatchDescribeEntities',
      signed(catalog, 'BatchDescribeEntities', marketplace('DescribeEntity'), ({ input }, call) =>
        batchDescribeEntities(input, call),
      ),
    ],
    [
      'POST /ListEntities',
      signed(catalog, 'ListEntities', marketplace('ListEntities'), ({ input }, call) =>
        listEntities(input, call),
      ),
    ],
    ['GetCallerIdentity', signed(sts, 'GetCallerIdentity', undefined, (_, call) => getCallerIdentity(call))],
    [
      'AssumeRole',
      signed(sts, 'AssumeRole', undefined, ({ request }, call) =>
        assumeRole(request.form, call, state.credentials),
      ),
    ],
    ['POST /client/register', open(oidc, 'RegisterClient', ({ input }) => state.oidc.registerClient(input))],
    [
      'POST /device_authorization',
      open(oidc, 'StartDeviceAuthorization', ({ input }) => state.oidc.startDeviceAuthorization(input)),
    ],
    ['POST /token', open(oidc, 'CreateToken', ({ input }) => state.oidc.createToken(input))],
    [
      'POST /v1/token',
      open(signin, 'CreateOAuth2Token', ({ input, request }) =>
        state.console.createToken(input, request.header('dpop')),
      ),
    ],
    [
      'GET /federation/credentials',
      open(portal, 'GetRoleCredentials', (handling) => state.portal.getRoleCredentials(portalCall(handling))),
    ],
    [
      'GET /assignment/accounts',
      open(portal, 'ListAccounts', (handling) => state.portal.listAccounts(portalCall(handling))),
    ],
    [
      'GET /assignment/roles',
      open(portal, 'ListAccountRoles', (handling) => state.portal.listAccountRoles(portalCall(handling))),
    ],
    ['POST /logout', open(portal, 'Logout', (handling) => state.portal.logout(portalCall(handling)))],
  ]);
}

/** The name under which a request may be found in the map of operations. */
export function operationKey(request: PracticeRequest): string {
  const target = request.header('x-amz-target');
  if (target !== undefined) return target;
  const isForm = request.method === 'POST' && request.path === '/' && request.form.has('Action');
  return isForm ? (request.form.get('Action') ?? '') : `${request.method} ${request.path}`;
}
