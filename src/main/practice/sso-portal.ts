import { AwsError } from './aws-error.ts';
import type { JsonObject } from './aws-json.ts';
import type { PracticeCredentials } from './credentials.ts';
import { cutPage } from './paging.ts';
import type { SignInSession, SignInSessions } from './sign-in-sessions.ts';
import type { World, WorldRole } from './world-schema.ts';

export interface SsoPortalDeps {
  readonly sessions: SignInSessions;
  readonly credentials: PracticeCredentials;
  readonly nowMs: () => number;
  readonly world: () => World;
}

interface PortalCall {
  readonly bearer: string | undefined;
  readonly query: URLSearchParams;
}

const invalidRequest = (why: string): AwsError => new AwsError('InvalidRequestException', why);

/** The access portal of IAM Identity Center: accounts, roles, role credentials, sign-out. */
export function createSsoPortal({ sessions, credentials, nowMs, world }: SsoPortalDeps) {
  const sessionOf = ({ bearer }: PortalCall): SignInSession => {
    const session = bearer === undefined ? undefined : sessions.byAccessToken(bearer, nowMs());
    if (session) return session;
    throw new AwsError('UnauthorizedException', 'Session token not found or invalid', 401);
  };
  const assigned = (accountId: string): readonly WorldRole[] =>
    world().roles.filter((role) => role.assigned && role.accountId === accountId);
  const pageOf = <T>(items: readonly T[], { query }: PortalCall) =>
    cutPage(items, {
      question: items.length,
      nextToken: query.get('next_token') ?? undefined,
      maxResults: Math.min(100, Math.max(1, Number(query.get('max_result') ?? 20) || 20)),
      emptyPage: false,
      onBadToken: () => invalidRequest('The next token is invalid.'),
    });

  return {
    getRoleCredentials: (call: PortalCall): JsonObject => {
      sessionOf(call);
      const accountId = call.query.get('account_id') ?? '';
      const roleName = call.query.get('role_name') ?? '';
      if (!accountId || !roleName) throw invalidRequest('account_id and role_name are required.');
      const role = assigned(accountId).find(({ name }) => name === roleName);
      if (!role) throw new AwsError('ForbiddenException', 'No access', 403);
      const issued = credentials.issue({
        accountId,
        roleName,
        arnRoleName: `AWSReservedSSO_${roleName}_${suffixOf(accountId, roleName)}`,
        sessionName: world().signIn.personEmail,
        // Role credentials outlive a sign-out, but are not given for longer than the role's own session.
        expirationMs: nowMs() + role.sessionMs,
      });
      return {
        roleCredentials: {
          accessKeyId: issued.accessKeyId,
          secretAccessKey: issued.secretAccessKey,
          sessionToken: issued.sessionToken,
          expiration: issued.expirationMs,
        },
      };
    },
    listAccounts: (call: PortalCall): JsonObject => {
      sessionOf(call);
      const accounts = world()
        .sellers.filter(({ accountId }) => assigned(accountId).length > 0)
        .map(({ accountId, name, email }) => ({ accountId, accountName: name, emailAddress: email }));
      const page = pageOf(accounts, call);
      return { accountList: page.items, ...(page.nextToken ? { nextToken: page.nextToken } : {}) };
    },
    listAccountRoles: (call: PortalCall): JsonObject => {
      sessionOf(call);
      const accountId = call.query.get('account_id') ?? '';
      const found = assigned(accountId).map(({ name }) => ({ roleName: name, accountId }));
      if (found.length === 0) throw new AwsError('ForbiddenException', 'No access', 403);
      const page = pageOf(found, call);
      return { roleList: page.items, ...(page.nextToken ? { nextToken: page.nextToken } : {}) };
    },
    logout: (call: PortalCall): JsonObject => {
      sessionOf(call).revoked = true;
      return {};
    },
  };
}

/** Sixteen hex digits that stay the same for a role, as in the names IAM Identity Center gives. */
function suffixOf(accountId: string, roleName: string): string {
  let hash = 0n;
  for (const character of `${accountId}/${roleName}`) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(character.charCodeAt(0))) * 1_099_511_628_211n + 7n);
  }
  return hash.toString(16).padStart(16, '0');
}

export type SsoPortal = ReturnType<typeof createSsoPortal>;
