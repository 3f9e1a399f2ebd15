/** The frame before there is a sign-in: the bar, the messages, and nothing to wander off to. */
import AppLayout from '@cloudscape-design/components/app-layout';
import { type ReactNode, useEffect } from 'react';
import { useStore } from 'zustand';
import { shownValue } from '../ui/call-state.ts';
import { useAppStores } from './app-stores-context.tsx';
import { Notifications } from './notifications.tsx';
import { TopBar } from './top-bar.tsx';

export function OuterFrame({ children }: { readonly children: ReactNode }) {
  const stores = useAppStores();
  const status = shownValue(useStore(stores.status.store));
  const nothing = () => undefined;
  useEffect(() => {
    document.title = status?.practice ? 'Sign in · Practice · Usage Desk' : 'Sign in · Usage Desk';
  }, [status?.practice]);
  return (
    <>
      <TopBar
        session={null}
        practice={status?.practice ?? false}
        onSwitchProfile={nothing}
        onSignInAgain={nothing}
        onLeave={nothing}
      />
      <AppLayout
        headerSelector="#top-bar"
        navigationHide
        toolsHide
        maxContentWidth={1080}
        notifications={<Notifications onSignInAgain={nothing} />}
        content={children}
      />
    </>
  );
}
