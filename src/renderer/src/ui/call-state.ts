/** The states of a call that is read and read again. */
import type { AppError } from '../../../contract/errors.ts';

export type CallState<T> =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: T }
  /** `stale` is the last answer before the failure, so that what was there can stay. */
  | { readonly kind: 'failed'; readonly error: AppError; readonly stale: T | null };

/** The answer to show: the newest, or the last one before a failure; null while there is none. */
export function shownValue<T>(state: CallState<T>): T | null {
  if (state.kind === 'ready') return state.value;
  return state.kind === 'failed' ? state.stale : null;
}
