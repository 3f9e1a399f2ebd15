/** The window's preferences, all that Electron's checklist asks of them in one place. */
import type { BrowserWindowConstructorOptions } from 'electron';
import { smallest } from './window-place.ts';

export interface WindowFacts {
  /** The built preload. */
  readonly preloadPath: string;
  readonly packaged: boolean;
  readonly title: string;
}

export function windowOptions({
  preloadPath,
  packaged,
  title,
}: WindowFacts): BrowserWindowConstructorOptions {
  return {
    title,
    minWidth: smallest.width,
    minHeight: smallest.height,
    // Shown when it has something to show.
    show: false,
    webPreferences: {
      preload: preloadPath,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      devTools: !packaged,
      spellcheck: false,
    },
  };
}
