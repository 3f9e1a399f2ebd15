/** What a person can do with a record, each asked about where it can't be undone. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { UsageRecordView } from '../../../contract/usage.ts';
import { useApi } from '../api/api-context.tsx';
import { DecideDialog } from './decide-dialog.tsx';
import { Dialog } from './dialog.tsx';
import { errorFlash } from './error-flash.ts';
import { useFlash } from './flash.tsx';
import { useFrameActs } from './frame-acts.tsx';
import { type RecordAct, signInFor } from './record-acts.ts';
import { RecordInBrief } from './record-in-brief.tsx';

const WriteOffDialog = lazy(async () => ({
  default: (await import('./write-off-dialog.tsx')).WriteOffDialog,
}));
const SupportBundleDialog = lazy(async () => ({
  default: (await import('./support-bundle-dialog.tsx')).SupportBundleDialog,
}));

export interface RecordActs {
  readonly act: (record: UsageRecordView, act: RecordAct) => void;
  /** The same for several at once. */
  readonly actOnAll: (records: readonly UsageRecordView[], act: 'write-off' | 'ask-aws') => void;
  /** Put this somewhere into the screen: the question, while one is asked. */
  readonly dialog: ReactNode;
}

type AskedAct = 'send-anyway' | 'give-up';
type Asked =
  | { readonly record: UsageRecordView; readonly act: AskedAct | 'decide' }
  | { readonly records: readonly UsageRecordView[]; readonly act: 'write-off' | 'ask-aws' };

/** `act` is meant as the `onAct` of a `RecordsTable`. */
export function useRecordActs(): RecordActs {
  const api = useApi();
  const flash = useFlash();
  const frame = useFrameActs();
  const [asked, setAsked] = useState<Asked | null>(null);

  const run = async (record: UsageRecordView, act: AskedAct | 'try-now') => {
    setAsked(null);
    const { recordId } = record;
    const answer =
      act === 'try-now'
        ? await api.call('usage.tryNow', { recordIds: [recordId] })
        : await api.call(act === 'send-anyway' ? 'usage.sendAnyway' : 'usage.giveUp', { recordId });
    if (answer.ok) {
      flash.show({ id: 'record-act', type: act === 'try-now' ? 'info' : 'success', header: done[act] });
      return;
    }
    flash.show(errorFlash('record-act', answer.error));
  };
  const begin = (record: UsageRecordView, act: RecordAct) => {
    switch (act) {
      case 'undo':
        return frame.undo(record);
      case 'send-now':
        return frame.sendNow(record);
      case 'sign-in':
        return signInFor(record.reason) === 'other-profile' ? frame.switchProfile() : frame.signInAgain();
      case 'try-now':
        return run(record, act);
      case 'send-anyway':
      case 'give-up':
      case 'decide':
        return setAsked({ record, act });
      case 'correct':
        return frame.resend([record], 'correct');
      case 'report-difference':
        return frame.resend([record], 'difference');
      case 'send-again':
        return frame.resend([record], 'identical');
      case 'write-off':
      case 'ask-aws':
        return setAsked({ records: [record], act });
      case 'reopen':
        return reopen(record);
    }
  };
  const reopen = async ({ recordId }: UsageRecordView) => {
    const answer = await api.call('usage.reopen', { recordId });
    if (!answer.ok) return flash.show(errorFlash('record-act', answer.error));
    flash.show({ id: 'record-act', type: 'success', header: 'The record is open again' });
  };
  return {
    act: (record, act) => void begin(record, act),
    actOnAll: (records, act) => setAsked({ records, act }),
    dialog: asked === null ? null : <AskedDialog asked={asked} onClose={() => setAsked(null)} onRun={run} />,
  };
}

const done = {
  'try-now': 'The record is tried again now',
  'send-anyway': 'The record is sent',
  'give-up': 'The record was taken back and will not be sent',
} as const satisfies Record<AskedAct | 'try-now', string>;

const questions = {
  'send-anyway': {
    header: 'Send this record although it has become old?',
    text: 'It is older than the window that is set here, but AWS may still take it. If AWS takes it, it is final; if it does not, the record is rejected with the reason.',
    button: 'Send this record',
  },
  'give-up': {
    header: 'Take this record back?',
    text: 'It surely was never recorded by AWS. It stays in the history as withdrawn, will never be sent, and is not billed. Its hour becomes free again.',
    button: 'Take this record back',
  },
} as const;

interface AskedDialogProps {
  readonly asked: Asked;
  readonly onClose: () => void;
  readonly onRun: (record: UsageRecordView, act: AskedAct) => Promise<void>;
}

function AskedDialog({ asked, onClose, onRun }: AskedDialogProps) {
  if ('records' in asked) {
    const Shown = asked.act === 'write-off' ? WriteOffDialog : SupportBundleDialog;
    return (
      <Suspense fallback={null}>
        <Shown records={asked.records} onClose={onClose} />
      </Suspense>
    );
  }
  const { record, act } = asked;
  if (act === 'decide') return <DecideDialog record={record} onClose={onClose} />;
  return <Question record={record} act={act} onClose={onClose} onRun={() => void onRun(record, act)} />;
}

interface QuestionProps {
  readonly record: UsageRecordView;
  readonly act: AskedAct;
  readonly onClose: () => void;
  readonly onRun: () => void;
}

function Question({ record, act, onClose, onRun }: QuestionProps) {
  const words = questions[act];
  return (
    <Dialog
      header={words.header}
      closeLabel="Leave it as it is"
      onClose={onClose}
      leave="Leave it as it is"
      act={
        <Button variant="primary" onClick={onRun}>
          {words.button}
        </Button>
      }
    >
      <SpaceBetween size="s">
        <RecordInBrief record={record} />
        <Box variant="p">{words.text}</Box>
      </SpaceBetween>
    </Dialog>
  );
}
