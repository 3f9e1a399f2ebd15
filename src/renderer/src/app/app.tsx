/** Decides between the sign-in and the frame with its screens. */
import Box from '@cloudscape-design/components/box';
import Spinner from '@cloudscape-design/components/spinner';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { SessionView } from '../../../contract/session.ts';
import { useApi } from '../api/api-context.tsx';
import { ContractsStoreProvider } from '../features/contracts/contracts-store-context.tsx';
import { WelcomePage } from '../features/sign-in/welcome-page.tsx';
import { type CallState, shownValue } from '../ui/call-state.ts';
import { ErrorAlert } from '../ui/error-alert.tsx';
import { FlashProvider } from '../ui/flash.tsx';
import { ClockOffsetProvider } from '../ui/use-now.tsx';
import { createAppStores } from './app-stores.ts';
import { AppStoresProvider } from './app-stores-context.tsx';
import type { Connected } from './connected.ts';
import { Frame } from './frame.tsx';
import { OuterFrame } from './outer-frame.tsx';
import { fetchScreens } from './page.tsx';
import { useTheme } from './theme.ts';
import { useConnected } from './use-connected.ts';
import { useProfileViews } from './use-profile-views.ts';
import { useRoute } from './use-route.ts';

const RecoveryPage = lazy(async () => ({
  default: (await import('../features/recovery/recovery-page.tsx')).RecoveryPage,
}));

export function App() {
  const api = useApi();
  const stores = useMemo(() => createAppStores(api), [api]);
  useEffect(() => stores.start(), [stores]);
  const status = shownValue(useStore(stores.status.store));
  // By what the core says now, not by its clock's offset: in practice the core may live at another instant than this page.
  const offsetMs = useMemo(() => (status === null ? 0 : Date.parse(status.nowUtc) - Date.now()), [status]);
  useTheme(shownValue(useStore(stores.settings.store))?.theme ?? 'system');
  return (
    <AppStoresProvider stores={stores}>
      <ContractsStoreProvider store={stores.contracts}>
        <FlashProvider flashes={stores.flashes}>
          <ClockOffsetProvider offsetMs={offsetMs}>
            <SignedInOrNot session={useStore(stores.session.store)} reload={stores.session.reload} />
          </ClockOffsetProvider>
        </FlashProvider>
      </ContractsStoreProvider>
    </AppStoresProvider>
  );
}

function SignedInOrNot({
  session,
  reload,
}: {
  readonly session: CallState<SessionView>;
  readonly reload: () => Promise<void>;
}) {
  const view = shownValue(session);
  const connected = useConnected(view);
  const choice = useProfileChoice(connected);
  const route = useRoute();
  const fromSignIn = useRef(false);
  const isConnected = connected !== null;
  // Not before there is something to look at: a browser asks for six things at a time.
  useEffect(() => {
    if (isConnected) void fetchScreens();
  }, [isConnected]);
  const api = useApi();
  useProfileViews(connected?.identity.profile ?? null);
  const switchTo = (profile: string) => {
    // The choice stays open beneath, so that a sign-in that comes to nothing is told there.
    choice.begin();
    void api.call('session.signIn', { profile });
  };

  if (route.page === 'recovery') {
    return (
      <OuterFrame title="Recover the ledger">
        <Suspense fallback={<Spinner size="large" />}>
          <RecoveryPage />
        </Suspense>
      </OuterFrame>
    );
  }
  if (view === null) {
    return (
      <OuterFrame>
        <Box padding="xxxl" textAlign="center">
          {session.kind === 'failed' ? (
            <ErrorAlert error={session.error} onRetry={() => void reload()} />
          ) : (
            <Spinner size="large" />
          )}
        </Box>
      </OuterFrame>
    );
  }
  const renewing = view.state === 'signing-in' && connected?.identity.profile === view.profile;
  if (connected === null || choice.open || (view.state === 'signing-in' && !renewing)) {
    fromSignIn.current = true;
    return (
      <OuterFrame>
        <WelcomePage
          session={view}
          connectedProfile={connected?.identity.profile ?? null}
          onBack={connected === null ? null : choice.close}
          onShown={() => void fetchScreens()}
        />
      </OuterFrame>
    );
  }
  return (
    <Frame
      connected={connected}
      signingIn={view.state === 'signing-in' ? view : null}
      onSwitchProfile={choice.begin}
      onSwitchTo={switchTo}
      fromSignIn={fromSignIn.current}
    />
  );
}

/** Whether the person is choosing another profile. Ends by itself once another sign-in is there. */
function useProfileChoice(connected: Connected | null) {
  const [open, setOpen] = useState(false);
  const identityKey = `${connected?.state} ${connected?.identity.profile}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it closes whenever the identity becomes another
  useEffect(() => setOpen(false), [identityKey]);
  return { open, begin: () => setOpen(true), close: () => setOpen(false) };
}
