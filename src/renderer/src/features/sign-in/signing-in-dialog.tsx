/** Signing in again from where one is: the work stays beneath. */
import Box from '@cloudscape-design/components/box';
import Modal from '@cloudscape-design/components/modal';
import { useApi } from '../../api/api-context.tsx';
import { CancelSignIn, ProfileSignInProgress, type SigningIn } from './sign-in-progress.tsx';

export function SigningInDialog({ session }: { readonly session: SigningIn }) {
  const api = useApi();
  return (
    <Modal
      visible
      header={`Sign in again as ${session.profile}`}
      closeAriaLabel="Cancel the sign-in"
      onDismiss={() => void api.call('session.cancelSignIn', {})}
      footer={
        <Box float="right">
          <CancelSignIn />
        </Box>
      }
    >
      <ProfileSignInProgress session={session} />
    </Modal>
  );
}
