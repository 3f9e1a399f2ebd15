/** One event stream for all pages of a browser. */
import { type EventStreamOptions, openEventStream } from './event-stream.ts';

/** What the page that has the stream tells the others. */
type Told =
  | { readonly kind: 'event'; readonly name: string; readonly payload: unknown }
  | { readonly kind: 'lost' }
  | { readonly kind: 'reconnected' };

const sharedName = 'usage-desk-events';

/**
 * Listens to the stream of the browser's pages, which one of them holds open: over HTTP/1.1 a browser keeps six connections to a server, so with a stream
 * each the seventh page would get no answer to anything. When the page that has it goes away, the next one opens it, and all read anew.
 */
export function joinEventStream(options: EventStreamOptions): void {
  const others = new BroadcastChannel(sharedName);
  others.onmessage = ({ data }: MessageEvent<Told>) => {
    if (data.kind === 'event') options.onEvent(data.name, data.payload);
    else if (data.kind === 'lost') options.onLost();
    else options.onReconnect();
  };
  const tell = (told: Told): void => others.postMessage(told);

  /** Keeps the lock, and with it the stream, as long as the page lives. A browser freezes no page that holds one. */
  const hold = (startsLost: boolean): Promise<never> => {
    openEventStream({
      ...options,
      startsLost,
      onEvent: (name, payload) => {
        options.onEvent(name, payload);
        tell({ kind: 'event', name, payload });
      },
      onReconnect: () => {
        options.onReconnect();
        tell({ kind: 'reconnected' });
      },
      onLost: () => {
        options.onLost();
        tell({ kind: 'lost' });
      },
    });
    return new Promise<never>(() => undefined);
  };
  void navigator.locks.request(sharedName, { ifAvailable: true }, async (lock) => {
    if (lock !== null) return await hold(false);
    // Between the former page's stream and this one's events are missed.
    void navigator.locks.request(sharedName, () => hold(true));
  });
}
