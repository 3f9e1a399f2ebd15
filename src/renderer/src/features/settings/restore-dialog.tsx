/** Restores a backup: what would be lost is told first, and only that very state is given up. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import { useState } from 'react';
import type { AppError } from '../../../../contract/errors.ts';
import type { Backup, RestoreLoss } from '../../../../contract/ledger.ts';
import { useApi } from '../../api/api-context.tsx';
import { formatInstant, userTimeZone } from '../../copy/formats.ts';
import {
  contentWords,
  lossSentences,
  otherComputerSentences,
  undecidedSentence,
} from '../../copy/ledger-care.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { useFlash } from '../../ui/flash.tsx';
import { shownValue, useCall } from '../../ui/use-call.ts';

export interface RestoreDialogProps {
  readonly backup: Backup;
  /** It came from a file just now: perhaps of another computer, which may still work with its ledger. */
  readonly isAdded: boolean;
  readonly onClose: () => void;
}

export function RestoreDialog({ backup, isAdded, onClose }: RestoreDialogProps) {
  const api = useApi();
  const flash = useFlash();
  const zone = userTimeZone();
  const made = formatInstant(backup.savedUtc, zone);
  const comparison = useCall('backups.compare', { name: backup.name });
  const [understood, setUnderstood] = useState(false);
  const [restoring, setRestoring] = useState(false);
  const [problem, setProblem] = useState<AppError | null>(null);
  const loss = shownValue(comparison.state);

  const restore = async ({ currentHead }: RestoreLoss) => {
    setRestoring(true);
    setProblem(null);
    const answer = await api.call('backups.restore', { name: backup.name, currentHead });
    setRestoring(false);
    if (!answer.ok) {
      setProblem(answer.error);
      setUnderstood(false);
      return comparison.reload();
    }
    const { setAsidePath, undecidedRecords } = answer.value;
    flash.show({
      id: 'backup',
      type: undecidedRecords > 0 ? 'warning' : 'success',
      header: `The backup of ${made} is the ledger now`,
      content: [
        setAsidePath === null ? null : `The former ledger lies untouched at ${setAsidePath}.`,
        undecidedRecords === 0 ? null : undecidedSentence(undecidedRecords),
        'Sign in again to go on.',
      ]
        .filter((part) => part !== null)
        .join(' '),
    });
    onClose();
  };

  return (
    <Dialog
      header={`Restore the backup of ${made}?`}
      closeLabel="Keep the ledger as it is"
      onClose={onClose}
      leave="Keep the ledger as it is"
      canLeave={!restoring}
      act={
        <Button
          variant="primary"
          disabled={loss === null || !understood}
          loading={restoring}
          loadingText="Restoring the backup"
          onClick={() => {
            if (loss !== null) void restore(loss);
          }}
        >
          Restore this backup
        </Button>
      }
    >
      <SpaceBetween size="m">
        {problem !== null && <RestoreProblem problem={problem} />}
        <Box>What it holds: {contentWords(backup.content, zone)}.</Box>
        {loss === null ? (
          comparison.state.kind === 'failed' ? (
            <ErrorAlert error={comparison.state.error} onRetry={() => void comparison.reload()} />
          ) : (
            <Box color="text-body-secondary">
              <Spinner /> Comparing it with the ledger.
            </Box>
          )
        ) : (
          <Loss loss={loss} />
        )}
        {isAdded && <OneComputer loss={loss} />}
        <Box>
          The present ledger is set aside, untouched, and the backup takes its place. You sign in again
          afterwards.
        </Box>
        <Checkbox
          checked={understood}
          disabled={loss === null}
          onChange={({ detail }) => setUnderstood(detail.checked)}
        >
          I know what will be missing, and want this backup as the ledger
        </Checkbox>
      </SpaceBetween>
    </Dialog>
  );
}

function Loss({ loss }: { readonly loss: RestoreLoss }) {
  const costs = loss.missingEvents > 0 || loss.undecidedRecords > 0;
  return (
    <Alert type={costs ? 'warning' : 'info'} header={costs ? 'What it would cost' : 'Nothing would be lost'}>
      <ul className="plain-list">
        {lossSentences(loss, userTimeZone()).map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Alert>
  );
}

function OneComputer({ loss }: { readonly loss: RestoreLoss | null }) {
  return (
    <Alert type="warning" header="One ledger, one computer">
      {otherComputerSentences(loss?.undecidedRecords ?? 0).join(' ')}
    </Alert>
  );
}

/** Only the backup is meant here: the ledger itself is as it was. */
function RestoreProblem({ problem }: { readonly problem: AppError }) {
  switch (problem.kind) {
    case 'ledger-damaged':
      return (
        <Alert type="error" header="This backup is damaged">
          Something in it does not fit, so nothing was changed. Choose another backup.
        </Alert>
      );
    case 'not-possible-now':
      return (
        <Alert type="warning" header="The ledger has moved on">
          Something happened since this was compared, so nothing was changed. Look at what would be missing
          now, and decide again.
        </Alert>
      );
    default:
      return <ErrorAlert error={problem} note="The ledger is as it was." />;
  }
}
