/** One call of the core as React state. */
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { CallInput, CallName, CallOutput } from '../../../contract/calls.ts';
import type { EventName } from '../../../contract/events.ts';
import { useApi } from '../api/api-context.tsx';
import type { CallState } from './call-state.ts';
import { createCallStore } from './call-store.ts';

export { type CallState, shownValue } from './call-state.ts';

export interface Call<T> {
  readonly state: CallState<T>;
  readonly reload: () => Promise<void>;
}

/**
 * Calls `name` with `input` when the component appears or the input's content changes, and again on each of the
 * events. While it reads again the last answer stays.
 *
 * @example const { state, reload } = useCall('contracts.get', { agreementId }, ['contracts.changed']);
 */
export function useCall<N extends CallName>(
  name: N,
  input: CallInput<N>,
  rereadOn: readonly EventName[] = [],
): Call<CallOutput<N>> {
  const api = useApi();
  // Inputs and event lists are small and plain: their JSON tells whether they are the same as before.
  const inputKey = JSON.stringify(input);
  const eventsKey = rereadOn.join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: input and events are compared by content, not by identity
  const call = useMemo(() => createCallStore(api, name, input, rereadOn), [api, name, inputKey, eventsKey]);
  useEffect(() => call.start(), [call]);
  return { state: useStore(call.store), reload: call.reload };
}
