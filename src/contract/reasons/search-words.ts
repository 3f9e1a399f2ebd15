/**
 * By what else a reason is looked for: AWS's names of the error, words of its message, and what a person sees. Searched, never shown.
 * Names: https://docs.aws.amazon.com/marketplace/latest/APIReference/API_marketplace-metering_BatchMeterUsage.html and
 * https://docs.aws.amazon.com/marketplace/latest/APIReference/CommonErrors.html
 */
import type { ReasonCode } from '../reason-codes.ts';

export const searchWords: Partial<Record<ReasonCode, string>> = {
  'customer-not-subscribed':
    'CustomerNotSubscribed CustomerNotEntitledException not honoured no active subscription unsubscribed suspended',
  'duplicate-record': 'DuplicateRecord DuplicateRequestException already reported submitted twice same hour',
  'not-processed': 'UnprocessedRecords unprocessed left over',
  'unrecognised-answer': 'new status word unknown status',
  'invalid-usage-dimension':
    'InvalidUsageDimensionException the usage dimension does not match one of the UsageDimensions associated with products wrong dimension typo capitals',
  'timestamp-out-of-bounds':
    'TimestampOutOfBoundsException the timestamp value passed in the UsageRecord is out of allowed range too old too late yesterday last month',
  'invalid-license': 'InvalidLicenseException LicenseArn license renewal',
  'invalid-customer':
    'InvalidCustomerIdentifierException CustomerIdentifier CustomerAWSAccountId wrong account id buyer',
  'invalid-product-code': 'InvalidProductCodeException ProductCode prod-',
  'invalid-tag': 'InvalidTagException TooManyTagsException vendor tag',
  'invalid-allocations': 'InvalidUsageAllocationsException UsageAllocations sum',
  throttled: 'ThrottlingException TooManyRequestsException rate exceeded too many requests slow',
  'aws-unavailable': 'InternalServiceErrorException InternalFailure ServiceUnavailable 500 503 outage',
  'region-disabled': 'DisabledApiException region not supported',
  'outcome-unknown': 'timeout timed out RequestTimeout ECONNRESET connection lost no answer crash stuck',
  'bad-request':
    'ValidationException ValidationError SerializationException RequestEntityTooLargeException malformed 400',
  'aws-refused': 'AWS said unknown error name new exception unrecognised refusal',
  'not-allowed':
    'AccessDeniedException AccessDenied is not authorized to perform BatchMeterUsage NotAuthorized OptInRequired permission policy IAM service control policy boundary explicit deny 403',
  'sign-in-expired':
    'ExpiredTokenException the security token included in the request is expired token has expired session',
  'session-revoked': 'UnauthorizedException session token not found or invalid revoked logged out',
  'role-not-assigned': 'ForbiddenException no access permission set assignment',
  'unknown-credentials':
    'UnrecognizedClientException InvalidClientTokenId the security token included in the request is invalid access key deactivated',
  'clock-wrong':
    'InvalidSignatureException SignatureDoesNotMatch RequestExpired RequestTimeTooSkewed signature expired time skew clock',
  offline: 'ENOTFOUND ECONNREFUSED EAI_AGAIN ETIMEDOUT network internet VPN DNS',
  'endpoint-not-allowed': 'AWS_ENDPOINT_URL endpoint_url override redirect localhost acknowledge',
  'network-setting': 'HTTPS_PROXY AWS_CA_BUNDLE ca_bundle NODE_EXTRA_CA_CERTS PEM socks',
  proxy: 'HTTPS_PROXY NO_PROXY 407 proxy authentication required',
  certificate:
    'SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_VERIFY_LEAF_SIGNATURE CERT_HAS_EXPIRED TLS SSL AWS_CA_BUNDLE NODE_EXTRA_CA_CERTS ca_bundle',
  'wrong-account': 'different seller account other profile',
  'sign-in-pending': 'AuthorizationPendingException authorization_pending',
  'sign-in-slow-down': 'SlowDownException slow_down',
  'sign-in-code-expired': 'ExpiredTokenException expired_token device code',
  'sign-in-denied': 'AccessDeniedException access_denied denied',
  'sign-in-invalid-grant': 'InvalidGrantException invalid_grant refresh token',
  'sign-in-invalid-client': 'InvalidClientException UnauthorizedClientException invalid_client',
  'contract-ended': 'cancelled expired terminated agreement',
  'not-a-saas-product': 'AMI container machine learning professional services RegisterUsage MeterUsage',
  'no-metered-dimension': 'contract without consumption nothing to meter',
  'dimension-not-metered': 'entitled prepaid GetEntitlements',
  'too-old': 'six hours 24 hours yesterday late window',
  'month-closed': 'last month invoice',
  'hour-taken': 'duplicate same hour locked',
  'mixed-scheme': 'double billing license product code',
  'other-region': 'double billing region',
  'quantity-not-whole': 'decimal fraction 1.5',
  'quantity-negative': 'refund credit correction minus',
  'zero-without-statement': 'report zero 0 usage',
  'window-missed': 'too late deadline lost revenue never sent',
  'decided-not-recorded': 'decision decided by hand CloudTrail no answer unknown settled',
};
