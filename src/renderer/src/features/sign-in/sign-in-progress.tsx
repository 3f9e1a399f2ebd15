/** What is happening while the browser has its turn, and the ways on: open again, copy the link, cancel. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Link from '@cloudscape-design/components/link';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useEffect, useRef } from 'react';
import type { SessionView } from '../../../../contract/session.ts';
import { useApi } from '../../api/api-context.tsx';

export type SigningIn = Extract<SessionView, { state: 'signing-in' }>;

export function SignInProgress({ session }: { readonly session: SigningIn }) {
  const words = wordsOf(session);
  const place = useRef<HTMLDivElement>(null);
  // The button that began it has gone and taken the focus along.
  useEffect(() => {
    if ((document.activeElement ?? document.body) === document.body) place.current?.focus();
  }, []);
  return (
    <div ref={place} tabIndex={-1} className="sign-in-progress">
      <SpaceBetween size="m">
        <LiveRegion>
          <StatusIndicator type={session.step === 'waiting-for-browser' ? 'pending' : 'loading'}>
            {words.title}
          </StatusIndicator>
        </LiveRegion>
        <Box variant="p">{words.text}</Box>
        {session.step === 'waiting-for-browser' && session.authorizeUrl !== null && (
          <SignInPage url={session.authorizeUrl} opened={session.browserOpened} />
        )}
      </SpaceBetween>
    </div>
  );
}

export function CancelSignIn() {
  const api = useApi();
  return <Button onClick={() => void api.call('session.cancelSignIn', {})}>Cancel the sign-in</Button>;
}

function SignInPage({ url, opened }: { readonly url: string; readonly opened: boolean }) {
  const api = useApi();
  return (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      {opened ? (
        <Button iconName="external" onClick={() => void api.call('session.openSignInPage', {})}>
          Open the sign-in page again
        </Button>
      ) : (
        <Link href={url} target="_blank" rel="noopener" external variant="primary">
          Open the sign-in page
        </Link>
      )}
      <CopyToClipboard
        copyButtonText="Copy the link"
        copySuccessText="Link copied"
        copyErrorText="The link could not be copied"
        textToCopy={url}
      />
    </SpaceBetween>
  );
}

function wordsOf(session: SigningIn): { readonly title: string; readonly text: string } {
  switch (session.step) {
    case 'connecting':
      return {
        title: `Connecting with ${session.profile}`,
        text: 'AWS is asked whether the last sign-in still holds. This takes a moment.',
      };
    case 'waiting-for-browser':
      return session.browserOpened
        ? {
            title: 'Waiting for you in the browser',
            text: 'AWS’s sign-in page has opened in your browser. Sign in there and allow access; this page then goes on by itself.',
          }
        : {
            title: 'Waiting for you to sign in',
            text: 'Open AWS’s sign-in page with the link, sign in there and allow access; this page then goes on by itself.',
          };
    case 'finishing':
      return { title: 'Signed in, almost there', text: 'The account and the role are being checked.' };
  }
}
