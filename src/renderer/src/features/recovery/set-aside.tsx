/** Offers the newest good backup in the place of a damaged ledger, or an empty one where there is none. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import type { AppError } from '../../../../contract/errors.ts';
import type { Backup, LedgerRecovery, RestoredLedger } from '../../../../contract/ledger.ts';
import { useApi } from '../../api/api-context.tsx';
import { formatInstant, userTimeZone } from '../../copy/formats.ts';
import { contentWords } from '../../copy/ledger-care.ts';
import { AddBackup } from '../../ui/add-backup.tsx';
import { ErrorAlert } from '../../ui/error-alert.tsx';

interface SetAsideProps {
  readonly recovery: LedgerRecovery;
  readonly onAdded: () => void;
  readonly onRestored: (restored: RestoredLedger) => void;
}

export function SetAside({ recovery, onAdded, onRestored }: SetAsideProps) {
  const api = useApi();
  const [understood, setUnderstood] = useState(false);
  const [restoring, setRestoring] = useState(false);
  const [problem, setProblem] = useState<AppError | null>(null);
  const good = recovery.candidates.find(({ backup }) => backup.name === recovery.newestGood)?.backup ?? null;

  const restore = async () => {
    setRestoring(true);
    const answer = await api.call('ledger.setAsideAndRestore', { backupName: recovery.newestGood });
    setRestoring(false);
    if (answer.ok) onRestored(answer.value);
    else setProblem(answer.error);
  };
  return (
    <Container
      header={
        <Header variant="h2" description="The damaged file is set aside, untouched. It is never deleted.">
          {good === null ? 'There is no good backup' : 'Restore the newest good backup'}
        </Header>
      }
    >
      <SpaceBetween size="m">
        {problem !== null && <ErrorAlert error={problem} />}
        <Candidates recovery={recovery} />
        <AddBackup onAdded={onAdded} onProblem={setProblem} />
        {good === null ? <NothingGood /> : <WhatIsMissing backup={good} />}
        <Checkbox checked={understood} onChange={({ detail }) => setUnderstood(detail.checked)}>
          {good === null
            ? 'I know that an empty ledger has nothing of what was confirmed before'
            : 'I know that what happened after this backup is not in it'}
        </Checkbox>
        <Button
          variant="primary"
          disabled={!understood}
          loading={restoring}
          loadingText="Restoring"
          onClick={() => void restore()}
        >
          {good === null ? 'Set the damaged ledger aside and begin an empty one' : 'Set aside and restore'}
        </Button>
      </SpaceBetween>
    </Container>
  );
}

const states = {
  good: { type: 'success', text: 'Good' },
  damaged: { type: 'error', text: 'Damaged' },
  unchecked: { type: 'stopped', text: 'Older, not checked' },
} as const;

function Candidates({ recovery }: { readonly recovery: LedgerRecovery }) {
  const zone = userTimeZone();
  return (
    <ul className="plain-list">
      {recovery.candidates.map(({ backup, state }) => (
        <li key={backup.name}>
          Backup of {formatInstant(backup.savedUtc, zone)}: {contentWords(backup.content, zone)}{' '}
          <StatusIndicator type={states[state].type}>{states[state].text}</StatusIndicator>
        </li>
      ))}
    </ul>
  );
}

function WhatIsMissing({ backup }: { readonly backup: Backup }) {
  const untilUtc = backup.content?.untilUtc ?? null;
  return (
    <Alert type="warning" header="What would be missing">
      <SpaceBetween size="xs">
        <div>
          {untilUtc === null
            ? 'The backup is empty: everything that was confirmed is missing in it.'
            : `Everything that happened after ${formatInstant(untilUtc, userTimeZone())}. How much that is can’t be known here.`}
        </div>
        <div>
          AWS has what it accepted all the same. Don’t enter it again: once the backup is restored and you are
          signed in, “Usage that only AWS has” in Settings shows it by AWS CloudTrail.
        </div>
        <div>
          Records that are pending in the backup become unknown and wait for your decision. Nothing of them is
          sent again by itself.
        </div>
      </SpaceBetween>
    </Alert>
  );
}

function NothingGood() {
  return (
    <Alert type="warning" header="Nothing of the past would be in the ledger">
      If you saved a copy of a backup elsewhere, add its file. Otherwise an empty ledger can be begun; much of
      the damaged file may still be readable for an expert. AWS CloudTrail shows what was sent.
    </Alert>
  );
}
