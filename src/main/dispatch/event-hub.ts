/** Brings what the core publishes to every page that listens, whichever host it came through. */
import type { Publish } from '../../contract/api.ts';
import type { EventName, EventPayload } from '../../contract/events.ts';

export type EventListener = <N extends EventName>(name: N, payload: EventPayload<N>) => void;

export interface EventHub {
  readonly publish: Publish;
  /** Returns the function that ends the subscription. */
  readonly subscribe: (listener: EventListener) => () => void;
}

/**
 * Creates a hub without subscribers. A listener that throws keeps nobody else from hearing and never reaches the
 * publisher; `onDefect` gets what it threw.
 */
export function createEventHub(onDefect: (cause: unknown) => void = () => undefined): EventHub {
  const entries = new Set<{ readonly listener: EventListener }>();
  return {
    publish: (name, payload) => {
      for (const entry of [...entries]) {
        try {
          entry.listener(name, payload);
        } catch (cause) {
          onDefect(cause);
        }
      }
    },
    subscribe: (listener) => {
      // An entry of its own, so that one function subscribed twice is heard twice and ends one at a time.
      const entry = { listener };
      entries.add(entry);
      return () => void entries.delete(entry);
    },
  };
}
