/** Binds every call of the contract to IPC: the sender first, then the same dispatch as in the other host. */
import { callNames, eventNames } from '../../../contract/names.ts';
import { err, type Result } from '../../../contract/result.ts';
import { callChannel, eventChannel } from '../../../preload/channels.ts';
import type { Dispatch } from '../../dispatch/dispatch.ts';
import type { EventHub } from '../../dispatch/event-hub.ts';
import { isOwnFrame, type SenderFrame } from './sender.ts';

export interface IpcMainDoor {
  readonly handle: (
    channel: string,
    listener: (event: { readonly senderFrame: SenderFrame | null }, input: unknown) => Promise<unknown>,
  ) => void;
  readonly removeHandler: (channel: string) => void;
}

/** A window's contents, as far as events need them. */
export interface EventTarget {
  readonly isDestroyed: () => boolean;
  readonly send: (channel: string, payload: unknown) => void;
}

export interface BindIpcOptions {
  readonly ipcMain: IpcMainDoor;
  readonly dispatch: Dispatch;
  readonly hub: EventHub;
  readonly ownOrigin: string;
  readonly targets: () => readonly EventTarget[];
}

/** As many characters of JSON as the other host takes bytes. */
const longestInput = 1_000_000;

/** Binds calls and events; returns the function that unbinds them. */
export function bindIpc({ ipcMain, dispatch, hub, ownOrigin, targets }: BindIpcOptions): () => void {
  for (const name of callNames) {
    ipcMain.handle(callChannel(name), async (event, input) => {
      if (!isOwnFrame(event.senderFrame, ownOrigin)) return err({ kind: 'forbidden' });
      const plain = plainJson(input);
      return plain.ok ? await dispatch(name, plain.value) : plain;
    });
  }
  const known: ReadonlySet<string> = new Set(eventNames);
  const stopListening = hub.subscribe((name, payload) => {
    if (!known.has(name)) return;
    for (const target of targets()) {
      if (!target.isDestroyed()) target.send(eventChannel(name), payload);
    }
  });
  return () => {
    stopListening();
    for (const name of callNames) ipcMain.removeHandler(callChannel(name));
  };
}

/** What of an input JSON can carry: structured clones know more (cycles, bigints, dates), and both hosts must agree. */
function plainJson(input: unknown): Result<unknown> {
  const refused = (problem: string) =>
    err({ kind: 'invalid-input' as const, issues: [{ path: '', problem }] });
  try {
    const text = JSON.stringify(input) ?? 'null';
    return text.length > longestInput ? refused('too_large') : { ok: true, value: JSON.parse(text) };
  } catch {
    return refused('not_json');
  }
}
