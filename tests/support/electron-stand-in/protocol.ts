/** `protocol`: a scheme of the shell's own, served by its handler. */
import type { Protocol } from 'electron';
import { addScheme, isOwnScheme, toElectron } from './address-seam.ts';
import { record } from './control.ts';
import { isReady } from './life.ts';
import { refuseTheRest } from './refuse-the-rest.ts';

type Handler = Parameters<Protocol['handle']>[1];
const handlers = new Map<string, Handler>();

export const protocol = refuseTheRest<Protocol>('protocol', {
  registerSchemesAsPrivileged: (customSchemes) => {
    if (isReady())
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges } of customSchemes) {
      // What Chromium gets in its place is standard and secure; another kind of scheme would behave differently.
      if (privileges?.standard !== true || privileges.secure !== true) {
        throw new Error(`The stand-in for Electron serves standard and secure schemes only, not ${scheme}:`);
      }
      addScheme(scheme);
    }
    record('protocol.registerSchemesAsPrivileged', customSchemes);
  },
  handle: (scheme, handler) => {
    if (!isOwnScheme(scheme)) throw new Error(`The stand-in for Electron can't take over ${scheme}:`);
    if (handlers.has(scheme)) throw new Error('Failed to register protocol');
    handlers.set(scheme, handler);
  },
});

export interface ChromiumRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Record<string, string>;
}

/** The answer of the scheme's handler to a request of Chromium; null when no scheme of the shell's own is meant. */
export async function answerOwnScheme({ url, method, headers }: ChromiumRequest): Promise<Response | null> {
  const address = toElectron(url);
  const handler = handlers.get(address.slice(0, address.indexOf(':')));
  if (handler === undefined) return null;
  // Electron hands over a request of the same make; bodies are not passed on, as no page of ours sends one.
  return await handler(
    new Request(address, { method, headers: new Headers(headers) }) as Parameters<Handler>[0],
  );
}
