/**
 * The two scripts that every document of a window starts with: one in the page's own world, and one in the preload's, which Chromium keeps
 * apart (an isolated world, as in Electron). Both are made of functions of this folder, turned into text.
 */
import { cloneOfText, textOfClone } from './clone-text.ts';
import { type Membrane, openMembrane } from './membrane.ts';

/** The world in which the preload runs. */
export const preloadWorld = 'electron-preload';

/** Present in the preload's world alone, by Chromium's doing. */
export const bindingName = '__toElectron';
/** What Node calls there. */
export const inboxName = '__fromElectron';

export interface WorldSettings {
  readonly secret: string;
  readonly bindingName: string;
  readonly inboxName: string;
}

/** The page's side of the context bridge. */
export function mainWorldScript(settings: WorldSettings): string {
  return `(${mainWorld})(${JSON.stringify(settings)}, ${openMembrane});`;
}

/** The preload's side: runs the built preload as it is, in main frames only, as Electron does. */
export function preloadWorldScript(settings: WorldSettings, preload: string): string {
  return `(${preloadWorldMain})(${JSON.stringify(settings)}, ${openMembrane}, ${textOfClone}, ${cloneOfText},
function (require, module, exports) {\n${preload}\n});`;
}

/** Stands for itself: it becomes text. */
function mainWorld(settings: WorldSettings, open: typeof openMembrane): void {
  const membrane = open(settings.secret, 'page', 'preload');
  const freeze = (value: unknown): void => {
    if (
      (typeof value !== 'object' && typeof value !== 'function') ||
      value === null ||
      Object.isFrozen(value)
    )
      return;
    Object.freeze(value);
    for (const inner of Object.values(value)) freeze(inner);
  };
  membrane.hear('expose', (exposed) => {
    const { key, api } = exposed as { readonly key: string; readonly api: unknown };
    freeze(api);
    Object.defineProperty(globalThis, key, {
      value: api,
      enumerable: true,
      configurable: false,
      writable: false,
    });
  });
  membrane.tell('ready', true);
}

/** Stands for itself: it becomes text. */
function preloadWorldMain(
  settings: WorldSettings,
  open: (secret: string, own: string, other: string) => Membrane,
  toText: (value: unknown) => string,
  fromText: (text: string) => unknown,
  preload: (require: (name: string) => unknown, module: object, exports: object) => void,
): void {
  const world = globalThis as unknown as Record<string, unknown>;
  const send = world[settings.bindingName] as (text: string) => void;
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (cause: Error) => void }>();
  const listeners = new Map<string, ((event: object, ...args: unknown[]) => void)[]>();
  let lastId = 0;

  world[settings.inboxName] = (text: string): void => {
    const message = fromText(text) as {
      readonly reply?: number;
      readonly ok?: boolean;
      readonly channel?: string;
      readonly value: unknown;
    };
    if (message.reply !== undefined) {
      const asked = waiting.get(message.reply);
      waiting.delete(message.reply);
      if (message.ok) asked?.resolve(message.value);
      else asked?.reject(new Error(String(message.value)));
      return;
    }
    const args = message.value as unknown[];
    const event = { sender: ipcRenderer, ports: [] };
    for (const listener of [...(listeners.get(message.channel ?? '') ?? [])]) listener(event, ...args);
  };
  // Sub-frames have no preload, as without `nodeIntegrationInSubFrames`.
  if (world.parent !== world.self) return;

  const refuseTheRest = (name: string, members: object): object =>
    new Proxy(members, {
      get: (target, key) => {
        if (typeof key === 'symbol' || key in target) return Reflect.get(target, key);
        throw new Error(`The stand-in for Electron does not know ${name}.${key} in a preload.`);
      },
    });

  const ipcRenderer = refuseTheRest('ipcRenderer', {
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        // Throws, and so rejects, where Electron does.
        const text = toText({ id: lastId, channel, args });
        waiting.set(lastId, { resolve, reject });
        send(text);
      }),
    on: (channel: string, listener: (event: object, ...args: unknown[]) => void) => {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    removeListener: (channel: string, listener: (event: object, ...args: unknown[]) => void) => {
      const left = [...(listeners.get(channel) ?? [])];
      const at = left.lastIndexOf(listener);
      if (at >= 0) left.splice(at, 1);
      listeners.set(channel, left);
      return ipcRenderer;
    },
  });

  const membrane = open(settings.secret, 'preload', 'page');
  const exposed = new Map<string, unknown>();
  // Whichever world's script Chromium runs first, what is exposed is there before the page's own scripts.
  membrane.hear('ready', () => {
    for (const [key, api] of exposed) membrane.tell('expose', { key, api });
  });
  const contextBridge = refuseTheRest('contextBridge', {
    exposeInMainWorld: (key: string, api: unknown) => {
      if (exposed.has(key))
        throw new Error(`Cannot bind an API on top of an existing property on the window object: ${key}`);
      exposed.set(key, api);
      membrane.tell('expose', { key, api });
    },
  });
  const electron = refuseTheRest('electron', { contextBridge, ipcRenderer });
  const module = { exports: {} };
  preload(
    (name) => {
      // A sandboxed preload has a few polyfills as well, which none of ours needs.
      if (name !== 'electron') throw new Error(`module not found: ${name}`);
      return electron;
    },
    module,
    module.exports,
  );
}
