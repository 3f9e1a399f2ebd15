import { CreateTokenCommand } from '@aws-sdk/client-sso-oidc';
import { err, ok, type Result } from '../../../contract/result.ts';
import { type ErrorContext, toAppError } from './aws-errors.ts';
import { type AuthorizationDeps, causeOf, createOidcClient, type SsoTarget } from './sso-oidc.ts';
import { cliInstant, type TokenFile } from './sso-token-cache.ts';

/**
 * Renews a token by its refresh token. Null when it can't be renewed that way any more and a new sign-in is needed; an error
 * when AWS could not be asked.
 */
export async function refreshToken(
  deps: Pick<AuthorizationDeps, 'network'>,
  target: Pick<SsoTarget, 'region' | 'caBundle'>,
  token: TokenFile,
  options: { readonly signal?: AbortSignal; readonly context: ErrorContext },
): Promise<Result<TokenFile | null>> {
  const { clientId, clientSecret } = token;
  if (token.refreshToken === undefined || clientId === undefined || clientSecret === undefined)
    return ok(null);
  const client = createOidcClient(deps.network, target);
  try {
    const fresh = await client.send(
      new CreateTokenCommand({
        clientId,
        clientSecret,
        grantType: 'refresh_token',
        refreshToken: token.refreshToken,
      }),
      options.signal === undefined ? {} : { abortSignal: options.signal },
    );
    if (fresh.accessToken === undefined || fresh.expiresIn === undefined) return ok(null);
    return ok({
      ...token,
      accessToken: fresh.accessToken,
      expiresAt: cliInstant(Date.now() + fresh.expiresIn * 1000),
      // AWS may hand out the next refresh token; where it doesn't, the old one stays good.
      refreshToken: fresh.refreshToken ?? token.refreshToken,
    });
  } catch (cause) {
    options.signal?.throwIfAborted();
    return causeOf(cause) === null ? err(toAppError(cause, options.context)) : ok(null);
  } finally {
    client.destroy();
  }
}
