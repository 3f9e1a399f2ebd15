/** Which addresses may leave the app for the system browser. */

/** AWS's own places that the page links to, or that a sign-in goes through; all by https on the default port. */
const awsHosts: readonly RegExp[] = [
  /^(docs\.|console\.|[a-z0-9-]+\.console\.)?aws\.amazon\.com$/,
  /^[a-z0-9-]+\.awsapps\.com$/,
  /^([a-z0-9-]+\.)?signin\.aws(\.amazon\.com)?$/,
  /^([a-z0-9-]+\.)+app\.aws$/,
  // The authorize page of SSO OIDC. The rest of amazonaws.com serves what its customers put there.
  /^oidc\.[a-z0-9-]+\.(amazonaws\.com(\.cn)?|api\.aws)$/,
  // The page on which a code is confirmed.
  /^device\.sso\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/,
];

/**
 * The parsed address when it may be opened, else null: https to a host of the list above, or an address of one of
 * `signInOrigins`, which the core itself computed (such as a configured endpoint on this computer).
 */
export function openableAddress(address: string, signInOrigins: readonly string[]): URL | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return null;
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (signInOrigins.includes(url.origin)) return url;
  const onList =
    url.protocol === 'https:' && url.port === '' && awsHosts.some((host) => host.test(url.hostname));
  return onList ? url : null;
}

/** Origins of addresses; what is no web address is left out. */
export function originsOf(addresses: readonly string[]): string[] {
  return addresses
    .filter((address) => /^https?:/i.test(address) && URL.canParse(address))
    .map((address) => new URL(address).origin);
}
