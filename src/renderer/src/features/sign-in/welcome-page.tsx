/** The first screen: choose a profile and sign in, or try it in practice. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Grid from '@cloudscape-design/components/grid';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import { useEffect, useRef, useState } from 'react';
import type { AppError } from '../../../../contract/errors.ts';
import type { ProfileList, SessionView } from '../../../../contract/session.ts';
import { useApi } from '../../api/api-context.tsx';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { shownValue, useCall } from '../../ui/use-call.ts';
import { AddProfile } from './add-profile.tsx';
import { ProfileCards } from './profile-cards.tsx';
import { CancelSignIn, ProfileSignInProgress, type SigningIn } from './sign-in-progress.tsx';
import { PracticeWay, ProfileWay } from './ways-in.tsx';

export interface WelcomePageProps {
  readonly session: SessionView;
  /** The profile that stays signed in while another is chosen; null when there is none. */
  readonly connectedProfile: string | null;
  /** Leads back to the screen before; null when there is nowhere to go back to. */
  readonly onBack: (() => void) | null;
  /** Called when the profiles are there to be read. */
  readonly onShown: () => void;
}

export function WelcomePage({ session, connectedProfile, onBack, onShown }: WelcomePageProps) {
  const api = useApi();
  const profiles = useCall('profiles.list', {}, ['profiles.changed', 'session.changed']);
  const setup = shownValue(useCall('profileSetup.get', {}, ['profileSetup.changed']).state);
  const [adding, setAdding] = useState(false);
  const [refusal, setRefusal] = useState<AppError | null>(null);
  const list = shownValue(profiles.state);
  const isShown = list !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown counts, not who is told
  useEffect(() => {
    if (isShown) onShown();
  }, [isShown]);

  const signIn = async (profile: string) => {
    if (profile === connectedProfile && session.state === 'signed-in' && onBack !== null) {
      onBack();
      return;
    }
    setRefusal(null);
    const answer = await api.call('session.signIn', { profile });
    if (!answer.ok) setRefusal(answer.error);
  };

  return (
    <ContentLayout
      defaultPadding
      header={
        <Header
          variant="h1"
          description="Report your buyers’ metered usage to AWS Marketplace, and see what became of it."
          actions={onBack !== null && <Button onClick={onBack}>Back without switching</Button>}
        >
          {connectedProfile === null ? 'Welcome to Usage Desk' : 'Choose a profile'}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Problems
          session={session}
          refusal={refusal ?? (setup?.state === 'idle' && !adding ? setup.problem : null)}
          list={list}
        />
        {profiles.state.kind === 'failed' && (
          <ErrorAlert error={profiles.state.error} onRetry={() => void profiles.reload()} />
        )}
        {session.state === 'signing-in' ? (
          <Waiting session={session} />
        ) : list === null ? (
          profiles.state.kind !== 'failed' && <Spinner size="large" />
        ) : adding || (setup !== null && setup.state !== 'idle') ? (
          <AddProfile
            list={list}
            onClose={() => setAdding(false)}
            onAdded={(profile) => {
              setAdding(false);
              void signIn(profile);
            }}
          />
        ) : (
          <Choice
            list={list}
            connectedProfile={connectedProfile}
            onContinue={(name) => void signIn(name)}
            onAdd={() => setAdding(true)}
          />
        )}
      </SpaceBetween>
    </ContentLayout>
  );
}

function Problems({
  session,
  refusal,
  list,
}: {
  readonly session: SessionView;
  readonly refusal: AppError | null;
  readonly list: ProfileList | null;
}) {
  const ofSession = problemOf(session);
  const problems = [refusal, ofSession, list?.problem ?? null].filter((problem) => problem !== null);
  const place = useRef<HTMLDivElement>(null);
  const lastFailure = refusal ?? ofSession;
  // The card that was pressed may be far below.
  useEffect(() => {
    if (lastFailure !== null) place.current?.scrollIntoView({ block: 'center' });
  }, [lastFailure]);
  if (problems.length === 0) return null;
  return (
    <div ref={place} role="alert">
      <SpaceBetween size="s">
        {problems.map((problem) => (
          <ErrorAlert key={problem.kind} error={problem} />
        ))}
      </SpaceBetween>
    </div>
  );
}

/** Why the last attempt to sign in came to nothing. */
function problemOf(session: SessionView): AppError | null {
  if (session.state === 'signed-out') return session.problem;
  return session.state === 'signed-in' ? session.switchProblem : null;
}

function Waiting({ session }: { readonly session: SigningIn }) {
  return (
    <Container
      header={<Header variant="h2">Signing in with {session.profile}</Header>}
      footer={<CancelSignIn />}
    >
      <ProfileSignInProgress session={session} />
    </Container>
  );
}

function Choice({
  list,
  connectedProfile,
  onContinue,
  onAdd,
}: {
  readonly list: ProfileList;
  readonly connectedProfile: string | null;
  readonly onContinue: (profile: string) => void;
  readonly onAdd: () => void;
}) {
  const practice = shownValue(useCall('system.status', {}, ['system.changed']).state)?.practice ?? true;
  const hasProfiles = list.profiles.length > 0;
  return (
    <SpaceBetween size="l">
      {hasProfiles ? (
        <ProfileCards
          profiles={list.profiles}
          lastProfile={list.lastProfile}
          connectedProfile={connectedProfile}
          onContinue={onContinue}
        />
      ) : (
        list.problem === null && <NoProfile />
      )}
      <Grid
        gridDefinition={
          practice
            ? [{ colspan: 12 }]
            : [{ colspan: { default: 12, s: 6 } }, { colspan: { default: 12, s: 6 } }]
        }
      >
        {!practice && <PracticeWay />}
        <ProfileWay configPath={list.configPath} primary={!hasProfiles} onAdd={onAdd} />
      </Grid>
    </SpaceBetween>
  );
}

function NoProfile() {
  return (
    <Container header={<Header variant="h2">No AWS profile yet</Header>}>
      <Box variant="p">
        Usage Desk works with your own sign-in to your company’s AWS Marketplace seller account. Your AWS
        admin gives you a role there that may report usage, and the address where you sign in: with these, add
        a profile. Until then, practice shows you everything.
      </Box>
    </Container>
  );
}
