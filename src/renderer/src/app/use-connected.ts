/** The sign-in under which the screens stand, also while the same person signs in again. */
import { useState } from 'react';
import type { SessionView } from '../../../contract/session.ts';
import { type Connected, connectedAfter } from './connected.ts';

/**
 * The last view with an identity, kept while a sign-in is under way, so that what is on the screen stays; null once
 * signed out.
 */
export function useConnected(view: SessionView | null): Connected | null {
  const [kept, setKept] = useState<Connected | null>(null);
  const next = connectedAfter(kept, view);
  if (next !== kept) setKept(next);
  return next;
}
