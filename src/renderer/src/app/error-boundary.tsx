/** The last net: a defect of the page shows what happened and a way on, never an empty window. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Component, type ReactNode } from 'react';

interface Props {
  readonly children: ReactNode;
  /** Another value clears a shown defect, such as another place of the app. */
  readonly resetKey?: string;
}

interface State {
  readonly defect: { readonly id: string; readonly text: string } | null;
}

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { defect: null };

  static getDerivedStateFromError(thrown: unknown): State {
    const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
    return { defect: { id: crypto.randomUUID(), text } };
  }

  override componentDidUpdate(before: Props): void {
    if (before.resetKey !== this.props.resetKey && this.state.defect !== null) {
      this.setState({ defect: null });
    }
  }

  override render(): ReactNode {
    const { defect } = this.state;
    if (defect === null) return this.props.children;
    return (
      <Box padding="xxl">
        <Alert
          type="error"
          header="This screen stopped working"
          action={
            <SpaceBetween direction="horizontal" size="xs">
              <CopyToClipboard
                copyButtonText="Copy the incident"
                copySuccessText="Incident copied"
                copyErrorText="The incident could not be copied"
                textToCopy={`${defect.id}\n${defect.text}`}
              />
              <Button variant="primary" onClick={() => window.location.reload()}>
                Load the page anew
              </Button>
            </SpaceBetween>
          }
        >
          This is a fault of Usage Desk, not yours. What was confirmed is safe, and drafts are kept. Incident{' '}
          {defect.id}.
        </Alert>
      </Box>
    );
  }
}
