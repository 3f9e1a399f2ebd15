/** Puts the focus on the heading of the screen that was just opened, so that a screen reader says where one is. */
import { useEffect, useRef } from 'react';
import { focusHeading } from '../ui/record-focus.ts';

/** `place` is the address of the screen; the first screen of all keeps the browser's own focus. */
export function useHeadingFocus(place: string): void {
  const shown = useRef(place);
  useEffect(() => {
    if (shown.current === place) return;
    shown.current = place;
    // A screen that has put the focus into a place of its own keeps it, and so does a tab that was chosen in it.
    return seekHeading(hasFocusInScreen, () => window.scrollTo(0, 0));
  }, [place]);
}

/**
 * A screen whose code is still being fetched leaves the former one in the document, out of sight. The kit has its menu in `main` as well,
 * which is no part of a screen.
 */
function hasFocusInScreen(): boolean {
  const focused = document.activeElement;
  if (focused === null || focused.closest('nav') !== null) return false;
  return focused.closest('main') !== null && focused.checkVisibility();
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

/**
 * Gives the focus to the screen's heading when a whole other screen has taken the place of the one that had it, as soon as its
 * code is there; not when somebody has put the focus somewhere meanwhile.
 */
export function useFocusOnArrival(wanted: boolean): void {
  const arrives = useRef(wanted);
  useEffect(() => {
    if (!arrives.current) return;
    return seekHeading(() => (document.activeElement ?? document.body) !== document.body);
  }, []);
}

const longestWaitMs = 5000;

/** Looks for the heading with every frame until it has the focus, or `isSettled` without it. Gives what ends the search. */
function seekHeading(isSettled: () => boolean, found: () => void = () => undefined): () => void {
  const untilMs = performance.now() + longestWaitMs;
  let frame = 0;
  const look = () => {
    if (isSettled()) return;
    if (focusHeading()) found();
    else if (performance.now() < untilMs) frame = requestAnimationFrame(look);
  };
  frame = requestAnimationFrame(look);
  return () => cancelAnimationFrame(frame);
}
