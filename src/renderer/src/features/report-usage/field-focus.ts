/** Moves the cursor between the fields of the form: with Enter to the next, and to the first that is wrong. */
import { createContext, useContext, useMemo, useRef } from 'react';

/** The fields of a line in the order in which Enter goes through them. */
export const fieldOrder = ['dimension', 'quantity', 'date', 'time', 'description'] as const;
export type FocusField = (typeof fieldOrder)[number];

interface Focusable {
  focus(): void;
}

export interface FieldFocus {
  /** As the `ref` of a field. */
  readonly register: (lineId: string, field: FocusField) => (element: Focusable | null) => void;
  readonly focus: (lineId: string, field: FocusField) => void;
  /** Goes on from a field: the next of its line, the first of the next line, or the Review button. */
  readonly next: (lineId: string, field: FocusField) => void;
}

const FieldFocusContext = createContext<FieldFocus | null>(null);
export const FieldFocusProvider = FieldFocusContext.Provider;

export function useFieldFocus(): FieldFocus {
  const focus = useContext(FieldFocusContext);
  if (focus === null) throw new Error('useFieldFocus needs a FieldFocusProvider above it');
  return focus;
}

/** `lineIds` gives the lines in order at the moment of the move; `onEnd` is what follows the last field. */
export function useNewFieldFocus(lineIds: () => readonly string[], onEnd: () => void): FieldFocus {
  const fields = useRef(new Map<string, Focusable>());
  const latest = useRef({ lineIds, onEnd });
  latest.current = { lineIds, onEnd };
  return useMemo(() => {
    const focus = (lineId: string, field: FocusField) => fields.current.get(`${lineId} ${field}`)?.focus();
    return {
      register: (lineId, field) => (element) => {
        const key = `${lineId} ${field}`;
        if (element === null) fields.current.delete(key);
        else fields.current.set(key, element);
      },
      focus,
      next: (lineId, field) => {
        const following = fieldOrder[fieldOrder.indexOf(field) + 1];
        if (following !== undefined) return focus(lineId, following);
        const lines = latest.current.lineIds();
        const nextLine = lines[lines.indexOf(lineId) + 1];
        if (nextLine === undefined) latest.current.onEnd();
        else focus(nextLine, 'dimension');
      },
    };
  }, []);
}
