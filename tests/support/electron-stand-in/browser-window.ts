/** `BrowserWindow`: a page of Chromium with a frame that is only remembered, since nobody looks at it. */
import type {
  BrowserWindowConstructorOptions,
  BrowserWindow as ElectronWindow,
  Rectangle,
  WebPreferences,
} from 'electron';
import { onOrder, record } from './control.ts';
import { createKnownEvents } from './known-events.ts';
import { mustBeReady } from './life.ts';
import { refuseTheRest } from './refuse-the-rest.ts';
import { onThemeChange } from './surroundings.ts';
import { type Contents, createContents } from './web-contents.ts';
import { onWindowsGone, tellContentsCreated } from './windows-life.ts';

const windowEvents = [
  'ready-to-show',
  'show',
  'focus',
  'close',
  'closed',
  'resize',
  'move',
  'resized',
  'moved',
  'maximize',
  'unmaximize',
] as const;

interface Open {
  readonly window: ElectronWindow;
  readonly contents: Contents;
  readonly askToClose: () => boolean;
  readonly place: (change: Partial<Rectangle>) => void;
}

const open: Open[] = [];

/** What the stand-in knows how to keep, and so may be asked for. */
const knownOptions: ReadonlySet<string> = new Set([
  ...[
    'title',
    'width',
    'height',
    'minWidth',
    'minHeight',
    'x',
    'y',
    'show',
    'useContentSize',
    'webPreferences',
    'backgroundColor',
  ],
]);
const knownPreferences: ReadonlySet<string> = new Set([
  ...[
    'preload',
    'sandbox',
    'contextIsolation',
    'nodeIntegration',
    'nodeIntegrationInWorker',
    'nodeIntegrationInSubFrames',
  ],
  ...[
    'webviewTag',
    'devTools',
    'spellcheck',
    'webSecurity',
    'allowRunningInsecureContent',
    'zoomFactor',
    'navigateOnDragDrop',
    'safeDialogs',
  ],
]);

function checkOptions(options: BrowserWindowConstructorOptions): WebPreferences {
  const preferences = options.webPreferences ?? {};
  for (const [known, given] of [
    [knownOptions, options],
    [knownPreferences, preferences],
  ] as const) {
    for (const name of Object.keys(given)) {
      if (!known.has(name)) throw new Error(`The stand-in for Electron has no windows with "${name}".`);
    }
  }
  // A preload of this stand-in always runs in a world of its own, without Node: it could not show anything else.
  if (
    preferences.contextIsolation === false ||
    preferences.sandbox === false ||
    preferences.nodeIntegration === true
  ) {
    throw new Error('The stand-in for Electron has only windows that are sandboxed and isolated.');
  }
  return preferences;
}

/** Constructed as in Electron; statics as there. */
class StandInWindow {
  constructor(options: BrowserWindowConstructorOptions = {}) {
    mustBeReady('BrowserWindow');
    // biome-ignore lint/correctness/noConstructorReturn: what is given back refuses what it does not know, as Electron's users must see.
    return createWindow(options) as unknown as StandInWindow;
  }
  static getAllWindows(): ElectronWindow[] {
    return open.map(({ window }) => window);
  }
  static getFocusedWindow(): ElectronWindow | null {
    return open.find(({ window }) => window.isFocused())?.window ?? null;
  }
}

// The guard refuses every static that the class does not have.
export const BrowserWindow = refuseTheRest<typeof ElectronWindow>(
  'BrowserWindow',
  StandInWindow as unknown as Partial<typeof ElectronWindow>,
);

function createWindow(options: BrowserWindowConstructorOptions): ElectronWindow {
  const contents = createContents(checkOptions(options));
  const events = createKnownEvents('BrowserWindow', windowEvents);
  let bounds: Rectangle = {
    x: options.x ?? 0,
    y: options.y ?? 0,
    width: options.width ?? 800,
    height: options.height ?? 600,
  };
  let shown = options.show !== false;
  let focused = false;
  let maximized = false;
  let destroyed = false;
  let title = options.title ?? '';
  record('BrowserWindow', options);
  contents.resize(bounds.width, bounds.height);

  const place = (change: Partial<Rectangle>): void => {
    const before = bounds;
    bounds = { ...bounds, ...change };
    if (bounds.width !== before.width || bounds.height !== before.height) {
      contents.resize(bounds.width, bounds.height);
      events.emit('resize', {});
    }
    if (bounds.x !== before.x || bounds.y !== before.y) events.emit('move', {});
  };
  const leave = (): void => {
    if (destroyed) return;
    destroyed = true;
    open.splice(
      open.findIndex((one) => one.window === window),
      1,
    );
    events.emit('closed');
    if (open.length === 0) onWindowsGone();
  };
  /** Whether the window may close; it then does. */
  const askToClose = (): boolean => {
    if (destroyed) return true;
    if (events.emitPreventable('close', {})) return false;
    void contents.close();
    leave();
    return true;
  };
  contents.onGone(leave);
  contents.onPainted(() => {
    contents.onPainted(() => undefined);
    events.emit('ready-to-show', {});
  });
  const listen = (how: 'on' | 'once' | 'removeListener') =>
    ((name: string, listener: (...args: never[]) => void) => {
      events[how](name, listener);
      return window;
    }) as ElectronWindow['on'];

  const window: ElectronWindow = refuseTheRest<ElectronWindow>('BrowserWindow', {
    id: contents.webContents.id,
    webContents: contents.webContents,
    on: listen('on'),
    once: listen('once') as ElectronWindow['once'],
    removeListener: listen('removeListener') as ElectronWindow['removeListener'],
    loadURL: contents.load,
    show: () => {
      shown = true;
      record('BrowserWindow.show', null);
      events.emit('show', {});
      window.focus();
    },
    focus: () => {
      focused = true;
      record('BrowserWindow.focus', null);
      void contents.page.then((page) => page.bringToFront()).catch(() => undefined);
      events.emit('focus', {});
    },
    close: () => void askToClose(),
    destroy: () => {
      void contents.close();
      leave();
    },
    isDestroyed: () => destroyed,
    isVisible: () => shown,
    isFocused: () => focused && !destroyed,
    isMinimized: () => false,
    isMaximized: () => maximized,
    isFullScreen: () => false,
    restore: () => record('BrowserWindow.restore', null),
    maximize: () => {
      maximized = true;
      events.emit('maximize', {});
    },
    getBounds: () => ({ ...bounds }),
    getNormalBounds: () => ({ ...bounds }),
    setBounds: (change) => place(change),
    getTitle: () => title,
    setTitle: (text) => {
      title = text;
    },
  });
  open.push({ window, contents, askToClose, place });
  onThemeChange((dark) => {
    if (!destroyed) contents.setDark(dark);
  });
  tellContentsCreated(contents.webContents);
  return window;
}

/** Closes all windows as quitting does; false when one of them would not. */
export const closeAllWindows = (): boolean => [...open].every((one) => one.askToClose());

/** The first window that is open. Throws when none is. */
export function firstOpen(): Open {
  const first = open[0];
  if (first === undefined) throw new Error('No window is open');
  return first;
}

onOrder<Partial<Rectangle>>('place-window', (change) => firstOpen().place(change));
onOrder<number>('zoom', (level) => firstOpen().contents.webContents.setZoomLevel(level));
onOrder<undefined>('close-window', () => firstOpen().askToClose());
onOrder<undefined>('windows', () =>
  open.map(({ window }) => ({
    address: window.webContents.getURL(),
    bounds: window.getBounds(),
    visible: window.isVisible(),
    zoomLevel: window.webContents.getZoomLevel(),
  })),
);
