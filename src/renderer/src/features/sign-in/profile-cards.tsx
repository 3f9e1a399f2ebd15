/** The profiles of the AWS config as cards; the one used last has its button under the finger. */
import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import Cards from '@cloudscape-design/components/cards';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useEffect, useRef } from 'react';
import type { Profile } from '../../../../contract/session.ts';
import { formatAccountId, formatCountdown, formatInstant, userTimeZone } from '../../copy/formats.ts';
import { profileProblem } from '../../copy/profile-problems.ts';
import { useNow } from '../../ui/use-now.tsx';
import { inOrder, kindWords } from './profile-words.ts';

export interface ProfileCardsProps {
  readonly profiles: readonly Profile[];
  readonly lastProfile: string | null;
  /** The profile that is signed in at this moment, when another is being chosen. */
  readonly connectedProfile: string | null;
  readonly onContinue: (profile: string) => void;
}

export function ProfileCards({ profiles, lastProfile, connectedProfile, onContinue }: ProfileCardsProps) {
  const ordered = inOrder(profiles, lastProfile);
  const first = ordered.find((profile) => profile.problem === null);
  return (
    <Cards
      items={ordered}
      trackBy="name"
      variant="full-page"
      cardsPerRow={[{ cards: 1 }, { minWidth: 620, cards: 2 }]}
      header={
        <Header
          variant="h2"
          counter={`(${profiles.length})`}
          description="From the AWS config of this computer"
        >
          Profiles
        </Header>
      }
      cardDefinition={{
        header: (profile) => (
          <CardHeader
            profile={profile}
            isLast={profile.name === lastProfile}
            isConnected={profile.name === connectedProfile}
          />
        ),
        sections: [
          { id: 'facts', content: (profile) => <Facts profile={profile} /> },
          {
            id: 'go',
            content: (profile) => (
              <ContinueButton
                profile={profile}
                isFirst={profile === first}
                isConnected={profile.name === connectedProfile}
                onContinue={onContinue}
              />
            ),
          },
        ],
      }}
    />
  );
}

function CardHeader({
  profile,
  isLast,
  isConnected,
}: {
  readonly profile: Profile;
  readonly isLast: boolean;
  readonly isConnected: boolean;
}) {
  return (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      <span className="card-name">{profile.name}</span>
      {isConnected ? (
        <Badge color="green">Signed in now</Badge>
      ) : (
        isLast && <Badge color="blue">Last used</Badge>
      )}
    </SpaceBetween>
  );
}

function Facts({ profile }: { readonly profile: Profile }) {
  return (
    <KeyValuePairs
      columns={2}
      items={[
        { label: 'Account', value: <Account profile={profile} /> },
        { label: 'Role', value: profile.roleName ?? 'As the credentials say' },
        { label: 'Signs in by', value: kindWords(profile) },
        {
          label: 'Signed in',
          value:
            profile.signedInUntilUtc === null ? (
              'No'
            ) : (
              <StatusIndicator type="success">
                <SignedInFor untilUtc={profile.signedInUntilUtc} />
              </StatusIndicator>
            ),
        },
      ]}
    />
  );
}

function SignedInFor({ untilUtc }: { readonly untilUtc: string }) {
  const leftMs = Date.parse(untilUtc) - useNow(30_000);
  const zone = userTimeZone();
  return (
    <time dateTime={untilUtc} title={formatInstant(untilUtc, zone)}>
      {leftMs > 0 ? `Yes, for another ${formatCountdown(leftMs)}` : 'It has just ended'}
    </time>
  );
}

function Account({ profile }: { readonly profile: Profile }) {
  if (profile.accountId === null) return 'Known after signing in';
  return (
    <>
      {profile.accountName !== null && <div>{profile.accountName}</div>}
      <div>{formatAccountId(profile.accountId)}</div>
    </>
  );
}

function ContinueButton({
  profile,
  isFirst,
  isConnected,
  onContinue,
}: {
  readonly profile: Profile;
  readonly isFirst: boolean;
  readonly isConnected: boolean;
  readonly onContinue: (profile: string) => void;
}) {
  const button = useRef<ButtonProps.Ref>(null);
  const problem = profile.problem === null ? null : profileProblem(profile.problem);
  useEffect(() => {
    if (isFirst) button.current?.focus();
  }, [isFirst]);
  return (
    <SpaceBetween size="xs">
      {problem !== null && (
        <div>
          <StatusIndicator type="warning">{problem.text}</StatusIndicator>
          <Box color="text-body-secondary" fontSize="body-s">
            {problem.nextStep}
          </Box>
        </div>
      )}
      <Button
        ref={button}
        variant={isFirst ? 'primary' : 'normal'}
        disabled={problem !== null}
        disabledReason={problem?.text ?? ''}
        ariaLabel={`${isConnected ? 'Stay with' : 'Continue with'} ${profile.name}`}
        onClick={() => onContinue(profile.name)}
      >
        {isConnected ? 'Stay with this one' : 'Continue'}
      </Button>
    </SpaceBetween>
  );
}
