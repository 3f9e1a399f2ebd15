/** What a person has to know of a contract before anything else: where it comes from, and what its prices mean. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { ContractDetails } from '../../../../contract/contracts.ts';
import type { AppError } from '../../../../contract/errors.ts';
import { useApi } from '../../api/api-context.tsx';
import { navigate } from '../../app/routes.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorAlert } from '../../ui/error-alert.tsx';

export function ContractNotes({ details }: { readonly details: ContractDetails }) {
  return (
    <>
      {details.summary.addedByHand && <AddedByHand agreementId={details.summary.agreementId} />}
      {details.freeTrial !== null && (
        <Alert type="info" header="This contract has a free trial">
          {trialText(details.freeTrial.duration)} Report the usage as it was: AWS prices it at 0 while the
          trial lasts, so the estimates here may be too high.
        </Alert>
      )}
    </>
  );
}

/** AWS writes the length as an ISO 8601 duration. */
function trialText(duration: string | null): string {
  const days = /^P(\d+)D$/.exec(duration ?? '')?.[1];
  if (days !== undefined) return `It lasts ${days} days.`;
  return duration === null ? '' : `AWS gives its length as ${duration}.`;
}

function AddedByHand({ agreementId }: { readonly agreementId: string }) {
  const [removing, setRemoving] = useState(false);
  return (
    <>
      <Alert
        type="info"
        header="Added by hand"
        action={<Button onClick={() => setRemoving(true)}>Remove this contract</Button>}
      >
        AWS doesn’t list this contract for your account, so its prices, start and end are not known here.
        Usage is metered as on any other; whether it may be, AWS decides when it arrives.
      </Alert>
      {removing && <Remove agreementId={agreementId} onClose={() => setRemoving(false)} />}
    </>
  );
}

function Remove({ agreementId, onClose }: { readonly agreementId: string; readonly onClose: () => void }) {
  const api = useApi();
  const [problem, setProblem] = useState<AppError | null>(null);
  const remove = async () => {
    const answer = await api.call('contracts.removeByHand', { agreementId });
    if (answer.ok) navigate({ page: 'contracts' });
    else setProblem(answer.error);
  };
  return (
    <Dialog
      header="Remove this contract from the list?"
      closeLabel="Keep this contract"
      onClose={onClose}
      leave="Keep it"
      act={
        <Button variant="primary" onClick={() => void remove()}>
          Remove the contract
        </Button>
      }
    >
      <SpaceBetween size="s">
        <span>
          Its usage stays in the ledger and in History, and what is pending is still sent. The contract can be
          added again by the same licence ARN.
        </span>
        {problem !== null && <ErrorAlert error={problem} />}
      </SpaceBetween>
    </Dialog>
  );
}
