/** `ipcMain`: handlers of the main process, called with clones and with the frame that really asked. */
import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import { cloneOfText, textOfClone } from './clone-text.ts';
import type { FrameHandle } from './frames.ts';
import { refuseTheRest } from './refuse-the-rest.ts';

type Handler = (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown;

const handlers = new Map<string, Handler>();

export const ipcMain = refuseTheRest<IpcMain>('ipcMain', {
  handle: (channel: string, handler: Handler) => {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
  removeHandler: (channel: string) => void handlers.delete(channel),
});

export interface Invocation {
  readonly channel: string;
  readonly args: readonly unknown[];
  readonly sender: WebContents;
  readonly frame: FrameHandle;
}

export type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly value: string };

/** Runs the handler of an `ipcRenderer.invoke`; failures come back in the words in which a page hears them. */
export async function invoke({ channel, args, sender, frame }: Invocation): Promise<Outcome> {
  const failed = (cause: unknown): Outcome => ({
    ok: false,
    value: `Error invoking remote method '${channel}': ${cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)}`,
  });
  const handler = handlers.get(channel);
  if (handler === undefined) return failed(new Error(`No handler registered for '${channel}'`));
  const event = refuseTheRest<IpcMainInvokeEvent>('IpcMainInvokeEvent', {
    type: 'frame',
    sender,
    // Asked when it is read, not when the message came: a frame may be gone by then.
    get senderFrame() {
      return frame.now();
    },
  });
  try {
    const value = await handler(event, ...args);
    return { ok: true, value: cloneOfText(textOfClone(value)) };
  } catch (cause) {
    return failed(cause);
  }
}
