/** Shows what a support bundle has in it, before it is saved. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import Tabs from '@cloudscape-design/components/tabs';
import { useState } from 'react';
import type { AppError } from '../../../contract/errors.ts';
import type { UsageRecordView } from '../../../contract/usage.ts';
import { useApi } from '../api/api-context.tsx';
import { Dialog } from './dialog.tsx';
import { ErrorAlert } from './error-alert.tsx';
import { useFlash } from './flash.tsx';
import { takeFile } from './save-file.ts';
import { shownValue, useCall } from './use-call.ts';
import './support-bundle-dialog.css';

export interface SupportBundleDialogProps {
  readonly records: readonly UsageRecordView[];
  readonly onClose: () => void;
}

const contactPage = 'https://aws.amazon.com/marketplace/management/contact-us/';

export function SupportBundleDialog({ records, onClose }: SupportBundleDialogProps) {
  const api = useApi();
  const flash = useFlash();
  const recordIds = records.map(({ recordId }) => recordId);
  const bundle = useCall('usage.supportBundle', { recordIds });
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<AppError | null>(null);
  const shown = shownValue(bundle.state);

  const save = async () => {
    setSaving(true);
    const answer = await api.call('usage.saveSupportBundle', { recordIds });
    setSaving(false);
    if (!answer.ok) return setProblem(answer.error);
    const taken = takeFile(answer.value);
    if (taken === null) return;
    flash.show({ id: 'record-act', type: 'success', header: 'Support bundle saved', content: taken.where });
    onClose();
  };

  return (
    <Dialog
      size="large"
      header="Ask AWS, with everything at hand"
      closeLabel="Close without saving"
      onClose={onClose}
      leave="Close"
      act={
        <Button variant="primary" loading={saving} disabled={shown === null} onClick={() => void save()}>
          Save the support bundle
        </Button>
      }
    >
      <SpaceBetween size="m">
        {problem !== null && <ErrorAlert error={problem} />}
        <Box variant="p">
          This is what the zip file will have in it: once to read, once for programs. There is no key or token
          in it, but account ids and names are. Send it to the AWS Marketplace seller operations team through{' '}
          <Link href={contactPage} external externalIconAriaLabel="Opens in the browser">
            their contact form
          </Link>
          , or to your engineers.
        </Box>
        {bundle.state.kind === 'failed' && (
          <ErrorAlert error={bundle.state.error} onRetry={() => void bundle.reload()} />
        )}
        {shown === null && bundle.state.kind !== 'failed' && <Spinner size="large" />}
        {shown !== null && (
          <Tabs
            ariaLabel="Files of the support bundle"
            tabs={shown.files.map(({ name, text }) => ({
              id: name,
              label: name,
              content: (
                // biome-ignore lint/a11y/noNoninteractiveTabindex: a long text has to be scrolled by keys too
                <pre className="bundle-text" tabIndex={0}>
                  {text}
                </pre>
              ),
            }))}
          />
        )}
      </SpaceBetween>
    </Dialog>
  );
}
