/** The two ways in without a ready profile: practice, and a profile of one's own with what the admin must set up. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { AppError } from '../../../../contract/errors.ts';
import { useApi } from '../../api/api-context.tsx';
import { adminMessage } from '../../copy/admin-policy.ts';
import { ErrorAlert } from '../../ui/error-alert.tsx';

type Start =
  | { readonly kind: 'idle' | 'starting' | 'restarting' }
  | { readonly kind: 'failed'; readonly error: AppError };

export function PracticeWay() {
  const api = useApi();
  const [start, setStart] = useState<Start>({ kind: 'idle' });
  const run = async () => {
    setStart({ kind: 'starting' });
    const answer = await api.call('system.startPractice', {});
    if (!answer.ok) setStart({ kind: 'failed', error: answer.error });
    else if (answer.value.kind === 'address') window.location.assign(answer.value.address);
    else setStart({ kind: 'restarting' });
  };
  return (
    <Container header={<Header variant="h2">Try it in practice</Header>} fitHeight>
      <SpaceBetween size="m">
        <Box variant="p">
          A simulated AWS with a lively set of buyers and contracts. Add usage, submit it, see it accepted or
          rejected: nothing is billed, and nothing leaves this computer.
        </Box>
        {start.kind === 'failed' && <ErrorAlert error={start.error} onRetry={() => void run()} />}
        <Button
          loading={start.kind === 'starting' || start.kind === 'restarting'}
          loadingText={start.kind === 'restarting' ? 'Usage Desk restarts in practice' : 'Starting practice'}
          onClick={() => void run()}
        >
          Try it in practice
        </Button>
      </SpaceBetween>
    </Container>
  );
}

export interface ProfileWayProps {
  readonly configPath: string;
  readonly primary: boolean;
  readonly onAdd: () => void;
}

export function ProfileWay({ configPath, primary, onAdd }: ProfileWayProps) {
  return (
    <Container header={<Header variant="h2">Add a profile</Header>} fitHeight>
      <SpaceBetween size="m">
        <Box variant="p">
          Sign in to your company’s AWS access portal, then choose the seller account and your role. The
          profile is shared with the AWS CLI, which you don’t need for it.
        </Box>
        <Button variant={primary ? 'primary' : 'normal'} onClick={onAdd}>
          Add a profile
        </Button>
        <Box>
          <Box variant="awsui-key-label">AWS config</Box>
          <CopyToClipboard
            variant="inline"
            textToCopy={configPath}
            copyButtonAriaLabel="Copy the path of the AWS config"
            copySuccessText="Path copied"
            copyErrorText="The path could not be copied"
          />
        </Box>
        <ExpandableSection headerText="What your AWS admin must set up">
          <SpaceBetween size="s">
            <CopyToClipboard
              copyButtonText="Copy the message to your admin"
              copySuccessText="Message copied"
              copyErrorText="The message could not be copied"
              textToCopy={adminMessage()}
            />
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
            <section className="code-block" tabIndex={0} aria-label="Message to the AWS admin">
              {adminMessage()}
            </section>
          </SpaceBetween>
        </ExpandableSection>
      </SpaceBetween>
    </Container>
  );
}
