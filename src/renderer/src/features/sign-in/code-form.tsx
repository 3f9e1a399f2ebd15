/** The question for the code of a second factor. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input, { type InputProps } from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef, useState } from 'react';
import type { AppError } from '../../../../contract/errors.ts';
import type { CodeQuestion } from '../../../../contract/session.ts';
import { useApi } from '../../api/api-context.tsx';
import { ErrorAlert } from '../../ui/error-alert.tsx';

const refusedWords = 'AWS did not take this code. Wait for the next one: each is good once.';

export function CodeForm({ question }: { readonly question: CodeQuestion }) {
  const api = useApi();
  const [typed, setTyped] = useState('');
  const [error, setError] = useState(question.refused ? refusedWords : '');
  const [problem, setProblem] = useState<AppError | null>(null);
  const field = useRef<InputProps.Ref>(null);
  useEffect(() => field.current?.focus(), []);

  const give = async () => {
    const code = typed.replace(/\s/g, '');
    if (!/^\d{6}$/.test(code)) {
      setError('Enter the six digits that the device shows.');
      field.current?.focus();
      return;
    }
    const answer = await api.call('session.giveCode', { code });
    if (!answer.ok) setProblem(answer.error);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void give();
      }}
    >
      <SpaceBetween size="m">
        {problem !== null && <ErrorAlert error={problem} />}
        <FormField
          label="Code"
          description={
            <>
              Six digits, from your device{' '}
              <Box variant="code" display="inline">
                {question.serial}
              </Box>
            </>
          }
          errorText={error}
        >
          <Input
            ref={field}
            value={typed}
            inputMode="numeric"
            autoComplete="one-time-code"
            onChange={({ detail }) => {
              setTyped(detail.value);
              setError('');
            }}
          />
        </FormField>
        <Button variant="primary" formAction="submit">
          Sign in with this code
        </Button>
      </SpaceBetween>
    </form>
  );
}
