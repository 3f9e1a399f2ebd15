/** The window's preferences, all that Electron's checklist asks of them in one place. */
import type { BrowserWindowConstructorOptions } from 'electron';

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
    width: 1280,
    height: 800,
    minWidth: 640,
    minHeight: 480,
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
