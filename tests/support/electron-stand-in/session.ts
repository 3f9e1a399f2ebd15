/** `session.defaultSession`: what the page may ask for, and where its requests may go. */
import type { Session, WebContents } from 'electron';
import type { BrowserContext } from 'playwright-core';
import { toChromium, toElectron } from './address-seam.ts';
import { onOrder, record } from './control.ts';
import { createKnownEvents } from './known-events.ts';
import { mustBeReady } from './life.ts';
import { refuseTheRest } from './refuse-the-rest.ts';

type RequestHandler = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type CheckHandler = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;
export type Permission = Parameters<RequestHandler>[1] & Parameters<CheckHandler>[1];
type BeforeRequest = (
  details: { readonly url: string; readonly method: string; readonly resourceType: string },
  callback: (answer: { readonly cancel?: boolean; readonly redirectURL?: string }) => void,
) => void;

let onRequest: RequestHandler | null = null;
let onCheck: CheckHandler | null = null;
let onDevice: Parameters<Session['setDevicePermissionHandler']>[0] = null;
let beforeRequest: BeforeRequest | null = null;
const events = createKnownEvents('session', ['will-download']);

const defaultSession: Session = refuseTheRest<Session>('session', {
  setPermissionRequestHandler: (handler) => {
    onRequest = handler;
  },
  setPermissionCheckHandler: (handler) => {
    onCheck = handler;
  },
  setDevicePermissionHandler: (handler) => {
    onDevice = handler;
  },
  // The overloads differ in their events alone.
  on: ((name: string, listener: (...args: never[]) => void) => {
    events.on(name, listener);
    return defaultSession;
  }) as Session['on'],
  webRequest: refuseTheRest<Session['webRequest']>('webRequest', {
    onBeforeRequest: ((...args: readonly unknown[]) => {
      if (typeof args[0] !== 'function')
        throw new Error('The stand-in for Electron takes no filter of requests.');
      beforeRequest = args[0] as BeforeRequest;
    }) as Session['webRequest']['onBeforeRequest'],
  }),
});

export const session = refuseTheRest<typeof import('electron').session>('session', {
  get defaultSession() {
    mustBeReady('session');
    return defaultSession;
  },
});

/** Whether the shell lets a request of Chromium pass. Without a handler every request does. */
export function allowsRequest(details: {
  url: string;
  method: string;
  resourceType: string;
}): Promise<boolean> {
  const handler = beforeRequest;
  if (handler === null) return Promise.resolve(true);
  return new Promise((resolve) =>
    handler({ ...details, url: toElectron(details.url) }, ({ cancel, redirectURL }) => {
      if (redirectURL !== undefined) throw new Error('The stand-in for Electron redirects no request.');
      if (cancel) record('session.cancelledRequest', toElectron(details.url));
      resolve(cancel !== true);
    }),
  );
}

/** Fires `will-download`; whether the shell prevented it. */
export const preventsDownload = (url: string, contents: WebContents): boolean =>
  events.emitPreventable('will-download', {}, { getURL: () => url }, contents);

/** Chromium's names of what a page can ask for, beside Electron's: https://www.w3.org/TR/permissions/#registry-table */
const chromiumNames: Partial<Record<Permission, string>> = {
  geolocation: 'geolocation',
  notifications: 'notifications',
  midi: 'midi',
  'clipboard-read': 'clipboard-read',
  'clipboard-sanitized-write': 'clipboard-write',
  'idle-detection': 'idle-detection',
  'local-fonts': 'local-fonts',
  'window-management': 'window-management',
  'screen-wake-lock': 'screen-wake-lock',
  'storage-access': 'storage-access',
  'display-capture': 'display-capture',
};

/** Chromium asks the shell no question, so the shell is asked beforehand and Chromium is told the answers. */
export async function applyPermissions(
  context: BrowserContext,
  contents: WebContents,
  address: string,
): Promise<void> {
  const cdp = await context.newCDPSession(context.pages()[0] ?? (await context.newPage()));
  const set = async (name: string, granted: boolean): Promise<void> => {
    await cdp
      .send('Browser.setPermission', {
        permission: { name },
        setting: granted ? 'granted' : 'denied',
        origin: new URL(toChromium(address)).origin,
      })
      .catch((cause: unknown) =>
        record('session.permissionUnknownToChromium', { name, cause: String(cause) }),
      );
  };
  for (const [permission, name] of Object.entries(chromiumNames)) {
    await set(name, await grants(permission as Permission, contents, address));
  }
  const media = await grants('media', contents, address);
  await set('camera', media);
  await set('microphone', media);
  // The session stays attached: Chromium forgets what it was told when it ends.
}

/** What the shell says of one permission, by both of its handlers. Without handlers Electron grants everything. */
async function grants(permission: Permission, contents: WebContents, address: string): Promise<boolean> {
  const origin = `${address.split('/').slice(0, 3).join('/')}/`;
  const facts = { isMainFrame: true, requestingUrl: address };
  const checked = onCheck?.(contents, permission, origin, facts) ?? true;
  const requested = await new Promise<boolean>((resolve) =>
    onRequest === null ? resolve(true) : onRequest(contents, permission, resolve, facts),
  );
  return checked && requested;
}

/** For specs: what the shell says of a permission asked for by contents at `address`. */
export function answerPermissionOrders(contentsOf: () => WebContents): void {
  onOrder<{ permission: Permission; address: string }>('permission', ({ permission, address }) =>
    grants(permission, contentsOf(), address),
  );
  onOrder<undefined>('device-permission', () => {
    if (onDevice === null) return true;
    return onDevice({ deviceType: 'usb', origin: 'app://usage-desk', device: {} as never });
  });
}
