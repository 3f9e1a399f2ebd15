import {
  GetRoleCredentialsCommand,
  ListAccountRolesCommand,
  ListAccountsCommand,
  LogoutCommand,
} from '@aws-sdk/client-sso';
import {
  CreateTokenCommand,
  RegisterClientCommand,
  StartDeviceAuthorizationCommand,
} from '@aws-sdk/client-sso-oidc';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { failure, noon, startAt } from './practice-fixture.ts';
import { decide, redirectUri, register, signIn } from './sign-in-steps.ts';

const firstSeller = '482913607251';

describe('authorization code with PKCE', () => {
  test('the page says that it is simulated, who signs in, and has two buttons under a strict policy', async () => {
    const practice = await startAt(noon);
    const { html, page } = await signIn(practice);
    expect(html).toContain('This is a simulated sign-in.');
    expect(html).toContain('Ines Falk');
    expect(html).toMatch(/<button[^>]*value="allow">Allow<\/button><button[^>]*value="deny">Deny</);
    expect(html).toContain('Usage Desk &#60;test&#62;');
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self' http://127.0.0.1:53682;");
  });

  test('Allow leads back with code and state; the code is good once and for its verifier only', async () => {
    const practice = await startAt(noon);
    const { location, exchange } = await signIn(practice);
    expect(`${location.origin}${location.pathname}`).toBe(redirectUri);
    expect(location.searchParams.get('state')).toBe('state-1');
    expect((await failure(exchange({ codeVerifier: 'x'.repeat(43) }))).name).toBe('InvalidGrantException');
    expect((await failure(exchange({ redirectUri: `${redirectUri}2` }))).name).toBe('InvalidGrantException');
    expect((await failure(exchange({ clientSecret: 'wrong' }))).name).toBe('InvalidClientException');
    const token = await exchange();
    expect(token).toMatchObject({ tokenType: 'Bearer', expiresIn: 3600, refreshToken: expect.any(String) });
    expect((await failure(exchange())).name).toBe('InvalidGrantException');
  });

  test('Deny leads back with access_denied, and the request can’t be decided twice', async () => {
    const practice = await startAt(noon);
    const { clientId } = await register(practice);
    const { location, request } = await decide(practice, clientId ?? '', 'a'.repeat(43), 'deny');
    expect(location.searchParams.get('error')).toBe('access_denied');
    expect(location.searchParams.get('state')).toBe('state-1');
    const again = await fetch(`${practice.url}/authorize/decision`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ request, decision: 'allow' }),
    });
    expect(again.status).toBe(400);
  });

  test.each([
    ['another host', { redirect_uri: 'http://evil.example/oauth/callback' }],
    ['another path', { redirect_uri: 'http://127.0.0.1:53682/elsewhere' }],
    ['no PKCE', { code_challenge_method: 'plain' }],
    ['an unknown client', { client_id: 'nobody' }],
    ['another response type', { response_type: 'token' }],
  ])('%s is refused on the page itself, without a redirect', async (_, over) => {
    const practice = await startAt(noon);
    const { clientId } = await register(practice);
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: clientId ?? '',
      redirect_uri: redirectUri,
      state: 's',
      code_challenge_method: 'S256',
      code_challenge: 'a'.repeat(43),
      ...over,
    });
    const page = await fetch(`${practice.url}/authorize?${query}`, { redirect: 'manual' });
    expect(page.status).toBe(400);
    expect(page.headers.get('location')).toBeNull();
    expect(await page.text()).not.toContain('evil.example');
  });

  test('only the loopback callback without a port can be registered', async () => {
    const practice = await startAt(noon);
    const command = new RegisterClientCommand({
      clientName: 'x',
      clientType: 'public',
      redirectUris: ['http://localhost/oauth/callback'],
    });
    expect((await failure(practice.oidc().send(command))).name).toBe('InvalidRedirectUriException');
  });
});

describe('device code', () => {
  test('is pending, slowed down, allowed, and then used', async () => {
    const practice = await startAt(noon);
    await practice.steer('PUT', 'world/signIn', { pollIntervalSeconds: 5 });
    const { clientId, clientSecret } = await register(practice);
    const start = new StartDeviceAuthorizationCommand({
      clientId,
      clientSecret,
      startUrl: 'https://d-9067a1c4e2.awsapps.com/start',
    });
    const started = await practice.oidc().send(start);
    expect(started).toMatchObject({ interval: 5, expiresIn: 600 });
    const poll = () =>
      practice.oidc().send(
        new CreateTokenCommand({
          clientId,
          clientSecret,
          grantType: 'urn:ietf:params:oauth:grant-type:device_code',
          deviceCode: started.deviceCode,
        }),
      );
    const tick = (seconds: number) => practice.steer('PUT', 'clock', { mode: 'skew', ms: seconds * 1000 });
    expect((await failure(poll())).name).toBe('AuthorizationPendingException');
    expect((await failure(poll())).name).toBe('SlowDownException');
    const page = await fetch(started.verificationUriComplete ?? '');
    expect(await page.text()).toContain(started.userCode);
    await fetch(`${practice.url}/device/decision`, {
      method: 'POST',
      body: new URLSearchParams({ user_code: started.userCode ?? '', decision: 'allow' }),
    });
    await tick(6);
    expect(await poll()).toMatchObject({ accessToken: expect.any(String) });
    await tick(12);
    expect((await failure(poll())).name).toBe('InvalidGrantException');
  });

  test('a refusal and the end of its time are told apart', async () => {
    const practice = await startAt(noon);
    const { clientId, clientSecret } = await register(practice);
    const begin = () => {
      const startUrl = 'https://d-9067a1c4e2.awsapps.com/start';
      return practice.oidc().send(new StartDeviceAuthorizationCommand({ clientId, clientSecret, startUrl }));
    };
    const poll = (deviceCode: string | undefined) => {
      const grantType = 'urn:ietf:params:oauth:grant-type:device_code';
      return failure(
        practice.oidc().send(new CreateTokenCommand({ clientId, clientSecret, grantType, deviceCode })),
      );
    };
    const denied = await begin();
    const late = await begin();
    await fetch(`${practice.url}/device/decision`, {
      method: 'POST',
      body: new URLSearchParams({ user_code: denied.userCode ?? '', decision: 'deny' }),
    });
    expect((await poll(denied.deviceCode)).name).toBe('AccessDeniedException');
    await practice.steer('PUT', 'clock', { mode: 'skew', ms: 601_000 });
    expect((await poll(late.deviceCode)).name).toBe('ExpiredTokenException');
  });
});

describe('the portal', () => {
  test('lists accounts and roles, gives role credentials, and refuses what is not assigned', async () => {
    const practice = await startAt(noon);
    const { accessToken } = await (await signIn(practice)).exchange();
    const portal = practice.portal();
    const accounts = await portal.send(new ListAccountsCommand({ accessToken }));
    expect(accounts.accountList?.map(({ accountId }) => accountId)).toEqual([firstSeller, '716024958833']);
    const roles = await portal.send(new ListAccountRolesCommand({ accessToken, accountId: firstSeller }));
    expect(roles.roleList?.map(({ roleName }) => roleName)).toContain('MarketplaceMetering');
    const given = async (roleName: string) =>
      portal.send(new GetRoleCredentialsCommand({ accessToken, accountId: firstSeller, roleName }));
    const { roleCredentials } = await given('MarketplaceMetering');
    const identity = await practice
      .sts({
        accessKeyId: roleCredentials?.accessKeyId ?? '',
        secretAccessKey: roleCredentials?.secretAccessKey ?? '',
        sessionToken: roleCredentials?.sessionToken ?? '',
      })
      .send(new GetCallerIdentityCommand({}));
    expect(identity.Arn).toMatch(
      /^arn:aws:sts::482913607251:assumed-role\/AWSReservedSSO_MarketplaceMetering_[0-9a-f]{16}\/ines\.falk@/,
    );
    expect(await failure(given('UsageReporter'))).toMatchObject({
      name: 'ForbiddenException',
      message: 'No access',
      status: 403,
    });
  });

  test('a token ends by its time, by sign-out and by an administrator; a refresh token renews it', async () => {
    const practice = await startAt(noon);
    const { client, exchange } = await signIn(practice);
    const first = await exchange();
    const list = (accessToken: string | undefined) =>
      failure(practice.portal().send(new ListAccountsCommand({ accessToken })));
    const refresh = () =>
      practice.oidc().send(
        new CreateTokenCommand({
          clientId: client.clientId,
          clientSecret: client.clientSecret,
          grantType: 'refresh_token',
          refreshToken: first.refreshToken,
        }),
      );
    await practice.steer('PUT', 'clock', { mode: 'skew', ms: 3_601_000 });
    expect(await list(first.accessToken)).toMatchObject({ name: 'UnauthorizedException', status: 401 });
    const second = await refresh();
    expect((await list(second.accessToken)).name).toBe('(none)');
    await practice.portal().send(new LogoutCommand({ accessToken: second.accessToken }));
    expect((await list(second.accessToken)).name).toBe('UnauthorizedException');
    expect((await failure(refresh())).name).toBe('InvalidGrantException');
    const third = await (await signIn(practice)).exchange();
    await practice.steer('DELETE', 'sign-ins');
    expect((await list(third.accessToken)).name).toBe('UnauthorizedException');
  });

  test('a world may give no refresh tokens and short sessions', async () => {
    const practice = await startAt(noon);
    await practice.steer('PUT', 'world/signIn', { refreshTokens: false, sessionMs: 120_000 });
    const token = await (await signIn(practice)).exchange();
    expect(token.refreshToken).toBeUndefined();
    expect(token.expiresIn).toBeLessThanOrEqual(120);
  });
});
