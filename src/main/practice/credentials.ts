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

export interface IssuedKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expirationMs: number;
}

export interface IssuedCredentials extends IssuedKeys {
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

export interface UserSession {
  readonly accountId: string;
  readonly userName: string;
  readonly expirationMs: number;
}

export interface PracticeCredentials {
  readonly issue: (session: RoleSession) => IssuedCredentials;
  /** Temporary keys of a user, as a console sign-in gives them. */
  readonly issueToUser: (session: UserSession) => IssuedKeys;
  /** Throws `UnrecognizedClientException` or `ExpiredTokenException` as AWS does. `nowMs` is AWS's time. */
  readonly resolve: (accessKeyId: string, sessionToken: string | undefined, nowMs: number) => Caller;
}

const wellFormed = /^\w{16,128}$/;
const idAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

const randomId = (length: number): string =>
  Array.from(randomBytes(length), (byte) => idAlphabet.charAt(byte % idAlphabet.length)).join('');

const unrecognised = (): AwsError =>
  new AwsError('UnrecognizedClientException', 'The security token included in the request is invalid.', 403);

/** Keeps the keys that the simulated SSO portal, STS and the console's sign-in gave out, and knows the world's static ones. */
export function createPracticeCredentials(world: WorldStore): PracticeCredentials {
  /** With the holder as the world says at the moment of the call. */
  const issued = new Map<string, IssuedKeys & { readonly holder: () => Caller }>();

  const newKeys = (expirationMs: number): IssuedKeys => ({
    accessKeyId: `ASIA${randomId(16)}`,
    secretAccessKey: randomBytes(30).toString('base64'),
    sessionToken: `IQoJb3JpZ2lu${randomBytes(180).toString('base64')}`,
    expirationMs,
  });

  const issue = (session: RoleSession): IssuedCredentials => {
    const keys = newKeys(session.expirationMs);
    const { accountId, roleName, arnRoleName, sessionName } = session;
    const assumedRoleId = `AROA${randomId(17)}:${sessionName}`;
    const assumedRoleArn = `arn:aws:sts::${accountId}:assumed-role/${arnRoleName}/${sessionName}`;
    const holder = (): Caller => {
      const { roles } = world.view().world;
      const role = roles.find((one) => one.accountId === accountId && one.name === roleName);
      return {
        ...{ accountId, arn: assumedRoleArn, userId: assumedRoleId, userName: sessionName },
        ...{ accessKeyId: keys.accessKeyId, permissions: role?.permissions ?? [], kind: 'AssumedRole' },
      };
    };
    issued.set(keys.accessKeyId, { ...keys, holder });
    return { ...keys, assumedRoleArn, assumedRoleId };
  };

  const issueToUser = ({ accountId, userName, expirationMs }: UserSession): IssuedKeys => {
    const keys = newKeys(expirationMs);
    const userId = `AIDA${randomId(17)}`;
    const holder = (): Caller => {
      const { accessKeys } = world.view().world;
      const known = accessKeys.find((key) => key.accountId === accountId && key.userName === userName);
      return {
        ...{ accountId, arn: `arn:aws:iam::${accountId}:user/${userName}`, userId, userName },
        ...{ accessKeyId: keys.accessKeyId, permissions: known?.permissions ?? ['*'], kind: 'IAMUser' },
      };
    };
    issued.set(keys.accessKeyId, { ...keys, holder });
    return keys;
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
      return own.holder();
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

  return { issue, issueToUser, resolve };
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
