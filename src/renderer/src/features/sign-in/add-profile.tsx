/** Adding a profile in three steps that follow from each other: where to sign in, the sign-in itself, which account and role. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useRef, useState } from 'react';
import type { CallInput } from '../../../../contract/calls.ts';
import type { AppError } from '../../../../contract/errors.ts';
import type { SetupView } from '../../../../contract/profile-setup.ts';
import type { ProfileList } from '../../../../contract/session.ts';
import { useApi } from '../../api/api-context.tsx';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { shownValue, useCall } from '../../ui/use-call.ts';
import { ChooseRole } from './choose-role.tsx';
import { SignInProgress } from './sign-in-progress.tsx';
import { WhereToSignIn } from './where-to-sign-in.tsx';

export interface AddProfileProps {
  readonly list: ProfileList;
  readonly onClose: () => void;
  /** The profile is in the AWS config; its sign-in is fresh. */
  readonly onAdded: (profile: string) => void;
}

export function AddProfile({ list, onClose, onAdded }: AddProfileProps) {
  const api = useApi();
  const { state } = useCall('profileSetup.get', {}, ['profileSetup.changed']);
  const view = shownValue(state);
  const [refusal, setRefusal] = useState<AppError | null>(null);
  const last = useRef<CallInput<'profileSetup.begin'> | null>(null);

  const begin = async (input: CallInput<'profileSetup.begin'>) => {
    last.current = input;
    setRefusal(null);
    const answer = await api.call('profileSetup.begin', input);
    if (!answer.ok) setRefusal(answer.error);
  };
  const signInByCode = () => {
    if (last.current !== null) void begin({ ...last.current, way: 'device-code' });
  };
  const cancel = async () => {
    await api.call('profileSetup.cancel', {});
    onClose();
  };
  if (view === null) return null;
  const problem = refusal ?? (view.state === 'idle' ? view.problem : null);
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={stepWords(view)}
          actions={<Button onClick={() => void cancel()}>Cancel</Button>}
        >
          Add a profile
        </Header>
      }
    >
      <SpaceBetween size="l">
        {problem !== null && <ErrorAlert error={problem} />}
        {view.state === 'idle' && (
          <WhereToSignIn
            ssoSessions={list.ssoSessions}
            last={last.current}
            onBegin={(input) => void begin(input)}
          />
        )}
        {view.state === 'signing-in' && (
          <SignInProgress
            what="a new profile"
            step={view.step}
            page={view.page}
            onOpenAgain={() => void api.call('profileSetup.openSignInPage', {})}
            onUseCode={last.current === null ? null : signInByCode}
          />
        )}
        {view.state === 'choosing' && (
          <ChooseRole choice={view} taken={list.profiles.map(({ name }) => name)} onAdded={onAdded} />
        )}
        <Box color="text-body-secondary" fontSize="body-s">
          The profile is added at the end of {list.configPath}. What stands there stays as it is, and a copy
          is kept beside it.
        </Box>
      </SpaceBetween>
    </Container>
  );
}

function stepWords(view: SetupView): string {
  switch (view.state) {
    case 'idle':
      return 'Step 1 of 3: where you sign in';
    case 'signing-in':
      return 'Step 2 of 3: sign in at AWS';
    case 'choosing':
      return 'Step 3 of 3: the account and the role';
  }
}
