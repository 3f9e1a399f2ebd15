/** Hands the messages at the top of the page down to every screen. */
import { createContext, type ReactNode, useContext } from 'react';
import type { Flashes } from './flash-store.ts';

const FlashContext = createContext<Flashes | null>(null);

export function FlashProvider({
  flashes,
  children,
}: {
  readonly flashes: Flashes;
  readonly children: ReactNode;
}) {
  return <FlashContext value={flashes}>{children}</FlashContext>;
}

/** `show({ id, type, header, content?, action? })` and `dismiss(id)`. */
export function useFlash(): Flashes {
  const flashes = useContext(FlashContext);
  if (flashes === null) throw new Error('useFlash needs a FlashProvider above it');
  return flashes;
}
