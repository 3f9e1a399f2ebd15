/** Whether a message came from our own page. Electron's checklist, item 17: https://www.electronjs.org/docs/latest/tutorial/security */

/** What is asked of Electron's frame of a message; it has more. */
export interface SenderFrame {
  readonly url: string;
  /** The origin that the frame acts as; `null` as text when it is sandboxed away from its address. */
  readonly origin: string;
  readonly parent: unknown;
  readonly detached: boolean;
  readonly isDestroyed: () => boolean;
}

/**
 * True only for the live main frame of a window that shows `ownOrigin`, such as `app://usage-desk`. Frames of one window share its
 * contents, so the frame itself is asked. A missing frame is refused: it was destroyed or has navigated since.
 */
export function isOwnFrame(frame: SenderFrame | null | undefined, ownOrigin: string): boolean {
  if (frame === null || frame === undefined) return false;
  if (frame.isDestroyed() || frame.detached || frame.parent !== null) return false;
  return frame.origin === ownOrigin && isOwnAddress(frame.url, ownOrigin);
}

/** Whether an address is one of our page's. Parsed, since text that begins like ours proves nothing. */
export function isOwnAddress(address: string, ownOrigin: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  // Schemes of one's own have no origin in Node's parser, so scheme and host are compared, and nothing may ride along.
  return url.username === '' && url.password === '' && `${url.protocol}//${url.host}` === ownOrigin;
}
