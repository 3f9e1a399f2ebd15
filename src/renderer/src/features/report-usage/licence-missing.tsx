/** A product metered by licence on a contract for which AWS shows none: what that means, and a licence of one's own. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { ContractDetails } from '../../../../contract/contracts.ts';
import type { AppError } from '../../../../contract/errors.ts';
import { useApi } from '../../api/api-context.tsx';
import { formatAccountId } from '../../copy/formats.ts';
import { ErrorAlert } from '../../ui/error-alert.tsx';

export interface LicenceMissingProps {
  readonly details: ContractDetails;
  readonly onFound: () => void;
  readonly onCancel: () => void;
}

export function LicenceMissing({ details, onFound, onCancel }: LicenceMissingProps) {
  const api = useApi();
  const { agreementId, buyerAccountId } = details.summary;
  const [typed, setTyped] = useState('');
  const [checking, setChecking] = useState(false);
  const [problem, setProblem] = useState<AppError | null>(null);
  const check = async () => {
    if (checking) return;
    setChecking(true);
    setProblem(null);
    const answer = await api.call('licences.check', { agreementId, licenseArn: typed.slice(0, 2048) });
    setChecking(false);
    if (answer.ok) onFound();
    else setProblem(answer.error);
  };
  return (
    <SpaceBetween size="m">
      <Alert type="warning" header="AWS shows no licence for this contract">
        The product is metered by licence, so usage needs one to be billed to. A contract that was accepted
        minutes ago gets its licence a little later; older ones may have none because the product is metered
        by product code after all, which Settings can correct.
      </Alert>
      <Container header={<Header variant="h2">You have the licence ARN?</Header>}>
        <SpaceBetween size="m">
          <Box>
            The buyer’s registration or an event of AWS Marketplace in your seller account carries it. AWS is
            asked whether it is a licence of this very contract and of account{' '}
            {formatAccountId(buyerAccountId)}; only then is it used.
          </Box>
          <FormField label="Licence ARN" stretch>
            <Input
              value={typed}
              autoComplete={false}
              spellcheck={false}
              placeholder="arn:aws:license-manager::…:license:l-…"
              onChange={({ detail }) => setTyped(detail.value)}
              onKeyDown={({ detail }) => {
                if (detail.key === 'Enter') void check();
              }}
            />
          </FormField>
          {problem !== null && <ErrorAlert error={problem} note="Nothing was changed." />}
          <SpaceBetween size="xs" direction="horizontal">
            <Button
              variant="primary"
              loading={checking}
              loadingText="Asking AWS"
              onClick={() => void check()}
            >
              Check the licence with AWS
            </Button>
            <Button onClick={() => void api.call('contracts.refresh', {})}>Refresh the contracts</Button>
            <Button variant="link" onClick={onCancel}>
              Back to the contract
            </Button>
          </SpaceBetween>
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  );
}
