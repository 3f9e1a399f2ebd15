/** The ledger can't be opened: what happened, the newest good backup, and setting the damaged file aside. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import { useState } from 'react';
import type { LedgerRecovery, RestoredLedger } from '../../../../contract/ledger.ts';
import { navigate } from '../../app/routes.ts';
import { undecidedSentence } from '../../copy/ledger-care.ts';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { type Call, shownValue, useCall } from '../../ui/use-call.ts';
import { SetAside } from './set-aside.tsx';

export function RecoveryPage() {
  const recovery = useCall('ledger.recovery', {});
  const [restored, setRestored] = useState<RestoredLedger | null>(null);
  return (
    <ContentLayout
      header={
        <Header variant="h1" description="Nothing is changed before you say so.">
          Recover the ledger
        </Header>
      }
    >
      {restored === null ? (
        <State call={recovery} onRestored={setRestored} />
      ) : (
        <Restored restored={restored} />
      )}
    </ContentLayout>
  );
}

const leave = () => navigate({ page: 'contracts' });

interface StateProps {
  readonly call: Call<LedgerRecovery>;
  readonly onRestored: (restored: RestoredLedger) => void;
}

function State({ call, onRestored }: StateProps) {
  const shown = shownValue(call.state);
  if (shown === null) {
    return call.state.kind === 'failed' ? (
      <ErrorAlert error={call.state.error} onRetry={() => void call.reload()} />
    ) : (
      <Box color="text-body-secondary">
        <Spinner /> Looking for the newest good backup. With a large ledger this may take a while.
      </Box>
    );
  }
  if (shown.problem === null) {
    return (
      <Alert type="success" header="The ledger is open" action={<Button onClick={leave}>Go on</Button>}>
        Nothing needs to be recovered.
      </Alert>
    );
  }
  return (
    <SpaceBetween size="l">
      <ErrorAlert error={shown.problem} />
      {shown.problem.kind === 'ledger-damaged' ? (
        <SetAside recovery={shown} onAdded={() => void call.reload()} onRestored={onRestored} />
      ) : (
        <Container>
          A backup would not help here: the ledger itself is not damaged, and stays as it is.
        </Container>
      )}
      <Button onClick={leave}>Leave it as it is</Button>
    </SpaceBetween>
  );
}

function Restored({ restored }: { readonly restored: RestoredLedger }) {
  const { backupName, setAsidePath, undecidedRecords } = restored;
  return (
    <Alert
      type="success"
      header={backupName === null ? 'An empty ledger was begun' : 'The backup is the ledger now'}
      action={
        <Button variant="primary" onClick={leave}>
          Go on
        </Button>
      }
    >
      <SpaceBetween size="xs">
        {setAsidePath !== null && (
          <div className="path">The damaged file lies untouched at {setAsidePath}.</div>
        )}
        {undecidedRecords > 0 && <div>{undecidedSentence(undecidedRecords)} See Pending.</div>}
        <div>Sign in again to go on.</div>
      </SpaceBetween>
    </Alert>
  );
}
