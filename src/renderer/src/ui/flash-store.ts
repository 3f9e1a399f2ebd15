/** Short messages at the top of the page about what the person just did: what they are, and which are shown. */
import type { ReactNode } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';

export interface Flash {
  /** A message with the same id replaces the one before. */
  readonly id: string;
  readonly type: 'success' | 'info' | 'warning' | 'error' | 'in-progress';
  readonly header: string;
  readonly content?: ReactNode;
  readonly action?: { readonly text: string; readonly run: () => void };
}

export interface FlashState {
  readonly flashes: readonly Flash[];
}

export interface Flashes {
  readonly store: StoreApi<FlashState>;
  readonly show: (flash: Flash) => void;
  readonly dismiss: (id: string) => void;
}

/** The newest message stands first. */
export function createFlashes(): Flashes {
  const store = createStore<FlashState>()(() => ({ flashes: [] }));
  const without = (id: string) => store.getState().flashes.filter((flash) => flash.id !== id);
  return {
    store,
    show: (flash) => store.setState({ flashes: [flash, ...without(flash.id)] }),
    dismiss: (id) => store.setState({ flashes: without(id) }),
  };
}
