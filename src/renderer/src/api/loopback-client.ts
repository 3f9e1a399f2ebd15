/** The page's client over HTTP to the loopback server that served it. */
import type { AppApi } from '../../../contract/api.ts';
import type { CallName, CallOutput } from '../../../contract/calls.ts';
import type { EventName, EventPayload } from '../../../contract/events.ts';
import { eventNames } from '../../../contract/names.ts';
import { err, type Result } from '../../../contract/result.ts';
import { createEventListeners } from './event-listeners.ts';
import { joinEventStream } from './shared-stream.ts';

/**
 * Calls by POST, events by one event stream that the browser's pages share and each joins with its first subscription. A server that can't be reached is
 * `core-unreachable`; one that does not know this page, such as after its restart, answers `forbidden` itself.
 */
export function createLoopbackClient(): AppApi {
  const listeners = createEventListeners();
  let streaming = false;

  const startStream = (): void => {
    if (streaming) return;
    streaming = true;
    joinEventStream({
      path: '/events',
      names: eventNames,
      onEvent: listeners.emit,
      // What was missed is not known, so everything is read anew.
      onReconnect: () => {
        for (const name of eventNames)
          listeners.emit(name, name === 'usage.changed' ? { agreementIds: [] } : {});
      },
      // A hint that makes the page ask, and so find out that nobody answers.
      onLost: () => listeners.emit('system.changed', {}),
    });
  };

  return {
    call: <N extends CallName>(name: N, input: unknown) => post<CallOutput<N>>(`/api/${name}`, input),
    subscribe: <N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void) => {
      // The core published this payload by its type; the stream only carries it.
      const end = listeners.add(name, (payload) => listener(payload as EventPayload<N>));
      startStream();
      return end;
    },
  };
}

/** A draft, or how the list is looked at, is kept while its page goes away. */
const outlivesThePage: ReadonlySet<string> = new Set(['/api/drafts.save', '/api/contracts.keepView']);

/** In characters, each of at most three bytes. */
const longestKeptAlive = 20_000;

async function post<T>(path: string, input: unknown): Promise<Result<T>> {
  try {
    const body = JSON.stringify(input);
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      // Browsers refuse more than 64 KB of this.
      keepalive: outlivesThePage.has(path) && body.length < longestKeptAlive,
      cache: 'no-store',
      redirect: 'error',
    });
    const answer: unknown = await response.json();
    // The core checked a successful answer against the schema of the call; only its outer shape is looked at here.
    return isResult(answer) ? (answer as Result<T>) : err({ kind: 'core-unreachable' });
  } catch {
    return err({ kind: 'core-unreachable' });
  }
}

function isResult(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'ok' in answer && typeof answer.ok === 'boolean';
}
