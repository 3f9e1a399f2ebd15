/** A person settles a record whose outcome is unknown: the evidence first, then the decision and its grounds. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import type { AppError } from '../../../contract/errors.ts';
import type { UsageRecordView } from '../../../contract/usage.ts';
import { useApi } from '../api/api-context.tsx';
import { type Decision, decisionWords } from '../copy/evidence.ts';
import { Dialog } from './dialog.tsx';
import { ErrorAlert } from './error-alert.tsx';
import { EvidenceView } from './evidence-view.tsx';
import { useFlash } from './flash.tsx';
import { RecordInBrief } from './record-in-brief.tsx';
import { shownValue, useCall } from './use-call.ts';

export interface DecideDialogProps {
  readonly record: UsageRecordView;
  readonly onClose: () => void;
}

const mostNoteLetters = 1000;

export function DecideDialog({ record, onClose }: DecideDialogProps) {
  const api = useApi();
  const flash = useFlash();
  const evidence = useCall('usage.evidence', { recordId: record.recordId });
  const [decision, setDecision] = useState<Decision | null>(null);
  const [note, setNote] = useState('');
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<AppError | null>(null);
  const shown = shownValue(evidence.state);
  const canDecide = shown?.canDecide ?? false;

  const decide = async (chosen: Decision) => {
    setSaving(true);
    const answer = await api.call('usage.decide', {
      recordId: record.recordId,
      decision: chosen,
      note: note.trim(),
    });
    setSaving(false);
    if (!answer.ok) return setProblem(answer.error);
    flash.show({ id: 'record-act', type: 'success', header: decisionWords[chosen].done });
    onClose();
  };

  return (
    <Dialog
      size="large"
      header="Did AWS record this?"
      closeLabel="Leave it undecided"
      onClose={onClose}
      leave={shown === null || canDecide ? 'Leave it undecided' : 'Close'}
      act={
        canDecide && (
          <Button
            variant="primary"
            disabled={decision === null || note.trim() === ''}
            loading={saving}
            onClick={() => {
              if (decision !== null) void decide(decision);
            }}
          >
            {decision === null ? 'Settle it' : decisionWords[decision].button}
          </Button>
        )
      }
    >
      <SpaceBetween size="l">
        {problem !== null && <ErrorAlert error={problem} />}
        <RecordInBrief record={record} />
        <EvidenceView call={evidence} />
        {canDecide ? (
          <SpaceBetween size="l">
            <FormField
              label="Your decision"
              description="It is final and stands in the audit trail with your name."
            >
              <RadioGroup
                value={decision}
                onChange={({ detail }) =>
                  setDecision(detail.value === 'recorded' ? 'recorded' : 'not-recorded')
                }
                items={(['recorded', 'not-recorded'] as const).map((value) => ({
                  value,
                  label: decisionWords[value].label,
                  description: decisionWords[value].description,
                }))}
              />
            </FormField>
            <FormField
              label="On what grounds"
              description="What you saw and where, such as AWS Marketplace’s usage dashboard or AWS Support’s answer."
              constraintText={`Needed; up to ${mostNoteLetters} characters.`}
            >
              <Textarea
                value={note}
                rows={3}
                onChange={({ detail }) => setNote(detail.value.slice(0, mostNoteLetters))}
              />
            </FormField>
          </SpaceBetween>
        ) : (
          shown !== null && <NothingToDecide settled={shown.status !== 'pending'} />
        )}
      </SpaceBetween>
    </Dialog>
  );
}

function NothingToDecide({ settled }: { readonly settled: boolean }) {
  return settled ? (
    <Alert type="success" header="It is settled already">
      What was found settled it. Its status and how it came about stand on the record.
    </Alert>
  ) : (
    <Alert type="info" header="There is nothing to decide yet">
      The identical record is still sent again by itself, which can settle it without a doubt.
    </Alert>
  );
}
