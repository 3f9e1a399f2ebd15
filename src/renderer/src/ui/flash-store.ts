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

export interface FlashesOptions {
  /** Whether somebody points at the messages or has the focus there: then none of them leaves. */
  readonly areInUse?: () => boolean;
}

const mostShown = 3;
const leavesAfterMs = 8000;
/** A message with an action has to be read and reached. */
const leavesWithActionAfterMs = 30_000;
const asksAgainAfterMs = 2000;

/** The newest message stands first. Good news and notes leave by themselves; a warning or an error stays until it is dismissed. */
export function createFlashes({ areInUse = () => false }: FlashesOptions = {}): Flashes {
  const store = createStore<FlashState>()(() => ({ flashes: [] }));
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const without = (id: string) => store.getState().flashes.filter((flash) => flash.id !== id);

  const dismiss = (id: string) => {
    clearTimeout(timers.get(id));
    timers.delete(id);
    store.setState({ flashes: without(id) });
  };
  const leaveAfter = (id: string, waitMs: number) => {
    clearTimeout(timers.get(id));
    const leave = () => (areInUse() ? leaveAfter(id, asksAgainAfterMs) : dismiss(id));
    timers.set(id, setTimeout(leave, waitMs));
  };
  return {
    store,
    show: (flash) => {
      dismiss(flash.id);
      const flashes = [flash, ...without(flash.id)];
      store.setState({ flashes });
      if (leavesByItself(flash)) {
        leaveAfter(flash.id, flash.action === undefined ? leavesAfterMs : leavesWithActionAfterMs);
      }
      for (const { id } of flashes.filter(leavesByItself).slice(mostShown)) dismiss(id);
    },
    dismiss,
  };
}

function leavesByItself({ type }: Flash): boolean {
  return type === 'success' || type === 'info';
}
