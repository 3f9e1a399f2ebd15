/** One event stream that comes back by itself. */
export interface EventStreamOptions {
  readonly path: string;
  readonly names: readonly string[];
  readonly onEvent: (name: string, payload: unknown) => void;
  /** The stream is open again after it was lost: events in between were missed. */
  readonly onReconnect: () => void;
  /** The open stream was lost. */
  readonly onLost: () => void;
  /** It takes the place of one that was lost. */
  readonly startsLost?: boolean;
}

const firstPauseMs = 500;
const longestPauseMs = 10_000;

/**
 * Keeps a stream of server-sent events open. Browsers differ in when they try again by themselves, and none does after a
 * refusal, so a closed stream is opened anew here, each time after a longer pause.
 */
export function openEventStream(options: EventStreamOptions): void {
  let pauseMs = firstPauseMs;
  let state: 'new' | 'open' | 'lost' = options.startsLost === true ? 'lost' : 'new';

  const open = (): void => {
    const source = new EventSource(options.path);
    source.onopen = () => {
      const before = state;
      state = 'open';
      pauseMs = firstPauseMs;
      if (before === 'lost') options.onReconnect();
    };
    source.onerror = () => {
      const wasOpen = state === 'open';
      state = 'lost';
      if (wasOpen) options.onLost();
      // Still connecting means that the browser itself tries again.
      if (source.readyState !== EventSource.CLOSED) return;
      setTimeout(open, pauseMs);
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    };
    for (const name of options.names) {
      source.addEventListener(name, (event: MessageEvent<string>) => {
        options.onEvent(name, JSON.parse(event.data));
      });
    }
  };
  open();
}
