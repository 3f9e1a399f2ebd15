import { describe, expect, it } from 'vitest';
import { eventNames } from '../../../src/contract/names.ts';
import { ok } from '../../../src/contract/result.ts';
import { createEventHub } from '../../../src/main/dispatch/event-hub.ts';
import { bindIpc, type IpcMainDoor } from '../../../src/main/hosts/electron/bind-ipc.ts';
import { menuTemplate } from '../../../src/main/hosts/electron/menu.ts';
import { createLinkOpener } from '../../../src/main/hosts/electron/open-external.ts';
import { type GuardedSession, restrictSession } from '../../../src/main/hosts/electron/permissions.ts';
import { isOwnAddress, isOwnFrame, type SenderFrame } from '../../../src/main/hosts/electron/sender.ts';
import { windowOptions } from '../../../src/main/hosts/electron/window.ts';
import { type GuardedEvent, guardContents } from '../../../src/main/hosts/electron/window-guards.ts';
import { createMemoryIncidentLog } from '../../fakes/memory-incident-log.ts';

const own = 'app://usage-desk';

const aFrame = (given: Partial<SenderFrame> = {}): SenderFrame => ({
  url: `${own}/index.html#/contracts`,
  origin: own,
  parent: null,
  detached: false,
  isDestroyed: () => false,
  ...given,
});

describe('the sender of a message', () => {
  it('is taken when it is the live main frame of our own page', () => {
    expect(isOwnFrame(aFrame(), own)).toBe(true);
  });

  it.each([
    ['a frame that is gone', null],
    ['no frame at all', undefined],
    ['a destroyed frame', aFrame({ isDestroyed: () => true })],
    ['a detached frame', aFrame({ detached: true })],
    ['a sub-frame, even of our own page', aFrame({ parent: aFrame() })],
    ['a foreign page', aFrame({ url: 'https://attacker.example/', origin: 'https://attacker.example' })],
    ['a foreign host of our scheme', aFrame({ url: 'app://attacker/index.html', origin: 'app://attacker' })],
    [
      'a host that begins like ours',
      aFrame({ url: 'app://usage-desk.attacker/', origin: 'app://usage-desk.attacker' }),
    ],
    ['a page that has been sandboxed away from its address', aFrame({ origin: 'null' })],
    ['an address with a user name', aFrame({ url: 'app://usage-desk@attacker/' })],
    ['a local file', aFrame({ url: 'file:///index.html', origin: 'file://' })],
    ['an empty address', aFrame({ url: '' })],
    ['our address in a query', aFrame({ url: `https://attacker.example/?${own}` })],
    ['our address in a data address', aFrame({ url: `data:text/html,${own}` })],
  ])('is refused when it is %s', (_name, frame) => {
    expect(isOwnFrame(frame, own)).toBe(false);
  });

  it('of a development page is compared with its port', () => {
    expect(isOwnAddress('http://localhost:5173/index.html', 'http://localhost:5173')).toBe(true);
    expect(isOwnAddress('http://localhost:5174/', 'http://localhost:5173')).toBe(false);
  });
});

describe('the binding to IPC', () => {
  function bound() {
    const handlers = new Map<string, Parameters<IpcMainDoor['handle']>[1]>();
    const hub = createEventHub();
    const sent: unknown[] = [];
    const seen: unknown[] = [];
    const unbind = bindIpc({
      ipcMain: {
        handle: (channel, listener) => void handlers.set(channel, listener),
        removeHandler: (channel) => void handlers.delete(channel),
      },
      dispatch: async (name, input) => {
        seen.push([name, input]);
        return ok({});
      },
      hub,
      ownOrigin: own,
      targets: () => [
        { isDestroyed: () => false, send: (channel, payload) => void sent.push([channel, payload]) },
        {
          isDestroyed: () => true,
          send: () => {
            throw new Error('gone');
          },
        },
      ],
    });
    const call = (name: string, input: unknown, senderFrame: SenderFrame | null = aFrame()) =>
      handlers.get(`usage-desk:call:${name}`)?.({ senderFrame }, input);
    return { call, handlers, hub, seen, sent, unbind };
  }

  it('passes a call of our own page on to dispatch', async () => {
    const { call, seen } = bound();
    expect(await call('usage.counts', {})).toEqual(ok({}));
    expect(seen).toEqual([['usage.counts', {}]]);
  });

  it('refuses any other sender before it looks at the input', async () => {
    const { call, seen } = bound();
    expect(await call('usage.counts', {}, null)).toEqual({ ok: false, error: { kind: 'forbidden' } });
    expect(await call('usage.counts', {}, aFrame({ parent: aFrame() }))).toMatchObject({ ok: false });
    expect(seen).toEqual([]);
  });

  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  it.each([
    ['a cycle', cyclic, 'not_json'],
    ['a bigint', { quantity: 1n }, 'not_json'],
    ['more than the other host takes', { text: 'x'.repeat(1_000_001) }, 'too_large'],
  ])('refuses %s, which JSON does not carry', async (_name, input, problem) => {
    const { call, seen } = bound();
    expect(await call('usage.counts', input)).toEqual({
      ok: false,
      error: { kind: 'invalid-input', issues: [{ path: '', problem }] },
    });
    expect(seen).toEqual([]);
  });

  it('brings events to windows that live, and ends with the app', () => {
    const { handlers, hub, sent, unbind } = bound();
    hub.publish('usage.changed', { agreementIds: [] });
    expect(sent).toEqual([['usage-desk:event:usage.changed', { agreementIds: [] }]]);
    unbind();
    hub.publish('session.changed', {});
    expect(sent).toHaveLength(1);
    expect(handlers.size).toBe(0);
    expect(eventNames).toContain('usage.changed');
  });
});

describe('the contents of a window', () => {
  function guarded() {
    const listeners = new Map<string, (event: GuardedEvent) => void>();
    const opened: string[] = [];
    let opener: ((details: { readonly url: string }) => unknown) | undefined;
    guardContents(
      {
        on: (event: string, listener: (event: GuardedEvent) => void) => listeners.set(event, listener),
        setWindowOpenHandler: (handler) => {
          opener = handler;
        },
      },
      { isOwnAddress: (address) => isOwnAddress(address, own), openLink: (address) => opened.push(address) },
    );
    const prevented = (name: string, url?: string): boolean => {
      let was = false;
      const preventDefault = (): void => {
        was = true;
      };
      listeners.get(name)?.(url === undefined ? { preventDefault } : { preventDefault, url });
      return was;
    };
    return { prevented, opened, open: (url: string) => opener?.({ url }) };
  }

  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('stay on our page at %s', (event) => {
    const { prevented } = guarded();
    expect(prevented(event, `${own}/index.html`)).toBe(false);
    for (const url of [
      'https://attacker.example/',
      `https://attacker.example/?${own}/`,
      'file:///etc/passwd',
      'javascript:1',
      'data:text/html,x',
      '',
    ]) {
      expect(prevented(event, url)).toBe(true);
    }
    expect(prevented(event)).toBe(true);
  });

  it('never embed a webview and never open a window; a link is handed on to be judged', () => {
    const { prevented, open, opened } = guarded();
    expect(prevented('will-attach-webview')).toBe(true);
    expect(open('https://attacker.example/')).toEqual({ action: 'deny' });
    expect(open(`${own}/index.html`)).toEqual({ action: 'deny' });
    expect(opened).toEqual(['https://attacker.example/', `${own}/index.html`]);
  });

  it('open links to AWS outside, and note the others without saying where they led', () => {
    const opened: string[] = [];
    const incidents = createMemoryIncidentLog();
    const openLink = createLinkOpener({
      open: async (address) => {
        opened.push(address);
        return true;
      },
      incidents,
    });
    openLink('https://docs.aws.amazon.com/marketplace/');
    openLink('https://attacker.example/?token=secret');
    expect(opened).toEqual(['https://docs.aws.amazon.com/marketplace/']);
    expect(incidents.notes).toHaveLength(1);
    expect(incidents.notes[0]).not.toContain('attacker');
  });
});

describe('the session of the window', () => {
  function restricted() {
    let request: Parameters<GuardedSession['setPermissionRequestHandler']>[0] | undefined;
    let check: Parameters<GuardedSession['setPermissionCheckHandler']>[0] | undefined;
    let device: (() => boolean) | undefined;
    let before: Parameters<GuardedSession['webRequest']['onBeforeRequest']>[0] | undefined;
    let download: Parameters<GuardedSession['on']>[1] | undefined;
    restrictSession(
      {
        setPermissionRequestHandler: (handler) => {
          request = handler;
        },
        setPermissionCheckHandler: (handler) => {
          check = handler;
        },
        setDevicePermissionHandler: (handler) => {
          device = handler;
        },
        on: (_event, listener) => {
          download = listener;
        },
        webRequest: {
          onBeforeRequest: (listener) => {
            before = listener;
          },
        },
      },
      (address) => isOwnAddress(address, own),
    );
    const answerOf = <T>(ask: (callback: (answer: T) => void) => void): T | undefined => {
      let answer: T | undefined;
      ask((given) => {
        answer = given;
      });
      return answer;
    };
    return {
      asked: (permission: string) => answerOf<boolean>((callback) => request?.(null, permission, callback)),
      checked: (permission: string, origin: string) => check?.(null, permission, origin),
      device: () => device?.(),
      cancelled: (url: string) =>
        answerOf<{ cancel: boolean }>((callback) => before?.({ url }, callback))?.cancel,
      downloadPrevented: () =>
        answerOf<boolean>((callback) => download?.({ preventDefault: () => callback(true) })),
    };
  }

  it.each([
    'media',
    'geolocation',
    'notifications',
    'midi',
    'midiSysex',
    'pointerLock',
    'fullscreen',
    'openExternal',
    'clipboard-read',
    'display-capture',
    'serial',
    'hid',
    'usb',
    'idle-detection',
    'storage-access',
    'window-management',
    'fileSystem',
    'tomorrow',
  ])('is refused the permission %s', (permission) => {
    const { asked, checked } = restricted();
    expect(asked(permission)).toBe(false);
    expect(checked(permission, own)).toBe(false);
  });

  it('may write text to the clipboard, from our own page only', () => {
    const { checked, asked } = restricted();
    expect(asked('clipboard-sanitized-write')).toBe(true);
    expect(checked('clipboard-sanitized-write', `${own}/`)).toBe(true);
    expect(checked('clipboard-sanitized-write', 'https://attacker.example/')).toBe(false);
  });

  it('reaches no device and takes no download', () => {
    expect(restricted().device()).toBe(false);
    expect(restricted().downloadPrevented()).toBe(true);
  });

  it.each([
    [`${own}/assets/a.js`, false],
    ['data:font/woff2;base64,AA', false],
    ['https://docs.aws.amazon.com/', true],
    ['http://127.0.0.1:4100/', true],
    ['file:///etc/passwd', true],
    ['ws://127.0.0.1/', true],
  ])('is asked for %s: cancelled is %s', (url, cancelled) => {
    expect(restricted().cancelled(url)).toBe(cancelled);
  });
});

describe('the window', () => {
  it('has the preferences that the checklist asks for, and no others', () => {
    expect(windowOptions({ preloadPath: '/p/index.cjs', packaged: true, title: 'x' }).webPreferences).toEqual(
      {
        preload: '/p/index.cjs',
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webviewTag: false,
        devTools: false,
        spellcheck: false,
      },
    );
  });

  it('has the standard menu, with developer tools in unpackaged builds only', () => {
    const doing = { openLogs: () => undefined, showAbout: () => undefined };
    const text = (packaged: boolean) =>
      JSON.stringify(menuTemplate({ platform: 'darwin', packaged, ...doing }));
    expect(text(false)).toContain('toggleDevTools');
    expect(text(true)).not.toContain('toggleDevTools');
    expect(text(true)).toContain('appMenu');
    expect(JSON.stringify(menuTemplate({ platform: 'linux', packaged: true, ...doing }))).not.toContain(
      'appMenu',
    );
  });
});
