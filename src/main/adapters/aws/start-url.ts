/** The address of an AWS access portal, as a person may paste it. */
import { err, ok, type Result } from '../../../contract/result.ts';

/** Hosts on which AWS itself serves access portals: https://docs.aws.amazon.com/singlesignon/latest/userguide/howtochangeURL.html */
const portalHost =
  /^(?:[a-z0-9-]+\.awsapps\.(?:com|cn)|(?:[a-z0-9-]+\.)+app\.aws|(?:[a-z0-9-]+\.)*portal\.amazonaws\.com(?:\.cn)?|[a-z0-9-]+\.home\.awsapps\.cn)$/;

/** Why an address is no start URL: it is none at all, it has no https, or it leads to no portal of AWS's. */
export type StartUrlProblem = 'no-address' | 'no-https' | 'no-portal';

/** The start URL in an address as it stands in a browser's address line: without fragment, query and trailing slash. */
export function cleanStartUrl(address: string): Result<URL, StartUrlProblem> {
  const text = address.trim();
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(withScheme) || /[\s[\]]/.test(text)) return err('no-address');
  const url = new URL(withScheme);
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return err('no-https');
  url.hash = '';
  url.search = '';
  url.pathname = url.pathname.replace(/\/+$/, '');
  // The portal's bare host leads to its start page; AWS's service takes the address of that page alone.
  if (url.pathname === '/' && /\.awsapps\.(?:com|cn)$/.test(url.hostname)) url.pathname = '/start';
  return ok(url);
}

export function isPortal(url: URL): boolean {
  return url.port === '' && portalHost.test(url.hostname);
}

/** As it is written into the config: `https://d-1234567890.awsapps.com/start`, and no lonely slash at the end. */
export function startUrlText(url: URL): string {
  return url.href.replace(/\/$/, '');
}

/**
 * The start URL at AWS behind what the person gave. A company's own address redirects there; one redirect is followed, and only to a portal of
 * AWS's, as the AWS CLI does. `askRedirect` gives the `Location` that the address answers with, or null.
 */
export async function findStartUrl(
  address: string,
  askRedirect: (url: URL) => Promise<string | null>,
): Promise<Result<string, StartUrlProblem>> {
  const given = cleanStartUrl(address);
  if (!given.ok) return given;
  if (isPortal(given.value)) return ok(startUrlText(given.value));
  const location = await askRedirect(given.value);
  const target = location === null ? err('no-address' as const) : cleanStartUrl(location);
  return target.ok && isPortal(target.value) ? ok(startUrlText(target.value)) : err('no-portal');
}

/** A name for the SSO session of a start URL: the portal's own, without what a config could misread. */
export function sessionNameOf(startUrl: string): string {
  const [label = ''] = new URL(startUrl).hostname.split('.');
  return label.replace(/[^\w-]/g, '') || 'sso';
}
