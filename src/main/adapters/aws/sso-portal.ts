/** AWS's access portal: what a signed-in person may use, and the end of their sign-in. */
import {
  LogoutCommand,
  paginateListAccountRoles,
  paginateListAccounts,
  SSOClient,
} from '@aws-sdk/client-sso';
import type { SetupAccount } from '../../../contract/profile-setup.ts';
import type { Result } from '../../../contract/result.ts';
import { applicationId, learnsClock } from './aws-environment.ts';
import { asResult, type ErrorContext } from './aws-errors.ts';
import type { Network } from './network.ts';
import type { SsoTarget } from './sso-oidc.ts';
import type { TokenFile } from './sso-token-cache.ts';

export interface SsoPortal {
  /** Every account in which the person has a role, by name. */
  readonly accounts: (signal: AbortSignal) => Promise<Result<readonly SetupAccount[]>>;
  readonly roles: (accountId: string, signal: AbortSignal) => Promise<Result<readonly string[]>>;
  /** Ends the sign-in at AWS. Role credentials that were given out hold until their own end. */
  readonly logout: () => Promise<Result<void>>;
}

const pageSize = 100;

/** The portal as the holder of `token`. The token goes to AWS's portal of the Region and nowhere else. */
export function createSsoPortal(
  network: Network,
  { region, caBundle }: Pick<SsoTarget, 'region' | 'caBundle'>,
  token: TokenFile,
  context: () => ErrorContext,
): SsoPortal {
  const { accessToken } = token;
  const withClient = <T>(run: (client: SSOClient) => Promise<T>): Promise<Result<T>> =>
    asResult(context, async () => {
      const client = new SSOClient({
        region,
        userAgentAppId: applicationId,
        ...learnsClock,
        requestHandler: network.handler(caBundle),
      });
      try {
        return await run(client);
      } finally {
        client.destroy();
      }
    });
  return {
    accounts: (signal) =>
      withClient(async (client) => {
        const found: SetupAccount[] = [];
        const pages = paginateListAccounts({ client, pageSize }, { accessToken }, { abortSignal: signal });
        for await (const { accountList = [] } of pages) {
          for (const { accountId, accountName, emailAddress } of accountList) {
            if (accountId === undefined) continue;
            found.push({ accountId, name: accountName ?? null, email: emailAddress ?? null });
          }
        }
        return found.sort((a, b) => (a.name ?? a.accountId).localeCompare(b.name ?? b.accountId));
      }),
    roles: (accountId, signal) =>
      withClient(async (client) => {
        const found: string[] = [];
        const input = { accessToken, accountId };
        const pages = paginateListAccountRoles({ client, pageSize }, input, { abortSignal: signal });
        for await (const { roleList = [] } of pages) {
          found.push(...roleList.flatMap(({ roleName }) => (roleName === undefined ? [] : [roleName])));
        }
        return found.sort((a, b) => a.localeCompare(b));
      }),
    logout: () =>
      withClient(async (client) => {
        await client.send(new LogoutCommand({ accessToken }));
      }),
  };
}
