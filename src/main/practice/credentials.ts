import { randomBytes } from 'node:crypto';
import { AwsError } from './aws-error.ts';
import type { WorldStore } from './world-store.ts';

/** Who makes a signed call. */
export interface Caller {
  readonly accountId: string;
  readonly arn: string;
  readonly userId: string;
  /** What CloudTrail names as the user: the session's or the user's name. */
  readonly userName: string;
  readonly accessKeyId: string;
  readonly permissions: readonly string[];
  readonly kind: 'IAMUser' | 'AssumedRole';
}

export interface IssuedCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expirationMs: number;
  readonly assumedRoleArn: string;
  readonly assumedRoleId: string;
}

export interface RoleSession {
  readonly accountId: string;
  readonly roleName: string;
  /** The role's name in its ARN: IAM Identity Center decorates it. */
  readonly arnRoleName: string;
  readonly sessionName: string;
  readonly expirationMs: number;
}

export interface PracticeCredentials {
  readonly issue: (session: RoleSession) => IssuedCredentials;
  /** Throws `UnrecognizedClientException` or `ExpiredTokenException` as AWS does. `nowMs` is AWS's time. */
  readonly resolve: (accessKeyId: string, sessionToken: string | undefined, nowMs: number) => Caller;
}

const wellFormed = /^\w{16,128}$/;
const idAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

const randomId = (length: number): string =>
  Array.from(randomBytes(length), (byte) => idAlphabet.charAt(byte % idAlphabet.length)).join('');

const unrecognised = (): AwsError =>
  new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.', 403);

/** Keeps the keys that the simulated SSO portal and STS gave out, and knows the world's static ones. */
export function createPracticeCredentials(world: WorldStore): PracticeCredentials {
  const issued = new Map<string, IssuedCredentials & { readonly session: RoleSession }>();

  const issue = (session: RoleSession): IssuedCredentials => {
    const accessKeyId = `ASIA${randomId(16)}`;
    const assumedRoleId = `AROA${randomId(17)}:${session.sessionName}`;
    const credentials = {
      accessKeyId,
      secretAccessKey: randomBytes(30).toString('base64'),
      sessionToken: `IQoJb3JpZ2lu${randomBytes(180).toString('base64')}`,
      expirationMs: session.expirationMs,
      assumedRoleArn: `arn:aws:sts::${session.accountId}:assumed-role/${session.arnRoleName}/${session.sessionName}`,
      assumedRoleId,
    };
    issued.set(accessKeyId, { ...credentials, session });
    return credentials;
  };

  const resolve = (accessKeyId: string, sessionToken: string | undefined, nowMs: number): Caller => {
    const { world: current } = world.view();
    const own = issued.get(accessKeyId);
    if (own) {
      if (sessionToken !== own.sessionToken) throw unrecognised();
      if (nowMs >= own.expirationMs) {
        throw new AwsError(
          'ExpiredTokenException',
          'The security token included in the request is expired',
          403,
        );
      }
      const role = current.roles.find(
        ({ accountId, name }) => accountId === own.session.accountId && name === own.session.roleName,
      );
      return {
        accountId: own.session.accountId,
        arn: own.assumedRoleArn,
        userId: own.assumedRoleId,
        userName: own.session.sessionName,
        accessKeyId,
        permissions: role?.permissions ?? [],
        kind: 'AssumedRole',
      };
    }
    const known = current.accessKeys.find((key) => key.accessKeyId === accessKeyId);
    const [seller] = current.sellers;
    if (!wellFormed.test(accessKeyId) || !seller || known?.active === false) throw unrecognised();
    const accountId = known?.accountId ?? seller.accountId;
    const userName = known?.userName ?? seller.userName;
    return {
      accountId,
      arn: `arn:aws:iam::${accountId}:user/${userName}`,
      userId: `AIDA${accessKeyId.slice(4, 21).toUpperCase().padEnd(17, '7')}`,
      userName,
      accessKeyId,
      permissions: known?.permissions ?? ['*'],
      kind: 'IAMUser',
    };
  };

  return { issue, resolve };
}

/** Throws `AccessDeniedException` naming the action, unless the caller's permissions hold it. */
export function requirePermission(caller: Caller, action: string): void {
  const allowed = caller.permissions.some(
    (permission) =>
      permission === action || (permission.endsWith('*') && action.startsWith(permission.slice(0, -1))),
  );
  if (!allowed) throw accessDenied(caller, action);
}

export const accessDenied = (caller: Caller, action: string): AwsError =>
  new AwsError(
    'AccessDeniedException',
    `User: ${caller.arn} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`,
    403,
  );
