/** Keeps the focus at a record when the button that had it goes away with the state that offered it. */
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

/**
 * For what may go away while it has the focus: the record's link takes it, also where the record now stands in another table; the
 * screen's heading does where the record is gone from the screen. The link is found by its `data-record-link`.
 */
export function useFocusToRecord(recordId: string): RefObject<HTMLSpanElement | null> {
  const place = useRef<HTMLSpanElement>(null);
  const hadFocus = useRef(false);
  useLayoutEffect(() => {
    const element = place.current;
    return () => {
      hadFocus.current = element?.contains(document.activeElement) ?? false;
    };
  }, []);
  useEffect(
    () => () => {
      if (hadFocus.current) requestAnimationFrame(() => focusRecord(recordId));
    },
    [recordId],
  );
  return place;
}

function focusRecord(recordId: string): void {
  if ((document.activeElement ?? document.body) !== document.body) return;
  const links = [...document.querySelectorAll<HTMLElement>('[data-record-link]')];
  const link = links
    .find(({ dataset }) => dataset.recordLink === recordId)
    ?.querySelector<HTMLElement>('a, button');
  if (link) link.focus();
  else focusHeading();
}

/** For a heading that only stands in for another: that one takes its focus over. */
export function useHeadingThatGoes(): void {
  useLayoutEffect(
    () => () => {
      if (document.activeElement?.matches('main h1')) requestAnimationFrame(focusHeading);
    },
    [],
  );
}

/** Gives the focus to the heading of the screen. False when there is none, or none in sight. */
export function focusHeading(): boolean {
  const headings = [...document.querySelectorAll<HTMLElement>('main h1')];
  const heading = headings.find((one) => one.checkVisibility());
  if (heading === undefined) return false;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  return document.activeElement === heading;
}
