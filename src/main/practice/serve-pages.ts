import { AwsError } from './aws-error.ts';
import type { PracticeRequest } from './practice-request.ts';
import type { PracticeState } from './practice-state.ts';
import type { Reply } from './serve-operation.ts';
import { authorizePage, deviceCodePage, devicePage, messagePage, type SignInPage } from './sign-in-pages.ts';

const htmlReply = (page: SignInPage, status = 200): Reply => ({
  kind: 'answer',
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': page.contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    // Not "no-referrer": it would make a form's Origin "null".
    'referrer-policy': 'same-origin',
  },
  body: page.html,
});

/** The pages of the simulated sign-in; undefined for any other request. */
export function servePage(state: PracticeState, request: PracticeRequest): Reply | undefined {
  try {
    return route(state, request);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return htmlReply(messagePage('This sign-in can’t go on', error.message), 400);
  }
}

function route(state: PracticeState, request: PracticeRequest): Reply | undefined {
  const { world } = state.world.view();
  const accounts = world.sellers.map(({ accountId, name }) => `${accountId} (${name})`);
  const { oidc } = state;
  switch (`${request.method} ${request.path}`) {
    case 'GET /authorize': {
      const opened = oidc.openAuthorize(request.query);
      return htmlReply(
        authorizePage(world.signIn, {
          clientName: opened.registration.clientName,
          accounts,
          requestId: opened.id,
          callbackOrigin: new URL(opened.redirectUri).origin,
        }),
      );
    }
    case 'POST /authorize/decision': {
      const location = oidc.decideAuthorize(request.form.get('request') ?? '', allows(request));
      return { kind: 'answer', status: 303, headers: { location, 'cache-control': 'no-store' }, body: '' };
    }
    case 'GET /device': {
      const userCode = request.query.get('user_code');
      if (userCode === null) return htmlReply(deviceCodePage());
      const waiting = oidc.deviceByUserCode(userCode);
      if (!waiting)
        return htmlReply(messagePage('Unknown code', 'This code is unknown or has run out.'), 404);
      return htmlReply(devicePage(world.signIn, { ...waiting, accounts, userCode }));
    }
    case 'POST /device/decision': {
      const allow = allows(request);
      oidc.decideDevice(request.form.get('user_code') ?? '', allow);
      return htmlReply(
        allow
          ? messagePage('Signed in', 'You can close this page and go back to the application.')
          : messagePage('Refused', 'The application was not signed in. You can close this page.'),
      );
    }
    default:
      return undefined;
  }
}

function allows({ form }: PracticeRequest): boolean {
  const decision = form.get('decision');
  if (decision === 'allow') return true;
  if (decision === 'deny') return false;
  throw new AwsError('InvalidRequestException', 'Choose Allow or Deny.');
}
