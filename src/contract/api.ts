/** What the page sees of the core, and what the core must offer, both mapped from the one list of calls. */
import type { CallInput, CallName, CallOutput } from './calls.ts';
import type { EventName, EventPayload } from './events.ts';
import type { Result } from './result.ts';

export interface AppApi {
  readonly call: <N extends CallName>(name: N, input: CallInput<N>) => Promise<Result<CallOutput<N>>>;
  /** Returns the function that ends the subscription. */
  readonly subscribe: <N extends EventName>(
    name: N,
    listener: (payload: EventPayload<N>) => void,
  ) => () => void;
}

export type Handlers = {
  readonly [N in CallName]: (input: CallInput<N>) => Promise<Result<CallOutput<N>>> | Result<CallOutput<N>>;
};

/** Publishes an event to every page that listens. */
export type Publish = <N extends EventName>(name: N, payload: EventPayload<N>) => void;
