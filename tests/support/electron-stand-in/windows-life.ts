/** What windows tell the app, apart from both, since each needs the other. */
import type { WebContents } from 'electron';

let lastGone = (): void => undefined;
let created = (_contents: WebContents): void => undefined;

export function listenToWindows(listeners: {
  readonly gone: () => void;
  readonly created: (contents: WebContents) => void;
}): void {
  lastGone = listeners.gone;
  created = listeners.created;
}

/** The last window has closed. */
export const onWindowsGone = (): void => lastGone();
export const tellContentsCreated = (contents: WebContents): void => created(contents);
