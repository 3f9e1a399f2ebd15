/** Puts the focus on the heading of the screen that was just opened, so that a screen reader says where one is. */
import { useEffect, useRef } from 'react';

/** `place` is the address of the screen; the first screen of all keeps the browser's own focus. */
export function useHeadingFocus(place: string): void {
  const shown = useRef(place);
  useEffect(() => {
    if (shown.current === place) return;
    shown.current = place;
    const frame = requestAnimationFrame(() => {
      // A screen that has put the focus into a place of its own keeps it, and so does a tab that was chosen in it.
      if (document.activeElement?.closest('main')) return;
      focusHeading();
      window.scrollTo(0, 0);
    });
    return () => cancelAnimationFrame(frame);
  }, [place]);
}

/** When something with the focus went away, the screen's heading takes it: nobody is left nowhere. */
export function useFocusAfter(isOpen: boolean): void {
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    const hasClosed = wasOpen.current && !isOpen;
    wasOpen.current = isOpen;
    if (hasClosed && (document.activeElement ?? document.body) === document.body) focusHeading();
  }, [isOpen]);
}

function focusHeading(): void {
  const heading = document.querySelector<HTMLElement>('main h1');
  if (heading === null) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
