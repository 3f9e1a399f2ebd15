import { useSyncExternalStore } from 'react';

/** Whether the window is at most so many pixels wide, now and whenever that changes. */
export function useNarrow(mostPx: number): boolean {
  return useMedia(`(max-width: ${mostPx}px)`);
}

/** The same of its height: a zoom of 200 % halves that too. */
export function useShort(mostPx: number): boolean {
  return useMedia(`(max-height: ${mostPx}px)`);
}

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => window.matchMedia(query).matches,
  );
}
