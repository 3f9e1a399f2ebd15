/** `app`: the life of the shell, from ready to quit. */
import { mkdirSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { App } from 'electron';
import { closeAllWindows } from './browser-window.ts';
import { endChromium } from './chromium.ts';
import { onOrder, record } from './control.ts';
import { createKnownEvents, preventable } from './known-events.ts';
import { becomeReady, isReady } from './life.ts';
import { refuseTheRest } from './refuse-the-rest.ts';
import { takeInstanceLock } from './single-instance.ts';
import { listenToWindows } from './windows-life.ts';

const events = createKnownEvents('app', [
  ...([
    'ready',
    'second-instance',
    'activate',
    'window-all-closed',
    'before-quit',
    'will-quit',
    'quit',
  ] as const),
  ...(['web-contents-created', 'render-process-gone', 'child-process-gone'] as const),
]);

type PathName = Parameters<App['getPath']>[0];
const standInHome = process.env.STAND_IN_HOME ?? join(tmpdir(), `usage-desk-stand-in-${process.pid}`);
const paths = new Map<string, string>([
  ['home', homedir()],
  ['userData', join(standInHome, 'user-data')],
  ['documents', join(standInHome, 'documents')],
  ['temp', tmpdir()],
]);
const packageFacts: { readonly version: string } = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../../package.json'), 'utf8'),
);

let quitting = false;
const exit = async (code: number): Promise<never> => {
  record('app.exit', code);
  await endChromium();
  process.exit(code);
};

const quit = (): void => {
  if (events.emitPreventable('before-quit', {})) return;
  quitting = true;
  if (!closeAllWindows() || events.emitPreventable('will-quit', {})) {
    quitting = false;
    return;
  }
  events.emit('quit', {}, 0);
  void exit(0);
};

const ready = new Promise<void>((resolveReady) => {
  // Not before the shell's own first turn has run, as in Electron.
  setImmediate(() => {
    becomeReady();
    events.emit('ready', {}, {});
    resolveReady();
  });
});

const listen = (how: 'on' | 'once' | 'removeListener') =>
  ((name: string, listener: (...args: never[]) => void) => {
    events[how](name, listener);
    return app;
  }) as App['on'];

export const app: App = refuseTheRest<App>('app', {
  on: listen('on'),
  once: listen('once') as App['once'],
  removeListener: listen('removeListener') as App['removeListener'],
  whenReady: () => ready,
  isReady,
  quit,
  // Ends at once, without asking windows.
  exit: (code = 0) => void exit(code),
  relaunch: (options) => record('app.relaunch', options ?? {}),
  enableSandbox: () => {
    if (isReady()) throw new Error('app.enableSandbox() can only be called before app is ready');
    record('app.enableSandbox', null);
  },
  requestSingleInstanceLock: () =>
    takeInstanceLock(app.getPath('userData'), (argv, cwd) => {
      events.emit('second-instance', {}, argv, cwd, null);
    }),
  setPath: (name, path) => {
    mkdirSync(path, { recursive: true });
    paths.set(name, path);
  },
  getPath: (name: PathName) => {
    const path = paths.get(name);
    if (path === undefined) throw new Error(`The stand-in for Electron has no folder "${name}".`);
    return path;
  },
  getVersion: () => packageFacts.version,
  // A computer in Germany.
  getLocaleCountryCode: () => 'DE',
  isPackaged: process.env.STAND_IN_PACKAGED === '1',
  commandLine: refuseTheRest<App['commandLine']>('app.commandLine', {
    hasSwitch: (name) => process.argv.some((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`)),
  }),
  name: 'Usage Desk',
  getName: () => 'Usage Desk',
});

listenToWindows({
  gone: () => {
    if (quitting) return;
    if (events.listenerCount('window-all-closed') === 0) quit();
    else events.emit('window-all-closed');
  },
  created: (contents) => events.emit('web-contents-created', preventable({}), contents),
});

onOrder<undefined>('quit', () => {
  setImmediate(quit);
});
onOrder<undefined>('activate', () => events.emit('activate', {}, false));
