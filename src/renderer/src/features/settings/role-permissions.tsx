/** What the role that is signed in may do at AWS, and the policy to ask for. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import type { PermissionsView } from '../../../../contract/permissions.ts';
import type { Settings } from '../../../../contract/settings.ts';
import { useApi } from '../../api/api-context.tsx';
import { adminPolicy } from '../../copy/admin-policy.ts';
import { accountInWords, principalInWords } from '../../copy/formats.ts';
import { meteringStateWords, readStateWords, readWords, refusedReads } from '../../copy/permissions.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { errorFlash } from '../../ui/error-flash.ts';
import { useFlash } from '../../ui/flash.tsx';
import { useFrameActs } from '../../ui/frame-acts.tsx';
import { shownValue, useCall } from '../../ui/use-call.ts';

type State = PermissionsView['metering']['state'];

const indicators = {
  allowed: 'success',
  refused: 'error',
  unknown: 'pending',
} as const satisfies Record<State, StatusIndicatorProps.Type>;

export function RolePermissions({ products }: { readonly products: Settings['products'] }) {
  const api = useApi();
  const flash = useFlash();
  const { identity } = useFrameActs();
  const [checking, setChecking] = useState(false);
  const permissions = useCall('session.permissions', { again: false }, ['session.changed']);
  const shown = shownValue(permissions.state);
  const regions = [...new Set(products.map((product) => product.meteringRegion))];
  const policy = adminPolicy(identity.accountId, regions.length === 0 ? ['us-east-1'] : regions);

  const check = async () => {
    setChecking(true);
    const answer = await api.call('session.permissions', { again: true });
    setChecking(false);
    if (!answer.ok) flash.show(errorFlash('permissions', answer.error));
    await permissions.reload();
  };

  return (
    <Container
      header={
        <Header
          variant="h2"
          description={`${identity.roleName ?? principalInWords(identity.principalArn)} in account ${accountInWords(identity)}.`}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <CopyToClipboard
                variant="button"
                copyButtonText="Copy the policy for your AWS admin"
                textToCopy={policy}
                copySuccessText="The policy was copied"
                copyErrorText="Copying failed"
              />
              <Button loading={checking} loadingText="Checking with AWS" onClick={() => void check()}>
                Check again
              </Button>
            </SpaceBetween>
          }
        >
          What this role may do
        </Header>
      }
    >
      <SpaceBetween size="m">
        {permissions.state.kind === 'failed' && (
          <ErrorAlert error={permissions.state.error} onRetry={() => void permissions.reload()} />
        )}
        <div>
          <Box variant="awsui-key-label">You, as AWS names you</Box>
          <Copyable value={identity.principalArn} label="principal" />
        </div>
        {shown === null ? permissions.state.kind !== 'failed' && <Spinner /> : <Permissions shown={shown} />}
        <ExpandableSection headerText="The policy, for this account">
          <Box variant="code">
            <pre className="pre-wrap">{policy}</pre>
          </Box>
        </ExpandableSection>
      </SpaceBetween>
    </Container>
  );
}

function Permissions({ shown }: { readonly shown: PermissionsView }) {
  const refused = refusedReads(shown);
  return (
    <SpaceBetween size="m">
      <KeyValuePairs
        columns={2}
        items={[
          {
            label: 'Submit usage',
            value: (
              <StatusIndicator type={indicators[shown.metering.state]}>
                {meteringStateWords(shown.metering)}
              </StatusIndicator>
            ),
          },
          ...shown.reads.map((read) => ({
            label: readWords[read.purpose].label,
            value: <StatusIndicator type={indicators[read.state]}>{readStateWords(read)}</StatusIndicator>,
          })),
        ]}
      />
      {refused.length > 0 && (
        <Alert type="warning" header="Without what is refused">
          <ul className="plain-list">
            {refused.map(({ purpose }) => (
              <li key={purpose}>{readWords[purpose].without}</li>
            ))}
          </ul>
        </Alert>
      )}
    </SpaceBetween>
  );
}
