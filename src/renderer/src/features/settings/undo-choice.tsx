/** How long a submission can be taken back before it leaves. */
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import { useEffect, useState } from 'react';
import { readUndoSeconds } from './undo-seconds.ts';

export interface UndoChoiceProps {
  readonly seconds: number;
  readonly onChange: (seconds: number) => void;
}

/** Taken when the field is left or Enter is pressed, so that half a number is never set. */
export function UndoChoice({ seconds, onChange }: UndoChoiceProps) {
  const [text, setText] = useState(String(seconds));
  useEffect(() => setText(String(seconds)), [seconds]);
  const read = readUndoSeconds(text);
  const take = () => {
    if (read !== null && read !== seconds) onChange(read);
  };
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="After you submit, nothing leaves for so long, and the whole submission can be taken back."
        >
          Undo window
        </Header>
      }
    >
      <FormField
        label="Seconds"
        description="A near deadline shortens it; the review says how long it is."
        constraintText="0 to 60. With 0 every submission leaves at once."
        errorText={read === null ? 'Write a whole number from 0 to 60.' : undefined}
      >
        <div className="short-field">
          <Input
            type="number"
            inputMode="numeric"
            step={1}
            value={text}
            onChange={({ detail }) => setText(detail.value)}
            onBlur={take}
            onKeyDown={({ detail }) => {
              if (detail.key === 'Enter') take();
            }}
          />
        </div>
      </FormField>
    </Container>
  );
}
