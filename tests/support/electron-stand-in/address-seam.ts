/**
 * Chromium refuses a scheme that it does not know, so an address such as `app://usage-desk/index.html` is
 * `https://usage-desk.app.test/index.html` inside Chromium. This is the one place that translates, both ways. Names under `test` are nobody's:
 * https://www.rfc-editor.org/rfc/rfc6761#section-6.2
 */
const outside = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is;
const inside = /^https:\/\/([a-z0-9.-]+)\.([a-z][a-z0-9-]*)\.test(?::443)?((?:[/?#].*)?)$/is;

const schemes = new Set<string>();

/** From now on addresses of this scheme are translated. */
export function addScheme(scheme: string): void {
  schemes.add(scheme);
}

export const isOwnScheme = (scheme: string): boolean => schemes.has(scheme);

/** An address as Electron names it, as Chromium gets it. */
export function toChromium(address: string): string {
  const [, scheme, host, rest] = outside.exec(address) ?? [];
  return scheme !== undefined && schemes.has(scheme.toLowerCase())
    ? `https://${host}.${scheme}.test${rest}`
    : address;
}

/** An address or origin of Chromium, as Electron would name it. */
export function toElectron(address: string): string {
  const [, host, scheme, rest] = inside.exec(address) ?? [];
  return scheme !== undefined && schemes.has(scheme) ? `${scheme}://${host}${rest}` : address;
}
