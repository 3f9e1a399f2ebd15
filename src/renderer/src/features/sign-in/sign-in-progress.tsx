/** What is happening while AWS's page has its turn, and the ways on: the code, open again, copy the link, another way, cancel. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Link from '@cloudscape-design/components/link';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useEffect, useRef } from 'react';
import type { CodeQuestion, SessionView, SignInPage } from '../../../../contract/session.ts';
import { useApi } from '../../api/api-context.tsx';
import { Countdown } from '../../ui/countdown.tsx';
import { CodeForm } from './code-form.tsx';

export type SigningIn = Extract<SessionView, { state: 'signing-in' }>;

export interface ProgressProps {
  /** What is signed in with: a profile by name, or a new profile. */
  readonly what: string;
  readonly step: SigningIn['step'];
  readonly page: SignInPage | null;
  /** Only while a code is waited for. */
  readonly code?: CodeQuestion | null;
  readonly onOpenAgain: () => void;
  /** Begins anew by a code; null where a code is what is waited for already. */
  readonly onUseCode: (() => void) | null;
}

export function SignInProgress({ what, step, page, code = null, onOpenAgain, onUseCode }: ProgressProps) {
  const words = wordsOf(what, step, page);
  const place = useRef<HTMLDivElement>(null);
  // The button that began it has gone and taken the focus along.
  useEffect(() => {
    if ((document.activeElement ?? document.body) === document.body) place.current?.focus();
  }, []);
  return (
    <div ref={place} tabIndex={-1} className="sign-in-progress">
      <SpaceBetween size="m">
        <LiveRegion>
          <StatusIndicator type={step.startsWith('waiting') ? 'pending' : 'loading'}>
            {words.title}
          </StatusIndicator>
        </LiveRegion>
        <Box variant="p">{words.text}</Box>
        {code !== null && <CodeForm key={String(code.refused)} question={code} />}
        {step === 'waiting-for-browser' && page !== null && (
          <SpaceBetween size="m">
            {page.userCode !== null && <UserCode code={page.userCode} untilUtc={page.untilUtc} />}
            <PageLinks page={page} onOpenAgain={onOpenAgain} />
            {page.userCode === null && onUseCode !== null && (
              <Box color="text-body-secondary">
                Doesn’t the browser come back, or is it on another computer?{' '}
                <Button variant="inline-link" onClick={onUseCode}>
                  Sign in with a code instead
                </Button>
              </Box>
            )}
          </SpaceBetween>
        )}
      </SpaceBetween>
    </div>
  );
}

/** The progress of a sign-in with a profile. */
export function ProfileSignInProgress({ session }: { readonly session: SigningIn }) {
  const api = useApi();
  const { profile, step, page, code } = session;
  return (
    <SignInProgress
      what={profile}
      step={step}
      page={page}
      code={code}
      onOpenAgain={() => void api.call('session.openSignInPage', {})}
      onUseCode={() => void api.call('session.signIn', { profile, way: 'device-code' })}
    />
  );
}

export function CancelSignIn() {
  const api = useApi();
  return <Button onClick={() => void api.call('session.cancelSignIn', {})}>Cancel the sign-in</Button>;
}

function UserCode({ code, untilUtc }: { readonly code: string; readonly untilUtc: string }) {
  return (
    <div>
      <Box variant="awsui-key-label">Your code</Box>
      <SpaceBetween direction="horizontal" size="s" alignItems="center">
        <span className="user-code">{code}</span>
        <CopyToClipboard
          copyButtonText="Copy the code"
          copySuccessText="Code copied"
          copyErrorText="The code could not be copied"
          textToCopy={code}
        />
      </SpaceBetween>
      <Box color="text-body-secondary" fontSize="body-s">
        Good for another <Countdown untilUtc={untilUtc} passed="moment" />
      </Box>
    </div>
  );
}

function PageLinks({ page, onOpenAgain }: { readonly page: SignInPage; readonly onOpenAgain: () => void }) {
  return (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      {page.opened ? (
        <Button iconName="external" onClick={onOpenAgain}>
          Open the sign-in page again
        </Button>
      ) : (
        <Link href={page.url} target="_blank" rel="noopener" external variant="primary">
          Open the sign-in page
        </Link>
      )}
      <CopyToClipboard
        copyButtonText="Copy the link"
        copySuccessText="Link copied"
        copyErrorText="The link could not be copied"
        textToCopy={page.url}
      />
    </SpaceBetween>
  );
}

function wordsOf(
  what: string,
  step: SigningIn['step'],
  page: SignInPage | null,
): { readonly title: string; readonly text: string } {
  switch (step) {
    case 'connecting':
      return {
        title: `Connecting with ${what}`,
        text: 'AWS is asked whether the last sign-in still holds. This takes a moment.',
      };
    case 'waiting-for-browser':
      return waitingWords(page);
    case 'waiting-for-code':
      return {
        title: 'Waiting for your code',
        text: 'This role asks for the code of a second factor (MFA) each time that it is used.',
      };
    case 'finishing':
      return { title: 'Signed in, almost there', text: 'The account and the role are being checked.' };
  }
}

function waitingWords(page: SignInPage | null) {
  const goesOn = 'this page then goes on by itself.';
  if (page?.userCode != null) {
    return {
      title: 'Waiting for you to confirm the code',
      text: `Open AWS’s page, here or on another computer. Go on there only if it shows this very code, and allow access; ${goesOn}`,
    };
  }
  return page?.opened === true
    ? {
        title: 'Waiting for you in the browser',
        text: `AWS’s sign-in page has opened in your browser. Sign in there and allow access; ${goesOn}`,
      }
    : {
        title: 'Waiting for you to sign in',
        text: `Open AWS’s sign-in page with the link, sign in there and allow access; ${goesOn}`,
      };
}
