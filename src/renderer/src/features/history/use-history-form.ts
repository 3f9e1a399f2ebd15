/** The history's filters as React state, kept in the address: a reload and *Back* find them again. */
import { useEffect, useState } from 'react';
import { emptyForm, formOf, type HistoryForm, queryOf } from './history-form.ts';

export interface HistoryFormState {
  readonly form: HistoryForm;
  readonly change: (change: Partial<HistoryForm>) => void;
  readonly clear: () => void;
}

export function useHistoryForm(): HistoryFormState {
  const [form, setForm] = useState(() => formOf(window.location.hash));
  useEffect(() => {
    // A link to the history with other filters, or with none.
    const follow = () => {
      if (window.location.hash.startsWith('#/history')) setForm(formOf(window.location.hash));
    };
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  const set = (next: HistoryForm) => {
    setForm(next);
    const query = queryOf(next);
    window.history.replaceState(null, '', `#/history${query === '' ? '' : `?${query}`}`);
  };
  return {
    form,
    change: (change) => set({ ...form, ...change }),
    clear: () => set(emptyForm),
  };
}

/** The value once it has stayed the same for a moment: each key of a search needn't ask the core. */
export function useSettled<T>(value: T, afterMs: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), afterMs);
    return () => clearTimeout(timer);
  }, [value, afterMs]);
  return settled;
}
