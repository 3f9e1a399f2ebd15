/** Each profile comes back to the screen that was left with it, and to the search and filters of its contracts. */
import { useEffect, useRef } from 'react';
import { type ContractsView, firstView } from '../features/contracts/contracts-store.ts';
import { useAppStores } from './app-stores-context.tsx';
import { hrefOf } from './routes.ts';

interface ProfileView {
  readonly hash: string;
  readonly contracts: ContractsView;
}

/** `profile` is the one whose screens are shown. Kept as long as the window is. */
export function useProfileViews(profile: string | null): void {
  const { contracts } = useAppStores();
  const views = useRef(new Map<string, ProfileView>());
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (profile === null || profile === shown.current) return;
    const before = shown.current;
    shown.current = profile;
    // The first sign-in goes where the address says.
    if (before === null) return;
    views.current.set(before, { hash: window.location.hash, contracts: contracts.store.getState().view });
    const view = views.current.get(profile);
    contracts.changeView(view?.contracts ?? firstView);
    window.location.hash = view?.hash ?? hrefOf({ page: 'contracts' });
  }, [profile, contracts]);
}
