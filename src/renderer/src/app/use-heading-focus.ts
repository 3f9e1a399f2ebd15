/** Puts the focus on the heading of the screen that was just opened, so that a screen reader says where one is. */
import { useEffect, useRef } from 'react';

/** `place` is the address of the screen; the first screen of all keeps the browser's own focus. */
export function useHeadingFocus(place: string): void {
  const shown = useRef(place);
  useEffect(() => {
    if (shown.current === place) return;
    shown.current = place;
    const frame = requestAnimationFrame(() => {
      // A screen that has put the cursor into a field of its own keeps it.
      const isTyping = document.activeElement instanceof HTMLInputElement;
      const heading = document.querySelector<HTMLElement>('main h1');
      if (isTyping || heading === null) return;
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    });
    return () => cancelAnimationFrame(frame);
  }, [place]);
}
