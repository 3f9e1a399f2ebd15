/** The place that the address names, as React state. */
import { useSyncExternalStore } from 'react';
import { type Route, routeOf } from './routes.ts';

export function useRoute(): Route {
  return routeOf(useSyncExternalStore(subscribe, () => window.location.hash));
}

function subscribe(changed: () => void): () => void {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
}
