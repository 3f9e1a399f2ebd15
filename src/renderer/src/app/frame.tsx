/** The frame of every screen: bar, menu, messages, content, and the side panel of a usage record. */
import AppLayout, { type AppLayoutProps } from '@cloudscape-design/components/app-layout';
import SplitPanel from '@cloudscape-design/components/split-panel';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { AppError } from '../../../contract/errors.ts';
import type { Result } from '../../../contract/result.ts';
import type { SessionView } from '../../../contract/session.ts';
import { useApi } from '../api/api-context.tsx';
import { EndedDialog } from '../features/sign-in/ended-dialog.tsx';
import { SignOutDialog } from '../features/sign-in/sign-out-dialog.tsx';
import { SigningInDialog } from '../features/sign-in/signing-in-dialog.tsx';
import { shownValue } from '../ui/call-state.ts';
import { errorFlash } from '../ui/error-flash.ts';
import { FrameActsProvider, type SubmissionOf } from '../ui/frame-acts.tsx';
import { type RecordPanelControl, RecordPanelProvider } from '../ui/open-record.tsx';
import { PageTitleProvider } from '../ui/page-title.tsx';
import { RecordPanel } from '../ui/record-panel.tsx';
import { useShort } from '../ui/use-narrow.ts';
import { useAppStores } from './app-stores-context.tsx';
import type { Connected } from './connected.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Notifications } from './notifications.tsx';
import { Page } from './page.tsx';
import { hrefOf, type Route } from './routes.ts';
import { SideMenu } from './side-menu.tsx';
import { TopBar } from './top-bar.tsx';
import { useDocumentTitle } from './use-document-title.ts';
import { useFocusAfter, useFocusOnArrival, useHeadingFocus } from './use-heading-focus.ts';
import { useRefusedReads } from './use-refused-reads.tsx';
import { useResend } from './use-resend.ts';
import { useRoute } from './use-route.ts';
import { useUndo } from './use-undo.ts';

export interface FrameProps {
  readonly connected: Connected;
  /** Set while the same profile signs in again: what is on the screen stays beneath. */
  readonly signingIn: Extract<SessionView, { state: 'signing-in' }> | null;
  readonly onSwitchProfile: () => void;
  /** Signs in with another profile. */
  readonly onSwitchTo: (profile: string) => void;
  /** Whether the person comes from the sign-in, whose button had the focus. */
  readonly fromSignIn: boolean;
}

/** What has a table of usage records: it needs more room than text that is read. */
const widePages: ReadonlySet<Route['page']> = new Set(['contract', 'pending', 'rejected', 'history']);
const widePx = 1640;
/** Messages that stay in sight would leave hardly anything else in it. */
const shortPx = 560;

export function Frame({ connected, signingIn, onSwitchProfile, onSwitchTo, fromSignIn }: FrameProps) {
  const api = useApi();
  const stores = useAppStores();
  const route = useRoute();
  const status = shownValue(useStore(stores.status.store));
  const counts = shownValue(useStore(stores.counts.store));
  const others = shownValue(useStore(stores.otherAccounts.store));
  const profiles = shownValue(useStore(stores.profiles.store))?.profiles ?? [];
  useRefusedReads(connected);
  const accountId = connected.identity.accountId;
  const place = hrefOf(route);
  const panel = useRecordPanelState(place);
  const layout = useRef<AppLayoutProps.Ref>(null);
  const undo = useUndo();
  const isShort = useShort(shortPx);
  const resend = useResend();
  const [signingOut, setSigningOut] = useState(false);
  const [menuOpen, setMenuOpen] = useState(true);
  const setTitle = useDocumentTitle(counts, status?.practice ?? false);
  useHeadingFocus(place);
  useFocusOnArrival(fromSignIn);
  useFocusAfter(signingIn !== null);

  // Another account has another list: the store starts anew with it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the account id is the reason to start anew
  useEffect(() => stores.contracts.start(), [stores, accountId]);
  useEffect(() => {
    const { flushView } = stores.contracts;
    document.addEventListener('visibilitychange', flushView);
    window.addEventListener('pagehide', flushView);
    return () => {
      document.removeEventListener('visibilitychange', flushView);
      window.removeEventListener('pagehide', flushView);
    };
  }, [stores]);
  useEffect(() => {
    if (panel.openRecordId !== null) layout.current?.focusSplitPanel();
  }, [panel.openRecordId]);

  const say = (answer: Result<unknown>) => {
    if (!answer.ok) stores.flashes.show(errorFlash('session', answer.error));
  };
  useFailedAgain(connected, signingIn !== null, (error) => stores.flashes.show(errorFlash('session', error)));
  const signInAgain = async () => {
    stores.flashes.dismiss('session');
    say(await api.call('session.signIn', { profile: connected.identity.profile }));
  };
  const acts = {
    signInAgain: () => void signInAgain(),
    identity: connected.identity,
    switchTo: onSwitchTo,
    switchProfile: onSwitchProfile,
    undo: (submission: SubmissionOf) => void undo.undo(submission),
    sendNow: (submission: SubmissionOf) => void undo.sendNow(submission),
    resend,
  };
  const leave = async () => say(await api.call('session.leave', {}));
  return (
    <PageTitleProvider setTitle={setTitle}>
      <FrameActsProvider acts={acts}>
        <RecordPanelProvider control={panel}>
          <TopBar
            session={connected}
            practice={status?.practice ?? false}
            profiles={profiles}
            onSwitchProfile={onSwitchProfile}
            onSwitchTo={onSwitchTo}
            onSignInAgain={acts.signInAgain}
            onLeave={() => void leave()}
            onSignOut={() => setSigningOut(true)}
          />
          <AppLayout
            ref={layout}
            headerSelector="#top-bar"
            contentType={route.page === 'contracts' ? 'table' : 'default'}
            {...(widePages.has(route.page) ? { maxContentWidth: widePx } : {})}
            navigation={<SideMenu route={route} counts={counts} others={others} />}
            navigationOpen={menuOpen}
            navigationWidth={200}
            onNavigationChange={({ detail }) => setMenuOpen(detail.open)}
            toolsHide
            stickyNotifications={!isShort}
            notifications={<Notifications onSignInAgain={acts.signInAgain} />}
            content={
              <ErrorBoundary resetKey={place}>
                <Page key={accountId} route={route} />
              </ErrorBoundary>
            }
            splitPanelOpen={panel.openRecordId !== null}
            splitPanelPreferences={{ position: 'side' }}
            splitPanelSize={440}
            onSplitPanelToggle={({ detail }) => {
              if (!detail.open) panel.close();
            }}
            splitPanel={
              panel.openRecordId === null ? undefined : (
                <SplitPanel header="Usage record" closeBehavior="hide" hidePreferencesButton>
                  <RecordPanel key={panel.openRecordId} recordId={panel.openRecordId} />
                </SplitPanel>
              )
            }
          />
          {signingOut && (
            <SignOutDialog profile={connected.identity.profile} onClose={() => setSigningOut(false)} />
          )}
          {connected.state === 'ended' && signingIn === null && (
            <EndedDialog
              profile={connected.identity.profile}
              problem={connected.problem}
              onSignIn={acts.signInAgain}
            />
          )}
          {signingIn !== null && <SigningInDialog session={signingIn} />}
        </RecordPanelProvider>
      </FrameActsProvider>
    </PageTitleProvider>
  );
}

/** Tells why signing in again came to nothing while the former sign-in still holds; after its end a dialog does. */
function useFailedAgain(connected: Connected, isSigningIn: boolean, tell: (error: AppError) => void): void {
  const was = useRef(false);
  const problem = connected.state === 'signed-in' ? connected.switchProblem : null;
  useEffect(() => {
    if (was.current && !isSigningIn && problem !== null) tell(problem);
    was.current = isSigningIn;
  }, [isSigningIn, problem, tell]);
}

/** The record in the side panel; leaving the screen closes it, closing gives the focus back to where it came from. */
function useRecordPanelState(place: string): RecordPanelControl {
  const [openRecordId, setOpenRecordId] = useState<string | null>(null);
  const opener = useRef<Element | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place closes the panel
  useEffect(() => setOpenRecordId(null), [place]);
  const open = useCallback((recordId: string) => {
    opener.current = document.activeElement;
    setOpenRecordId(recordId);
  }, []);
  const close = useCallback(() => {
    setOpenRecordId(null);
    if (opener.current instanceof HTMLElement) opener.current.focus();
  }, []);
  useEscape(openRecordId !== null, close);
  return useMemo(() => ({ openRecordId, open, close }), [openRecordId, open, close]);
}

/** Escape does `act` while `isActive`, unless a dialog or popover is open, which it closes first. */
function useEscape(isActive: boolean, act: () => void): void {
  useEffect(() => {
    if (!isActive) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && document.querySelector('[role="dialog"]') === null) act();
    };
    // Before anybody else hears of it: the panel's resize handle swallows the key, and a closing popover is gone later.
    document.addEventListener('keydown', onKey, true);
    return () => document.removeEventListener('keydown', onKey, true);
  }, [isActive, act]);
}
