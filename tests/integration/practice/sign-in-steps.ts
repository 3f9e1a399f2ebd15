import { createHash, randomBytes } from 'node:crypto';
import { CreateTokenCommand, RegisterClientCommand } from '@aws-sdk/client-sso-oidc';
import type { StartedPractice } from './practice-fixture.ts';

export const redirectUri = 'http://127.0.0.1:53682/oauth/callback';

export async function register(practice: StartedPractice) {
  return practice.oidc().send(
    new RegisterClientCommand({
      clientName: 'Usage Desk <test>',
      clientType: 'public',
      scopes: ['sso:account:access'],
      grantTypes: ['authorization_code', 'refresh_token'],
      redirectUris: ['http://127.0.0.1/oauth/callback'],
      issuerUrl: 'https://d-9067a1c4e2.awsapps.com/start',
    }),
  );
}

/** Opens the authorize page and presses a button, as a browser would. */
export async function decide(
  practice: StartedPractice,
  clientId: string,
  challenge: string,
  decision: string,
) {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    state: 'state-1',
    code_challenge_method: 'S256',
    code_challenge: challenge,
    scopes: 'sso:account:access',
  });
  const page = await fetch(`${practice.url}/authorize?${query}`);
  const html = await page.text();
  const request = /name="request" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const answer = await fetch(`${practice.url}/authorize/decision`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: practice.url },
    body: new URLSearchParams({ request, decision }),
  });
  return { page, html, request, answer, location: new URL(answer.headers.get('location') ?? 'about:blank') };
}

export async function signIn(practice: StartedPractice) {
  const client = await register(practice);
  const codeVerifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(codeVerifier).digest('base64url');
  const { location, html, page } = await decide(practice, client.clientId ?? '', challenge, 'allow');
  const exchange = (over: object = {}) =>
    practice.oidc().send(
      new CreateTokenCommand({
        clientId: client.clientId,
        clientSecret: client.clientSecret,
        grantType: 'authorization_code',
        code: location.searchParams.get('code') ?? '',
        codeVerifier,
        redirectUri,
        ...over,
      }),
    );
  return { client, location, html, page, exchange };
}
