/** A failure in its place: what happened, what to do, and what AWS said, folded away. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import type { ReactNode } from 'react';
import type { AppError } from '../../../contract/errors.ts';
import { presentError } from '../copy/present-error.ts';

export interface ErrorAlertProps {
  readonly error: AppError;
  /** Shown as *Try again* where trying again as it is can help. */
  readonly onRetry?: (() => void) | undefined;
  /** A sentence in front, such as what is still shown. */
  readonly note?: string;
  readonly action?: ReactNode;
}

export function ErrorAlert({ error, onRetry, note, action }: ErrorAlertProps) {
  const words = presentError(error);
  const retry =
    onRetry !== undefined && words.retry ? <Button onClick={() => onRetry()}>Try again</Button> : null;
  return (
    <Alert type={words.severity} header={words.title} action={action ?? retry}>
      {note !== undefined && <Box variant="p">{note}</Box>}
      {words.explanation} {words.nextStep}
      {words.causes.length > 0 && (
        <ul className="plain-list">
          {words.causes.map((cause) => (
            <li key={cause}>{cause}</li>
          ))}
        </ul>
      )}
      {words.detail !== null && (
        <ExpandableSection headerText="What was said, word for word">
          <Box variant="code">
            <span className="pre-wrap">{words.detail}</span>
          </Box>
        </ExpandableSection>
      )}
    </Alert>
  );
}
