/** `WebContents`: one page of Chromium, seen and steered through its debugging protocol. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { WebContents, WebPreferences } from 'electron';
import type { CDPSession, Page } from 'playwright-core';
import { tellViolations } from '../tell-violations.ts';
import { toChromium, toElectron } from './address-seam.ts';
import { browserContext } from './chromium.ts';
import { cloneOfText, textOfClone } from './clone-text.ts';
import { record } from './control.ts';
import { type Frames, followFrames } from './frames.ts';
import { invoke } from './ipc-main.ts';
import { createKnownEvents, type KnownEvents } from './known-events.ts';
import { printToPdf } from './print-to-pdf.ts';
import { refuseTheRest } from './refuse-the-rest.ts';
import { interceptRequests } from './requests.ts';
import { applyPermissions, preventsDownload } from './session.ts';
import { bindingName, inboxName, mainWorldScript, preloadWorld, preloadWorldScript } from './worlds.ts';

const eventNames = [
  'will-navigate',
  'will-redirect',
  'will-frame-navigate',
  'will-attach-webview',
  'render-process-gone',
  'unresponsive',
  'responsive',
  'did-finish-load',
  'zoom-changed',
] as const;

export type ContentsEvents = KnownEvents<(typeof eventNames)[number]>;
type WindowOpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];

export interface Contents {
  readonly webContents: WebContents;
  readonly events: ContentsEvents;
  readonly page: Promise<Page>;
  readonly cdp: Promise<CDPSession>;
  readonly frames: () => Frames;
  readonly load: (address: string) => Promise<void>;
  readonly close: () => Promise<void>;
  /** Fits the page to a size in pixels. */
  readonly resize: (width: number, height: number) => void;
  readonly setDark: (dark: boolean) => void;
  /** Called when Chromium ended the page by itself. */
  readonly onGone: (listener: () => void) => void;
  readonly onPainted: (listener: () => void) => void;
}

/** Longer than this without an answer and a page counts as hung. Chromium itself waits for input that it could not deliver. */
const hungAfterMs = 4_000;

/** Told to the spec where it asks for that: there is a lot of it. */
const isBridgeRecorded = process.env.STAND_IN_BRIDGE === '1';

let lastId = 0;

export function createContents(preferences: WebPreferences): Contents {
  lastId += 1;
  const id = lastId;
  const events = createKnownEvents('webContents', eventNames);
  let frames: Frames | null = null;
  let openHandler: WindowOpenHandler | null = null;
  let destroyed = false;
  let crashed = false;
  let zoomLevel = 0;
  let size = { width: 800, height: 600 };
  let fileOfPreload: string | null = null;
  let gone = (): void => undefined;
  let painted = (): void => undefined;

  const page = browserContext().then((context) => context.newPage());
  const cdp = page.then(async (opened) => {
    const session = await opened.context().newCDPSession(opened);
    await prepare(opened, session);
    return session;
  });

  const prepare = async (opened: Page, session: CDPSession): Promise<void> => {
    frames = followFrames(session);
    const own = frames;
    await interceptRequests({ session, events, contents: webContents });
    hearProblems(opened);
    watchWindows(opened, session);
    watchLife(opened, session);
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === bindingName) void answer(session, own, payload, executionContextId);
    });
    await session.send('Page.enable');
    await session.send('Runtime.enable');
    await session.send('Inspector.enable');
    await session.send('Runtime.addBinding', { name: bindingName, executionContextName: preloadWorld });
    const settings = { secret: randomUUID(), bindingName, inboxName };
    const addScript = (source: string, worldName?: string) =>
      session.send('Page.addScriptToEvaluateOnNewDocument', {
        source,
        ...(worldName === undefined ? {} : { worldName }),
      });
    await addScript(tellViolations);
    await addScript(mainWorldScript(settings));
    fileOfPreload = preferences.preload ?? null;
    const preload = fileOfPreload === null ? '' : readFileSync(fileOfPreload, 'utf8');
    await addScript(preloadWorldScript(settings, preload), preloadWorld);
    await fitToSize(session);
  };

  const answer = async (
    session: CDPSession,
    own: Frames,
    payload: string,
    contextId: number,
  ): Promise<void> => {
    const frame = own.ofContext(contextId);
    if (frame === null) return;
    if (isBridgeRecorded) record('bridge.fromPage', payload);
    // The preload's world alone has the binding, and sends nothing else.
    const message = cloneOfText(payload) as { id: number; channel: string; args: unknown[] };
    const outcome = await invoke({
      channel: message.channel,
      args: message.args,
      sender: webContents,
      frame,
    });
    await deliver(session, contextId, { reply: message.id, ...outcome });
  };

  const deliver = async (session: CDPSession, contextId: number, message: object): Promise<void> => {
    const text = JSON.stringify(textOfClone(message));
    if (isBridgeRecorded) record('bridge.toPage', text);
    // A document that is gone needs no answer.
    await session
      .send('Runtime.evaluate', { expression: `${inboxName}(${text})`, contextId })
      .catch(() => undefined);
  };

  /** From the first document on, which no spec could be attached to in time. */
  const hearProblems = (opened: Page): void => {
    opened.on('console', (message) => {
      if (message.type() === 'error')
        record('stand-in.problem', `console error: ${message.text()} (${message.location().url})`);
    });
    opened.on('pageerror', (error) => record('stand-in.problem', `uncaught error: ${error.message}`));
  };

  const watchWindows = (opened: Page, session: CDPSession): void => {
    session.on('Page.windowOpen', ({ url, windowName }) => {
      const details = {
        url: toElectron(url),
        frameName: windowName === '_blank' ? '' : windowName,
        features: '',
        disposition: 'foreground-tab' as const,
        referrer: { url: '', policy: 'no-referrer' as const },
      };
      const action = openHandler?.(details).action ?? 'allow';
      record('webContents.windowOpen', { url: details.url, action });
      if (action !== 'deny') throw new Error('The stand-in for Electron opens no second window for a page.');
    });
    // Chromium opens it all the same; its request has failed already, and here it ends.
    opened.on('popup', (popup) => void popup.close());
    opened.on('download', (download) => {
      const url = toElectron(download.url());
      if (!preventsDownload(url, webContents))
        throw new Error('The stand-in for Electron saves no download.');
      void download.cancel();
    });
  };

  const watchLife = (opened: Page, session: CDPSession): void => {
    opened.on('close', () => {
      destroyed = true;
      gone();
    });
    session.on('Page.loadEventFired', () => {
      record('webContents.loaded', null);
      events.emit('did-finish-load', {});
      painted();
    });
    session.on('Inspector.targetCrashed', () => {
      crashed = true;
      events.emitPreventable('render-process-gone', {}, { reason: 'crashed', exitCode: 139 });
    });
    session.on('Inspector.targetReloadedAfterCrash', () => {
      crashed = false;
    });
    watchHanging(session);
  };

  const watchHanging = (session: CDPSession): void => {
    let hung = false;
    const look = async (): Promise<void> => {
      if (destroyed) return;
      if (!crashed) {
        const tooLong = setTimeout(() => {
          if (destroyed || crashed || hung) return;
          hung = true;
          events.emit('unresponsive', {});
        }, hungAfterMs);
        await session.send('Runtime.evaluate', { expression: '0' }).catch(() => undefined);
        clearTimeout(tooLong);
        if (hung && !destroyed && !crashed) events.emit('responsive', {});
        hung = false;
      }
      setTimeout(() => void look(), 500).unref();
    };
    setTimeout(() => void look(), 500).unref();
  };

  /** Zoom as browsers do it: fewer, larger pixels. They hold as long as the session that asked for them. */
  const fitToSize = async (session: CDPSession): Promise<void> => {
    const factor = 1.2 ** zoomLevel;
    await session.send('Emulation.setDeviceMetricsOverride', {
      width: Math.round(size.width / factor),
      height: Math.round(size.height / factor),
      deviceScaleFactor: factor,
      mobile: false,
    });
  };

  const whenReady = (use: (session: CDPSession) => Promise<unknown>): void => {
    void cdp.then(use).catch((cause: unknown) => {
      if (!destroyed) record('stand-in.trouble', String(cause));
    });
  };

  const load = async (address: string): Promise<void> => {
    const session = await cdp;
    await applyPermissions(await browserContext(), webContents, address);
    const answered = await session.send('Page.navigate', { url: toChromium(address) });
    if (answered.errorText !== undefined) throw new Error(`${answered.errorText} (-2) loading '${address}'`);
  };

  // Overloads differ in their events alone, which `events` checks.
  const listen = (how: 'on' | 'once' | 'removeListener') =>
    ((name: string, listener: (...args: never[]) => void) => {
      events[how](name, listener);
      return webContents;
    }) as WebContents['on'];

  const webContents: WebContents = refuseTheRest<WebContents>('webContents', {
    id,
    on: listen('on'),
    once: listen('once') as WebContents['once'],
    removeListener: listen('removeListener') as WebContents['removeListener'],
    isDestroyed: () => destroyed,
    isCrashed: () => crashed,
    getURL: () => frames?.main()?.now()?.url ?? '',
    loadURL: load,
    setWindowOpenHandler: (handler) => {
      openHandler = handler;
    },
    send: (channel: string, ...args: unknown[]) => {
      if (destroyed) throw new TypeError('Object has been destroyed');
      const value = cloneOfText(textOfClone(args));
      whenReady(async (session) => {
        const contextId = frames?.preloadContextId();
        if (contextId !== null && contextId !== undefined)
          await deliver(session, contextId, { channel, value });
      });
    },
    reload: () => {
      record('webContents.reload', null);
      whenReady((session) => session.send('Page.reload'));
    },
    // Its answer is that the page is gone.
    forcefullyCrashRenderer: () => whenReady((session) => session.send('Page.crash').catch(() => undefined)),
    getZoomLevel: () => zoomLevel,
    printToPDF: async (options) => printToPdf(await cdp, options),
    setZoomLevel: (level) => {
      zoomLevel = level;
      record('webContents.setZoomLevel', level);
      whenReady(fitToSize);
    },
  });

  return {
    webContents,
    events,
    page,
    cdp,
    frames: () => {
      if (frames === null) throw new Error('The page has no frames yet');
      return frames;
    },
    load,
    close: async () => {
      await (await page).close({ runBeforeUnload: false }).catch(() => undefined);
    },
    resize: (width, height) => {
      size = { width, height };
      whenReady(fitToSize);
    },
    setDark: (dark) =>
      whenReady((session) =>
        session.send('Emulation.setEmulatedMedia', {
          features: [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }],
        }),
      ),
    onGone: (listener) => {
      gone = listener;
    },
    onPainted: (listener) => {
      painted = listener;
    },
  };
}
