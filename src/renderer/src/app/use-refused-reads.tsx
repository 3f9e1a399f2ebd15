import { useEffect } from 'react';
import { useStore } from 'zustand';
import { readWords, refusedReads } from '../copy/permissions.ts';
import { shownValue } from '../ui/call-state.ts';
import { useAppStores } from './app-stores-context.tsx';
import type { Connected } from './connected.ts';
import { navigate } from './routes.ts';

/** Says once after connecting which reads AWS refuses to the role, and what is missing without them. */
export function useRefusedReads({ identity }: Connected): void {
  const stores = useAppStores();
  const shown = shownValue(useStore(stores.permissions.store));
  const refused = shown === null ? [] : refusedReads(shown);
  const key = [identity.principalArn, ...refused.map(({ action }) => action)].join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: said again only when who is signed in, or what is refused, has changed
  useEffect(() => {
    if (refused.length === 0) return;
    stores.flashes.show({
      id: 'refused-reads',
      type: 'warning',
      header: 'This role may not read everything',
      content: `It lacks ${refused.map(({ action }) => action).join(', ')}. ${refused
        .map(({ purpose }) => readWords[purpose].without)
        .join(' ')}`,
      action: { text: 'See what this role may do', run: () => navigate({ page: 'settings' }) },
    });
  }, [key]);
}
