/** The core as the page sees it, answering from memory: for tests of stores, and to look at screens. */
import type { AppApi } from '../../src/contract/api.ts';
import type { CallInput, CallName, CallOutput } from '../../src/contract/calls.ts';
import type { EventName, EventPayload } from '../../src/contract/events.ts';
import { err, type Result } from '../../src/contract/result.ts';

export type Answers = {
  readonly [N in CallName]?: (input: CallInput<N>) => Result<CallOutput<N>> | Promise<Result<CallOutput<N>>>;
};

export interface FakeApi extends AppApi {
  /** Every call that was made, in order. */
  readonly calls: readonly { readonly name: CallName; readonly input: unknown }[];
  readonly callsOf: (name: CallName) => number;
  /** Answers from now on with these as well. */
  readonly answer: (more: Answers) => void;
  readonly emit: <N extends EventName>(name: N, payload: EventPayload<N>) => void;
}

/** A call without an answer is `unknown-call`, so that a test notices what it forgot. */
export function createFakeApi(first: Answers = {}): FakeApi {
  let answers: Answers = first;
  const calls: { name: CallName; input: unknown }[] = [];
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  return {
    calls,
    callsOf: (name) => calls.filter((call) => call.name === name).length,
    answer: (more) => {
      answers = { ...answers, ...more };
    },
    call: async (name, input) => {
      calls.push({ name, input });
      const answer = answers[name];
      return answer === undefined ? err({ kind: 'unknown-call' }) : await answer(input);
    },
    subscribe: (name, listener) => {
      const all = listeners.get(name) ?? new Set();
      listeners.set(name, all.add(listener));
      return () => void all.delete(listener);
    },
    emit: (name, payload) => {
      for (const listener of listeners.get(name) ?? []) (listener as (payload: unknown) => void)(payload);
    },
  };
}
