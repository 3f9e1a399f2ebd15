/** Who in the page listens to which event. */
export interface EventListeners {
  /** Returns the function that ends the subscription. */
  readonly add: (name: string, listener: (payload: unknown) => void) => () => void;
  readonly emit: (name: string, payload: unknown) => void;
}

export function createEventListeners(): EventListeners {
  const byName = new Map<string, Set<{ readonly listener: (payload: unknown) => void }>>();
  return {
    add: (name, listener) => {
      // An entry of its own, so that one function subscribed twice is heard twice and ends one at a time.
      const entry = { listener };
      const entries = byName.get(name) ?? new Set();
      entries.add(entry);
      byName.set(name, entries);
      return () => void entries.delete(entry);
    },
    emit: (name, payload) => {
      for (const entry of [...(byName.get(name) ?? [])]) entry.listener(payload);
    },
  };
}
