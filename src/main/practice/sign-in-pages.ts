import { createHash } from 'node:crypto';

/** An HTML page with the headers it must be served with. */
export interface SignInPage {
  readonly html: string;
  readonly contentSecurityPolicy: string;
}

const style = `
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f4f4f6;color:#16191f}
main{max-width:34rem;margin:8vh auto;padding:2rem;background:#fff;border:1px solid #8d99a8;border-radius:12px}
h1{font-size:1.5rem;margin:0 0 1rem}
.note{border-inline-start:6px solid #b35900;background:#fff3e0;color:#3d2200;padding:.75rem 1rem;margin:0 0 1.25rem}
dt{font-weight:600}dd{margin:0 0 .75rem}
form{display:flex;gap:.75rem;flex-wrap:wrap;align-items:end}
button{font:inherit;font-weight:600;padding:.5rem 1.5rem;border-radius:20px;border:2px solid #0a4fb3;background:#fff;color:#0a4fb3;cursor:pointer}
button.primary{background:#0a4fb3;color:#fff}
button:focus-visible,input:focus-visible{outline:3px solid #b35900;outline-offset:2px}
input{font:inherit;padding:.4rem;border:1px solid #5f6b7a;border-radius:6px}
@media(prefers-color-scheme:dark){body{background:#0f141a;color:#e9ebed}main{background:#192534;border-color:#5f6b7a}
button{background:#192534;color:#8fc1ff;border-color:#8fc1ff}button.primary{background:#8fc1ff;color:#0f141a}}
`;

const styleHash = createHash('sha256').update(style).digest('base64');

const escapeHtml = (text: string): string =>
  text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** `formTargets`: origins that a form may lead to, redirects after submitting included. */
function page(title: string, body: string, formTargets: string): SignInPage {
  return {
    html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><link rel="icon" href="data:,"><style>${style}</style></head><body><main>${body}</main></body></html>`,
    contentSecurityPolicy: `default-src 'none'; img-src data:; style-src 'sha256-${styleHash}'; form-action ${formTargets}; base-uri 'none'; frame-ancestors 'none'`,
  };
}

const note =
  '<p class="note"><strong>This is a simulated sign-in.</strong> It is part of the practice AWS on this computer. No password is asked for, and nothing here reaches AWS.</p>';

const buttons =
  '<button class="primary" name="decision" value="allow">Allow</button><button name="decision" value="deny">Deny</button>';

interface Person {
  readonly personName: string;
  readonly personEmail: string;
}

const facts = (person: Person, clientName: string, accounts: readonly string[]): string =>
  `<dl><dt>Who signs in</dt><dd>${escapeHtml(person.personName)} (${escapeHtml(person.personEmail)})</dd><dt>Application</dt><dd>${escapeHtml(clientName)}</dd><dt>It may use these accounts</dt><dd>${accounts.map(escapeHtml).join('<br>')}</dd></dl>`;

/** The page that asks whether an application may sign in, with its two buttons. */
export function authorizePage(
  person: Person,
  details: {
    readonly clientName: string;
    readonly accounts: readonly string[];
    readonly requestId: string;
    readonly callbackOrigin: string;
  },
): SignInPage {
  return page(
    'Allow access? Practice AWS',
    `<h1>Allow ${escapeHtml(details.clientName)} to sign in?</h1>${note}${facts(person, details.clientName, details.accounts)}<form method="post" action="/authorize/decision"><input type="hidden" name="request" value="${escapeHtml(details.requestId)}">${buttons}</form>`,
    `'self' ${details.callbackOrigin}`,
  );
}

/** Asks for the code that the application shows. */
export function deviceCodePage(): SignInPage {
  return page(
    'Enter code. Practice AWS',
    `<h1>Enter the code</h1>${note}<form method="get" action="/device"><label>Code shown by the application<br><input name="user_code" autocomplete="off" required></label><button class="primary">Continue</button></form>`,
    "'self'",
  );
}

export function devicePage(
  person: Person,
  details: {
    readonly clientName: string;
    readonly accounts: readonly string[];
    readonly userCode: string;
  },
): SignInPage {
  return page(
    'Allow access? Practice AWS',
    `<h1>Allow ${escapeHtml(details.clientName)} to sign in?</h1>${note}<p>Go on only if the application shows the code <strong>${escapeHtml(details.userCode)}</strong>.</p>${facts(person, details.clientName, details.accounts)}<form method="post" action="/device/decision"><input type="hidden" name="user_code" value="${escapeHtml(details.userCode)}">${buttons}</form>`,
    "'self'",
  );
}

/** A page with one message. */
export function messagePage(heading: string, message: string): SignInPage {
  return page(
    `${heading}. Practice AWS`,
    `<h1>${escapeHtml(heading)}</h1>${note}<p>${escapeHtml(message)}</p>`,
    "'none'",
  );
}
