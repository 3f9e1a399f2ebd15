/** The Electron host's start. What must stand before Electron is ready comes first, then the app, then the window. */
import { homedir, release } from 'node:os';
import { join } from 'node:path';
import {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  type OpenDialogOptions,
  protocol,
  session,
  shell,
} from 'electron';
import { becomeOwner, type Owner, summonOwner } from './adapters/storage/owner.ts';
import { createIncidentLog } from './adapters/system/incident-log.ts';
import type { App } from './compose.ts';
import { createDispatch } from './dispatch/dispatch.ts';
import { createEventHub, type EventHub } from './dispatch/event-hub.ts';
import { defaultDataFolder, modeFolder } from './hosts/data-folder.ts';
import { aboutText } from './hosts/electron/about.ts';
import { appOrigin, appScheme, appSchemePrivileges, createAppScheme } from './hosts/electron/app-scheme.ts';
import { askAtWindow } from './hosts/electron/ask-at-window.ts';
import { bindIpc } from './hosts/electron/bind-ipc.ts';
import { type ClosingDeps, mayClose, untilAnswered } from './hosts/electron/closing-question.ts';
import { forbiddenSwitch } from './hosts/electron/debugging.ts';
import { openDesktopWindow } from './hosts/electron/desktop-window.ts';
import { menuTemplate } from './hosts/electron/menu.ts';
import { createOpenDialog } from './hosts/electron/open-dialog.ts';
import { createLinkOpener } from './hosts/electron/open-external.ts';
import { createPagePrinter } from './hosts/electron/page-printer.ts';
import { restrictSession } from './hosts/electron/permissions.ts';
import { endWithTheApp, type Quitting } from './hosts/electron/quitting.ts';
import { createSaveDialog } from './hosts/electron/save-dialog.ts';
import { isOwnAddress } from './hosts/electron/sender.ts';
import { guardContents } from './hosts/electron/window-guards.ts';
import { openWindowMemory } from './hosts/electron/window-memory.ts';
import { originsOf } from './hosts/openable-address.ts';
import { parseStartOptions, type StartOptions } from './hosts/start-options.ts';
import { createBrowserOpener, createSystemBrowser, type OpenInBrowser } from './hosts/system-browser.ts';
import { describeStartFailure } from './start-failure.ts';
import { type Mode, startLive, startPractice } from './start-mode.ts';

const workDir = process.env.INIT_CWD ?? process.cwd();
// Started as `electron .`, the app's own path is an argument too.
const args = process.argv.slice(process.defaultApp ? 2 : 1);
const parsed = parseStartOptions(args, { workDir, lenient: true });
const debugging = forbiddenSwitch(app);

if (debugging !== null) {
  process.stderr.write(`Usage Desk takes no --${debugging}: start it without.\n`);
  app.exit(1);
} else if (parsed.kind === 'refused') {
  process.stderr.write(`${parsed.message}\n`);
  app.exit(1);
} else {
  start(parsed.options);
}

function start(options: StartOptions): void {
  const facts = { platform: process.platform, home: homedir(), env: process.env };
  const rootDir = options.dataDir ?? defaultDataFolder(facts);
  const dataDir = modeFolder(rootDir, options.practice);
  const fail = (cause: unknown): void => {
    const sentence = describeStartFailure(cause, { dataDir, port: options.port });
    process.stderr.write(`${sentence}\n`);
    dialog.showErrorBox('Usage Desk', sentence);
    app.exit(1);
  };
  try {
    // Cookies and caches of the window belong to the mode too.
    app.setPath('userData', join(dataDir, 'window'));
    app.enableSandbox();
    protocol.registerSchemesAsPrivileged([appSchemePrivileges]);
    const owner = claim(dataDir);
    if (owner === null) {
      app.exit(0);
      return;
    }
    run(options, dataDir, owner).catch(fail);
  } catch (cause) {
    fail(cause);
  }
}

/** One process a data folder, whichever host it is; the one that is there comes to the front. */
function claim(dataDir: string): Owner | null {
  if (!app.requestSingleInstanceLock()) return null;
  const owner = becomeOwner({ dataDir, onSummons: focusWindow });
  if (owner === null) {
    summonOwner(dataDir);
    process.stderr.write(`Usage Desk runs on ${dataDir} already: it opens there.\n`);
  }
  return owner;
}

async function run(options: StartOptions, dataDir: string, owner: Owner): Promise<void> {
  app.on('second-instance', focusWindow);
  await app.whenReady();
  const logPath = join(dataDir, 'usage-desk.log');
  const incidents = createIncidentLog({ path: logPath });
  process.on('unhandledRejection', (cause) => void incidents.report(cause, 'unhandled rejection'));
  const mode = options.practice ? await startPractice(dataDir) : startLive();
  const openInBrowser = browserOf(options, mode);
  const hub = createEventHub((cause) => void incidents.report(cause, 'event listener'));
  // Loaded only now: what it brings reads AWS settings and the present.
  const [{ compose }, { findEndpointOverrides }] = await Promise.all([
    import('./compose.ts'),
    import('./adapters/aws/endpoint-overrides.ts'),
  ]);
  let quitting: Quitting | null = null;
  const core = await compose({
    appVersion: app.getVersion(),
    practice: options.practice,
    steering: mode.steering,
    dataDir,
    logPath,
    hub,
    incidents,
    host: {
      capabilities: { save: 'dialog', openBrowser: options.openSignIn, asksBeforeClosing: true },
      save: createSaveDialog({ choosePath }),
      files: createOpenDialog({ choosePath: chooseFile }),
      browser: createBrowserOpener({
        open: openInBrowser,
        allowed: options.openSignIn,
        signInOrigins: () => originsOf(findEndpointOverrides(process.env).map(({ url }) => url)),
        incidents,
      }),
      practice: { start: async () => restartInPractice(quitting) },
      printer: createPagePrinter({
        page: () => BrowserWindow.getAllWindows()[0]?.webContents,
        country: () => app.getLocaleCountryCode(),
      }),
    },
  });
  mode.onShift(core.timeShifted);

  const ownOrigin = pageOrigin();
  const isOwn = (address: string): boolean => isOwnAddress(address, ownOrigin);
  protocol.handle(appScheme, createAppScheme({ pageDir: join(import.meta.dirname, '..', 'renderer') }));
  restrictSession(session.defaultSession, isOwn);
  const openLink = createLinkOpener({ open: openInBrowser, incidents });
  app.on('web-contents-created', (_event, contents) => {
    guardContents(contents, { isOwnAddress: isOwn, openLink });
  });
  bindIpc({
    ipcMain,
    dispatch: createDispatch(core.handlers, incidents),
    hub,
    ownOrigin,
    targets: () => BrowserWindow.getAllWindows().map((window) => window.webContents),
  });
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate({
        platform: process.platform,
        packaged: app.isPackaged,
        openLogs: () => void openFolder(options, mode, dataDir),
        showAbout: () => void showAbout(),
      }),
    ),
  );
  await followTheme(core, hub);
  const memory = await openWindowMemory({ path: join(dataDir, 'window.json'), incidents });
  const preloadPath = join(import.meta.dirname, '..', 'preload', 'index.cjs');
  const ending = endWithTheApp({
    mayClose: () => mayClose(closingDeps(core, hub)),
    close: async () => {
      await memory.settled();
      await core.close();
      await mode.close();
      owner.release();
    },
    onDefect: (cause) => void incidents.report(cause, 'closing'),
  });
  quitting = ending;
  const { mayWindowsClose } = ending;
  const openWindow = (): void =>
    openDesktopWindow({ ownOrigin, preloadPath, memory, incidents, mayClose: mayWindowsClose });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openWindow();
  });
  openWindow();
}

/** Electron's own way, except in practice, whose home must not reach the browser. Nothing is opened with --no-open. */
function browserOf(options: StartOptions, mode: Mode): OpenInBrowser {
  if (!options.openSignIn) return async () => false;
  if (options.practice) {
    const workerPath = join(import.meta.dirname, 'open-address.mjs');
    return createSystemBrowser({ workerPath, env: mode.originalEnv });
  }
  return async (address) => {
    try {
      await shell.openExternal(address);
      return true;
    } catch {
      return false;
    }
  };
}

/** What the question before closing needs of the core. */
function closingDeps(core: App, hub: EventHub): ClosingDeps {
  const { handlers } = core;
  return {
    pending: async () => handlers['system.pendingUndo']({}),
    undo: async (submissionId) => handlers['usage.undo']({ submissionId }),
    sendNow: async (submissionId) => handlers['usage.sendNow']({ submissionId }),
    answered: (submissionId) =>
      untilAnswered({
        look: async () => handlers['usage.submission']({ submissionId }),
        onChange: (listener) => hub.subscribe((name) => name === 'usage.changed' && listener()),
      }),
    ask: (question) => askAtWindow(BrowserWindow.getAllWindows()[0] ?? null, question),
  };
}

/** The development server's page in a build that is not packaged, else our own. */
function pageOrigin(): string {
  const development = process.env.ELECTRON_RENDERER_URL;
  return !app.isPackaged && development !== undefined ? new URL(development).origin : appOrigin;
}

/** The window's frame and the page's `prefers-color-scheme` follow the setting, at once when it changes. */
async function followTheme(core: App, hub: EventHub): Promise<void> {
  const apply = async (): Promise<void> => {
    const settings = await core.handlers['settings.get']({});
    if (settings.ok) nativeTheme.themeSource = settings.value.theme;
  };
  hub.subscribe((name) => {
    if (name === 'settings.changed') void apply();
  });
  await apply();
}

/** Opens the folder of the log in the system's own way; where that can't be done, says where it is. */
async function openFolder(options: StartOptions, mode: Mode, folder: string): Promise<void> {
  // In practice it is opened as addresses are: what the app starts must not get practice's home.
  const opened = options.practice
    ? await browserOf(options, mode)(folder)
    : options.openSignIn && (await shell.openPath(folder)) === '';
  if (!opened) await tell('The log lies in this folder.', folder);
}

const showAbout = (): Promise<void> =>
  tell(
    'Usage Desk',
    aboutText({
      appVersion: app.getVersion(),
      versions: process.versions,
      system: `${process.platform} ${release()} ${process.arch}`,
    }),
  );

/** A box with a button that copies what it shows. */
async function tell(message: string, detail: string): Promise<void> {
  const box = { type: 'info', title: 'Usage Desk', message, detail, buttons: ['Copy', 'Close'] } as const;
  const { response } = await dialog.showMessageBox({
    ...box,
    buttons: [...box.buttons],
    ...{ defaultId: 1, cancelId: 1, noLink: true },
  });
  if (response === 0) await clipboard.writeText(detail);
}

function focusWindow(): void {
  const window = BrowserWindow.getAllWindows()[0];
  if (window === undefined) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

async function choosePath(suggestedName: string): Promise<string | null> {
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  const settings = { defaultPath: join(app.getPath('documents'), suggestedName) };
  const answer =
    window === undefined
      ? await dialog.showSaveDialog(settings)
      : await dialog.showSaveDialog(window, settings);
  return answer.canceled || answer.filePath === '' ? null : answer.filePath;
}

/** A copy may have been saved under any name, so every file is offered. */
async function chooseFile(): Promise<string | null> {
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  const settings: OpenDialogOptions = { properties: ['openFile'] };
  const answer =
    window === undefined
      ? await dialog.showOpenDialog(settings)
      : await dialog.showOpenDialog(window, settings);
  return answer.canceled ? null : (answer.filePaths[0] ?? null);
}

function restartInPractice(quitting: Quitting | null) {
  const args = [...process.argv.slice(1).filter((arg) => arg !== '--practice'), '--practice'];
  // After the answer has left.
  setTimeout(() => quitting?.relaunch(args), 100);
  return { ok: true, value: { kind: 'restarting' } } as const;
}
