/** Signing out ends more than this app's work: that is said before it is done. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { AppError } from '../../../../contract/errors.ts';
import { useApi } from '../../api/api-context.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorAlert } from '../../ui/error-alert.tsx';

export interface SignOutDialogProps {
  readonly profile: string;
  readonly onClose: () => void;
}

export function SignOutDialog({ profile, onClose }: SignOutDialogProps) {
  const api = useApi();
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState<AppError | null>(null);
  const signOut = async () => {
    setRunning(true);
    const answer = await api.call('session.signOut', {});
    // Signed out, the whole frame gives way to the welcome page.
    if (answer.ok) return;
    setRunning(false);
    setProblem(answer.error);
  };
  return (
    <Dialog
      header="Sign out of AWS"
      closeLabel="Stay signed in"
      onClose={onClose}
      leave="Stay signed in"
      act={
        <Button variant="primary" loading={running} onClick={() => void signOut()}>
          Sign out
        </Button>
      }
    >
      <SpaceBetween size="m">
        {problem !== null && <ErrorAlert error={problem} />}
        <Box variant="p">
          This ends the sign-in of profile {profile} at AWS and removes it from this computer. The AWS CLI
          shares it: every profile that signs in at the same access portal needs a new sign-in, there too.
        </Box>
        <Box variant="p">
          Records that were submitted stay safe in the ledger. Those that AWS doesn’t have yet wait for the
          next sign-in.
        </Box>
      </SpaceBetween>
    </Dialog>
  );
}
