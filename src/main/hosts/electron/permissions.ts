/** What the page may ask of the system: to copy text, and nothing else. Electron's checklist, item 5. */

/** Copying an identifier; reading the clipboard is another permission. */
const allowed: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/** What is asked of Electron's session; it has more. */
export interface GuardedSession {
  readonly setPermissionRequestHandler: (
    handler: (contents: unknown, permission: string, callback: (granted: boolean) => void) => void,
  ) => void;
  readonly setPermissionCheckHandler: (
    handler: (contents: unknown, permission: string, requestingOrigin: string) => boolean,
  ) => void;
  readonly setDevicePermissionHandler: (handler: () => boolean) => void;
  readonly on: (event: 'will-download', listener: (event: { preventDefault: () => void }) => void) => unknown;
  readonly webRequest: {
    readonly onBeforeRequest: (
      listener: (
        details: { readonly url: string },
        callback: (answer: { readonly cancel: boolean }) => void,
      ) => void,
    ) => void;
  };
}

/** Denies permissions, devices, downloads, and requests to anywhere but the page itself, `file:` included. */
export function restrictSession(session: GuardedSession, isOwnAddress: (address: string) => boolean): void {
  session.setPermissionRequestHandler((_contents, permission, callback) => callback(allowed.has(permission)));
  session.setPermissionCheckHandler(
    (_contents, permission, requestingOrigin) => allowed.has(permission) && isOwnAddress(requestingOrigin),
  );
  session.setDevicePermissionHandler(() => false);
  // Files are saved by the dialog of the core's choosing, never by a link.
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest(({ url }, callback) =>
    callback({ cancel: !isOwnAddress(url) && !isHarmless(url) }),
  );
}

/** Fonts inside the kit's style sheet, and the developer tools of unpackaged builds. */
const isHarmless = (url: string): boolean => url.startsWith('data:') || url.startsWith('devtools:');
