import { AwsError } from './aws-error.ts';
import type { Caller, PracticeCredentials } from './credentials.ts';
import type { SignedCall } from './signed-call.ts';

/** GetCallerIdentity: the inner XML of its result. It needs no permission. */
export function getCallerIdentity({ caller }: SignedCall): string {
  return `<Arn>${escapeXml(caller.arn)}</Arn><UserId>${escapeXml(caller.userId)}</UserId><Account>${caller.accountId}</Account>`;
}

const maxRoleNameSession = /^[\w+=,.@-]{2,64}$/;

/** AssumeRole of one of the world's roles. MFA codes are six digits; `000000` is refused. */
export function assumeRole(
  form: URLSearchParams,
  call: SignedCall,
  credentials: PracticeCredentials,
): string {
  const roleArn = form.get('RoleArn') ?? '';
  const sessionName = form.get('RoleSessionName') ?? '';
  const seconds = Number(form.get('DurationSeconds') ?? 3600);
  if (!maxRoleNameSession.test(sessionName)) throw invalid(`roleSessionName '${sessionName}'`);
  if (!Number.isInteger(seconds) || seconds < 900 || seconds > 43_200) {
    throw invalid(`durationSeconds '${form.get('DurationSeconds')}'`);
  }
  const role = call.view.world.roles.find(
    ({ accountId, name }) => roleArn === `arn:aws:iam::${accountId}:role/${name}`,
  );
  if (!role || (role.externalId !== undefined && role.externalId !== form.get('ExternalId'))) {
    throw notAuthorized(call.caller, roleArn);
  }
  if (role.mfaSerial !== undefined) {
    const code = form.get('TokenCode');
    if (code === null || form.get('SerialNumber') !== role.mfaSerial)
      throw notAuthorized(call.caller, roleArn);
    if (!/^\d{6}$/.test(code) || code === '000000') {
      throw new AwsError(
        'AccessDenied',
        'MultiFactorAuthentication failed with invalid MFA one time pass code.',
        403,
      );
    }
  }
  const issued = credentials.issue({
    accountId: role.accountId,
    roleName: role.name,
    arnRoleName: role.name,
    sessionName,
    expirationMs: call.nowMs + Math.min(seconds * 1000, role.sessionMs),
  });
  return [
    `<AssumedRoleUser><AssumedRoleId>${escapeXml(issued.assumedRoleId)}</AssumedRoleId>`,
    `<Arn>${escapeXml(issued.assumedRoleArn)}</Arn></AssumedRoleUser>`,
    `<Credentials><AccessKeyId>${issued.accessKeyId}</AccessKeyId>`,
    `<SecretAccessKey>${escapeXml(issued.secretAccessKey)}</SecretAccessKey>`,
    `<SessionToken>${escapeXml(issued.sessionToken)}</SessionToken>`,
    `<Expiration>${new Date(issued.expirationMs).toISOString()}</Expiration></Credentials>`,
  ].join('');
}

const invalid = (what: string): AwsError =>
  new AwsError(
    'ValidationError',
    `1 validation error detected: Value at ${what} failed to satisfy constraint`,
  );

const notAuthorized = (caller: Caller, roleArn: string): AwsError =>
  new AwsError(
    'AccessDenied',
    `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
    403,
  );

export const escapeXml = (text: string): string =>
  text.replace(/[<>&'"]/g, (character) => `&#${character.charCodeAt(0)};`);

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

export function stsResult(action: string, inner: string, requestId: string): string {
  return `<${action}Response xmlns="${namespace}"><${action}Result>${inner}</${action}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`;
}

/** STS has older names for the errors that other services end in "Exception". */
const olderNames: Readonly<Record<string, string>> = {
  ExpiredTokenException: 'ExpiredToken',
  UnrecognizedClientException: 'InvalidClientTokenId',
  InvalidSignatureException: 'SignatureDoesNotMatch',
  MissingAuthenticationTokenException: 'MissingAuthenticationToken',
  IncompleteSignatureException: 'IncompleteSignature',
  AccessDeniedException: 'AccessDenied',
  ThrottlingException: 'Throttling',
};

export function stsError(error: AwsError, requestId: string): string {
  const code = olderNames[error.name] ?? error.name;
  const type = error.status >= 500 ? 'Receiver' : 'Sender';
  return `<ErrorResponse xmlns="${namespace}"><Error><Type>${type}</Type><Code>${code}</Code><Message>${escapeXml(error.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
}
