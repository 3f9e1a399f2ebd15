/** The app's window: opens where it was, remembers where it is, and offers a way on when its page breaks. */
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import type { IncidentLog } from '../../core/ports.ts';
import { askAtWindow } from './ask-at-window.ts';
import { watchForTrouble } from './page-trouble.ts';
import { windowOptions } from './window.ts';
import type { WindowMemory } from './window-memory.ts';
import { placeWindow } from './window-place.ts';

export interface DesktopWindowDeps {
  readonly ownOrigin: string;
  readonly preloadPath: string;
  readonly memory: WindowMemory;
  readonly incidents: IncidentLog;
  /** False while closing this window means to quit, which may still ask. */
  readonly mayClose: () => boolean;
}

/** A window that is moved tells so many times a second; it is remembered when it rests. */
const restMs = 400;

/** Opens a window; it shows itself when it has something to show. */
export function openDesktopWindow(deps: DesktopWindowDeps): void {
  const { ownOrigin, preloadPath, memory, incidents, mayClose } = deps;
  const saved = memory.get();
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id);
  const window = new BrowserWindow({
    ...windowOptions({ preloadPath, packaged: app.isPackaged, title: 'Usage Desk' }),
    ...placeWindow(
      saved.bounds,
      [main, ...others].map(({ workArea }) => workArea),
    ),
    // The page's own colours, so that a dark one does not flash on its way.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#161d26' : '#ffffff',
  });
  const contents = window.webContents;
  if (saved.maximized) window.maximize();
  contents.once('did-finish-load', () => contents.setZoomLevel(saved.zoomLevel));
  window.once('ready-to-show', () => window.show());
  rememberPlace(window, memory);
  window.on('close', (event) => {
    if (mayClose()) return;
    event.preventDefault();
    app.quit();
  });
  watchForTrouble(contents, {
    ask: (question, signal) => askAtWindow(window, question, signal),
    quit: () => app.quit(),
    incidents,
  });
  void window.loadURL(`${ownOrigin}/index.html`);
}

function rememberPlace(window: BrowserWindow, memory: WindowMemory): void {
  let resting: NodeJS.Timeout | undefined;
  const remember = (): void => {
    clearTimeout(resting);
    memory.remember({
      bounds: window.getNormalBounds(),
      maximized: window.isMaximized(),
      zoomLevel: window.webContents.getZoomLevel(),
    });
  };
  const soon = (): void => {
    clearTimeout(resting);
    resting = setTimeout(remember, restMs);
  };
  window.on('resize', soon);
  window.on('move', soon);
  window.on('close', remember);
  window.on('closed', () => clearTimeout(resting));
}
