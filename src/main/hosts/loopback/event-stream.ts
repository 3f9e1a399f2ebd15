/** Events to the page as server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html */
import type { ServerResponse } from 'node:http';
import type { EventHub } from '../../dispatch/event-hub.ts';

export interface EventStreams {
  /** Keeps this answer open and writes every event to it until one side ends it. */
  readonly open: (response: ServerResponse, headers: Readonly<Record<string, string>>) => void;
  readonly close: () => void;
}

const defaultHeartbeatMs = 15_000;
/** A page that takes nothing in is cut off; it comes back and reads anew, so it misses nothing. */
const mostWaitingBytes = 1_000_000;

export function createEventStreams(
  hub: EventHub,
  { heartbeatMs = defaultHeartbeatMs }: { readonly heartbeatMs?: number } = {},
): EventStreams {
  const open = new Set<ServerResponse>();
  const write = (text: string): void => {
    for (const response of open) {
      if (response.writableLength > mostWaitingBytes) response.destroy();
      else response.write(text);
    }
  };
  const stopListening = hub.subscribe((name, payload) =>
    write(`event: ${name}\ndata: ${JSON.stringify(payload)}\n\n`),
  );
  // A connection that is gone without a word is only noticed by writing to it.
  const heartbeat = setInterval(() => write(': still here\n\n'), heartbeatMs);
  heartbeat.unref();

  return {
    open: (response, headers) => {
      response.writeHead(200, {
        ...headers,
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
      });
      response.write('retry: 1000\n\n');
      open.add(response);
      response.on('close', () => open.delete(response));
    },
    close: () => {
      clearInterval(heartbeat);
      stopListening();
      for (const response of open) response.end();
      open.clear();
    },
  };
}
