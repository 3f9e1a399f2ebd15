/** A person writes rejected usage off: what, on what grounds, and how much is given up. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import type { AppError } from '../../../contract/errors.ts';
import type { UsageRecordView } from '../../../contract/usage.ts';
import { useApi } from '../api/api-context.tsx';
import { formatCount } from '../copy/formats.ts';
import { readAmount } from '../copy/read-amount.ts';
import { Dialog } from './dialog.tsx';
import { ErrorAlert } from './error-alert.tsx';
import { useFlash } from './flash.tsx';
import { limited } from './limited-text.ts';
import { RecordInBrief } from './record-in-brief.tsx';

export interface WriteOffDialogProps {
  /** One or several; a note is for all of them, an amount for a single one. */
  readonly records: readonly UsageRecordView[];
  readonly onClose: () => void;
}

const mostNoteLetters = 1000;

export function WriteOffDialog({ records, onClose }: WriteOffDialogProps) {
  const [only, another] = records;
  const single = another === undefined ? only : undefined;
  const api = useApi();
  const flash = useFlash();
  const [note, setNote] = useState('');
  const [noteWarning, setNoteWarning] = useState<string | null>(null);
  const [amountText, setAmountText] = useState(single?.estimate?.amount ?? '');
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<AppError | null>(null);
  const currencyCode = single?.estimate?.currencyCode ?? 'USD';
  const amount = readAmount(amountText);

  const writeOff = async () => {
    setTried(true);
    if (note.trim() === '' || amount.kind === 'wrong') return;
    setSaving(true);
    const given = single !== undefined && amount.kind === 'amount' ? amount.amount : null;
    for (const { recordId, settlement } of records) {
      if (settlement?.kind !== 'open') continue;
      const answer = await api.call('usage.writeOff', {
        recordId,
        note: note.trim(),
        amount: given === null ? null : { amount: given, currencyCode },
      });
      if (!answer.ok) {
        setSaving(false);
        return setProblem(answer.error);
      }
    }
    flash.show({
      id: 'record-act',
      type: 'success',
      header: `${formatCount(records.length, 'record')} written off`,
      content: 'It stands in the audit trail with your name and can be reopened.',
    });
    onClose();
  };

  return (
    <Dialog
      header={single === undefined ? `Write off ${records.length} records?` : 'Write this record off?'}
      closeLabel="Leave it open"
      onClose={onClose}
      leave="Leave it open"
      act={
        <Button variant="primary" loading={saving} onClick={() => void writeOff()}>
          Write off {formatCount(records.length, 'record')}
        </Button>
      }
    >
      <SpaceBetween size="m">
        {problem !== null && <ErrorAlert error={problem} note="What you typed is still here." />}
        {single !== undefined && <RecordInBrief record={single} />}
        <Box variant="p">
          Nothing is sent to AWS: you settle here that this usage will not be billed through AWS Marketplace.
          It leaves the list of what is open, and can be reopened.
        </Box>
        <FormField
          label="Note"
          description="Why, and how it is settled, such as the number of an invoice of your own."
          constraintText={`Needed; up to ${mostNoteLetters} characters.`}
          {...(tried && note.trim() === '' ? { errorText: 'Enter a few words: finance will ask.' } : {})}
          {...(noteWarning === null ? {} : { warningText: noteWarning })}
        >
          <Textarea
            autoFocus
            rows={3}
            value={note}
            onChange={({ detail }) => {
              const { kept, warning } = limited(detail.value, mostNoteLetters);
              setNote(kept);
              setNoteWarning(warning);
            }}
          />
        </FormField>
        {single !== undefined && (
          <FormField
            label={`Amount in ${currencyCode}`}
            description="What is given up, if you want to keep it. The estimate stands there to begin with."
            {...(amount.kind === 'wrong'
              ? { errorText: 'Enter the amount without grouping, such as 1250.50, or leave it empty.' }
              : {})}
          >
            <Input
              value={amountText}
              inputMode="decimal"
              onChange={({ detail }) => setAmountText(detail.value)}
            />
          </FormField>
        )}
      </SpaceBetween>
    </Dialog>
  );
}
