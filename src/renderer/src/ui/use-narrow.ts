import { useSyncExternalStore } from 'react';

/** Whether the window is at most so many pixels wide, now and whenever that changes. */
export function useNarrow(mostPx: number): boolean {
  const query = `(max-width: ${mostPx}px)`;
  return useSyncExternalStore(
    (changed) => {
      const media = window.matchMedia(query);
      media.addEventListener('change', changed);
      return () => media.removeEventListener('change', changed);
    },
    () => window.matchMedia(query).matches,
  );
}
