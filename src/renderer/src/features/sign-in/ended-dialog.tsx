/** The sign-in has ended: it can be renewed from where one is. The work stays beneath. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useState } from 'react';
import type { AppError } from '../../../../contract/errors.ts';
import { presentError } from '../../copy/present-error.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorAlert } from '../../ui/error-alert.tsx';

export interface EndedDialogProps {
  readonly profile: string;
  readonly problem: AppError;
  readonly onSignIn: () => void;
}

/** Put away, it stays so until the next end; the message at the top goes on saying it. */
export function EndedDialog({ profile, problem, onSignIn }: EndedDialogProps) {
  const [putAway, setPutAway] = useState(false);
  const isTyping = useIsTyping();
  if (putAway || isTyping) return null;
  const words = presentError(problem);
  const isLogin = problem.kind === 'login-needed';
  const isEnd = problem.kind === 'sign-in-expired' || isLogin;
  return (
    <Dialog
      header={isEnd ? words.title : `Sign in again as ${profile}`}
      closeLabel="Not now"
      onClose={() => setPutAway(true)}
      leave="Not now"
      act={
        <Button variant="primary" onClick={onSignIn}>
          {isLogin ? 'Try again' : `Sign in again as ${profile}`}
        </Button>
      }
    >
      {isEnd ? (
        <SpaceBetween size="s">
          <Box variant="p">{words.explanation}</Box>
          <Box variant="p">
            {words.nextStep} {isLogin && 'Usage Desk notices it by itself, too. '}You come back to this very
            screen, and what waits goes on by itself.
          </Box>
        </SpaceBetween>
      ) : (
        <ErrorAlert error={problem} />
      )}
    </Dialog>
  );
}

const textFields = 'input:not([type="checkbox"], [type="radio"]), textarea, [contenteditable="true"]';

/** Nobody who is typing is interrupted: the dialog comes once the field is left. */
function useIsTyping(): boolean {
  const [isTyping, setIsTyping] = useState(() => document.activeElement?.matches(textFields) ?? false);
  useEffect(() => {
    if (!isTyping) return;
    const onLeave = () => setIsTyping(false);
    document.addEventListener('focusout', onLeave, { once: true });
    return () => document.removeEventListener('focusout', onLeave);
  }, [isTyping]);
  return isTyping;
}
