/** Which sign-in the screens stand under. */
import type { SessionView } from '../../../contract/session.ts';

export type Connected = Extract<SessionView, { state: 'signed-in' | 'ended' }>;

/** The identity to show after a new view: kept while a sign-in is under way, gone once signed out. */
export function connectedAfter(before: Connected | null, view: SessionView | null): Connected | null {
  switch (view?.state) {
    case 'signed-in':
    case 'ended':
      return view;
    case 'signed-out':
      return null;
    default:
      return before;
  }
}
