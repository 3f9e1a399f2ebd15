/** The frame before there is a sign-in: the bar, the messages, and nothing to wander off to. */
import AppLayout from '@cloudscape-design/components/app-layout';
import { type ReactNode, useEffect } from 'react';
import { useStore } from 'zustand';
import { shownValue } from '../ui/call-state.ts';
import { useAppStores } from './app-stores-context.tsx';
import { Notifications } from './notifications.tsx';
import { TopBar } from './top-bar.tsx';

export interface OuterFrameProps {
  /** Names the window. */
  readonly title?: string;
  readonly children: ReactNode;
}

export function OuterFrame({ title = 'Sign in', children }: OuterFrameProps) {
  const stores = useAppStores();
  const status = shownValue(useStore(stores.status.store));
  const nothing = () => undefined;
  useEffect(() => {
    document.title = [title, ...(status?.practice ? ['Practice'] : []), 'Usage Desk'].join(' · ');
  }, [status?.practice, title]);
  return (
    <>
      <TopBar
        session={null}
        practice={status?.practice ?? false}
        onSwitchProfile={nothing}
        onSignInAgain={nothing}
        onLeave={nothing}
        onSignOut={nothing}
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
