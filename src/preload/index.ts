/** Shows the page two functions over frozen lists of names, and nothing of Electron. */
import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import { callNames, eventNames } from '../contract/names.ts';
import { callChannel, eventChannel } from './channels.ts';

const knownCalls: ReadonlySet<string> = new Set(callNames);
const knownEvents: ReadonlySet<string> = new Set(eventNames);

contextBridge.exposeInMainWorld('usageDesk', {
  call: async (name: string, input: unknown): Promise<unknown> =>
    knownCalls.has(name)
      ? await ipcRenderer.invoke(callChannel(name), input)
      : { ok: false, error: { kind: 'unknown-call' } },
  subscribe: (name: string, listener: (payload: unknown) => void): (() => void) => {
    if (!knownEvents.has(name) || typeof listener !== 'function') return () => undefined;
    // The event object of IPC leads back into Electron, so the page gets the payload alone.
    const hear = (_event: IpcRendererEvent, payload: unknown): void => listener(payload);
    ipcRenderer.on(eventChannel(name), hear);
    return () => {
      ipcRenderer.removeListener(eventChannel(name), hear);
    };
  },
});
