import { randomBytes } from 'node:crypto';
import { lifeOf } from './agreement-life.ts';
import { agreementFields, invalidInput, readMaxResults } from './agreement-search.ts';
import { AwsError } from './aws-error.ts';
import { epochSeconds, isObject, type JsonObject, member } from './aws-json.ts';
import { cutPage } from './paging.ts';
import type { SignedCall } from './signed-call.ts';
import type { WorldAgreement } from './world-schema.ts';

/** The agreement that a read names, if the caller is a party of it. */
function agreementOf(input: JsonObject, { view, caller }: SignedCall): WorldAgreement {
  const agreementId = member.text(input, 'agreementId');
  if (agreementId === undefined) {
    throw invalidInput('MISSING_AGREEMENT_ID', 'The agreementId is required.', 'agreementId');
  }
  if (!/^[A-Za-z0-9_/-]{1,64}$/.test(agreementId)) {
    throw invalidInput('INVALID_AGREEMENT_ID', `The agreementId ${agreementId} is invalid.`, 'agreementId');
  }
  const agreement = view.agreement(agreementId);
  const isParty =
    agreement?.proposerAccountId === caller.accountId || agreement?.acceptorAccountId === caller.accountId;
  if (agreement && isParty) return agreement;
  throw new AwsError('ResourceNotFoundException', `The agreement ${agreementId} was not found.`, 404, {
    resourceId: agreementId,
    resourceType: 'Agreement',
  });
}

/** https://docs.aws.amazon.com/marketplace/latest/APIReference/API_marketplace-agreements_DescribeAgreement.html */
export function describeAgreement(input: JsonObject, call: SignedCall): JsonObject {
  const agreement = agreementOf(input, call);
  const { endTimeBehaviorType, endTimeBehaviorReasonCode } = agreement;
  return {
    ...agreementFields(agreement, call.nowMs),
    estimatedCharges: { currencyCode: agreement.currencyCode, agreementValue: agreement.agreementValue },
    ...(endTimeBehaviorType
      ? {
          endTimeBehavior: {
            type: endTimeBehaviorType,
            ...(endTimeBehaviorReasonCode ? { reasonCode: endTimeBehaviorReasonCode } : {}),
          },
        }
      : {}),
  };
}

/** https://docs.aws.amazon.com/marketplace/latest/APIReference/API_marketplace-agreements_GetAgreementTerms.html */
export function getAgreementTerms(input: JsonObject, call: SignedCall): JsonObject {
  const agreement = agreementOf(input, call);
  const page = cutPage(agreement.terms, pageOf(input, call, agreement));
  return {
    acceptedTerms: page.items.map((term) => withEpochSeconds(term)),
    ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }),
  };
}

/** https://docs.aws.amazon.com/marketplace/latest/APIReference/API_marketplace-agreements_GetAgreementEntitlements.html */
export function getAgreementEntitlements(input: JsonObject, call: SignedCall): JsonObject {
  const agreement = agreementOf(input, call);
  const { startMs, status } = lifeOf(agreement, call.nowMs);
  const started = startMs <= call.nowMs;
  const state =
    status !== 'ACTIVE'
      ? { status: 'DEPROVISIONED', statusReasonCode: 'AGREEMENT_INACTIVE' }
      : started
        ? { status: 'PROVISIONED', statusReasonCode: 'AGREEMENT_ACTIVE' }
        : { status: 'SCHEDULED', statusReasonCode: 'FUTURE_START_DATE' };
  const all = agreement.licenseArns.map((licenseArn, index) => ({
    licenseArn,
    resource: { id: agreement.productId, type: agreement.resourceType },
    type: index === 0 ? 'AWS::Marketplace::Usage' : 'AWS::Marketplace::Discount',
    ...state,
    registrationToken: randomBytes(48).toString('base64url'),
  }));
  const page = cutPage(all, pageOf(input, call, agreement));
  return {
    agreementEntitlements: page.items,
    ...(page.nextToken === undefined ? {} : { nextToken: page.nextToken }),
  };
}

const pageOf = (input: JsonObject, call: SignedCall, { agreementId }: WorldAgreement) => ({
  question: agreementId,
  nextToken: member.text(input, 'nextToken'),
  maxResults: readMaxResults(input),
  emptyPage: call.emptyPage,
  onBadToken: () => invalidInput('INVALID_NEXT_TOKEN', 'The nextToken is invalid.', 'nextToken'),
});

const instantKeys = new Set(['agreementStartDate', 'agreementEndDate', 'chargeDate']);

/** The world keeps instants as ISO texts; the wire has epoch seconds. */
function withEpochSeconds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withEpochSeconds);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      instantKeys.has(key) && typeof inner === 'string' ? epochSeconds(inner) : withEpochSeconds(inner),
    ]),
  );
}
