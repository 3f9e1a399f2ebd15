/** The ledger's audit trail: its head to keep elsewhere, and the button that verifies all of it. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { LedgerCheck } from '../../../../contract/ledger.ts';
import type { Result } from '../../../../contract/result.ts';
import { useApi } from '../../api/api-context.tsx';
import { formatQuantity } from '../../copy/formats.ts';
import { checkedWords, defectSentence, headText, readHead } from '../../copy/ledger-care.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { shownValue, useCall } from '../../ui/use-call.ts';

export function AuditTrail() {
  const api = useApi();
  const head = shownValue(useCall('ledger.head', {}, ['usage.changed', 'settings.changed']).state);
  const [text, setText] = useState('');
  const [verifying, setVerifying] = useState(false);
  const [result, setResult] = useState<Result<LedgerCheck> | null>(null);
  const given = text.trim() === '' ? null : readHead(text);
  const isNoHead = text.trim() !== '' && given === null;

  const verify = async () => {
    setVerifying(true);
    setResult(await api.call('ledger.verify', { head: given }));
    setVerifying(false);
  };
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Every confirmation, attempt, answer and decision, each row sealed with the one before it."
        >
          Audit trail
        </Header>
      }
    >
      <SpaceBetween size="m">
        <div>
          <Box variant="awsui-key-label">Head: the newest row</Box>
          <Copyable value={head === null ? null : headText(head)} label="head of the audit trail" />
          <Box fontSize="body-s" color="text-body-secondary">
            Keep a copy elsewhere now and then. It shows later whether the end of the trail was cut off.
          </Box>
        </div>
        <FormField
          label="Verify against a head that you kept"
          description="Leave it empty to check the trail against itself and the records."
          errorText={
            isNoHead ? 'A head is a number, a colon and 64 digits and letters from a to f.' : undefined
          }
          stretch
          secondaryControl={
            <Button
              disabled={isNoHead}
              loading={verifying}
              loadingText="Verifying the ledger"
              onClick={() => void verify()}
            >
              Verify
            </Button>
          }
        >
          <Input value={text} placeholder="412:3f9a…" onChange={({ detail }) => setText(detail.value)} />
        </FormField>
        <LiveRegion>{result === null || verifying ? null : <CheckResult result={result} />}</LiveRegion>
      </SpaceBetween>
    </Container>
  );
}

function CheckResult({ result }: { readonly result: Result<LedgerCheck> }) {
  if (!result.ok) return <ErrorAlert error={result.error} />;
  const check = result.value;
  if (check.intact || check.defect === null) {
    return (
      <Alert type="success" header="The ledger is intact">
        Checked: {checkedWords(check)}. Everything fits up to row {formatQuantity(check.head.seq)} of the
        trail.
      </Alert>
    );
  }
  return (
    <Alert type="error" header="Something in the ledger does not fit">
      <SpaceBetween size="xs">
        <div>{defectSentence(check.defect)}</div>
        <div>
          {check.firstBadSeq === null
            ? 'The trail itself fits.'
            : `The first row that does not fit is ${formatQuantity(check.firstBadSeq)}; up to row ${formatQuantity(check.head.seq)} the trail fits.`}{' '}
          Make a copy of the ledger as it is before anything else, and show it to whoever looks after your
          books.
        </div>
      </SpaceBetween>
    </Alert>
  );
}
