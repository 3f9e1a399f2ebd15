/** Exports usage records in the background and saves them the way the host can: a dialog, or a download. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';

import type { ExportView } from '../../../contract/exports.ts';
import type { HistoryFilter } from '../../../contract/history.ts';
import { formatQuantity } from '../copy/formats.ts';
import { ExportDialog } from './export-dialog.tsx';
import { useExport } from './use-export.ts';

export interface ExportMenuProps {
  readonly filter: HistoryFilter;
  readonly note?: string | undefined;
  readonly children: string;
}

/** The button, and while an export is written how far it is, with the way to stop it. */
export function ExportMenu({ filter, note, children }: ExportMenuProps) {
  const { running, start, cancel } = useExport(filter);
  const [asking, setAsking] = useState(false);
  if (running !== null) return <Running view={running} onCancel={cancel} />;
  return (
    <>
      <Button onClick={() => setAsking(true)}>{children}</Button>
      {asking && (
        <ExportDialog
          title={children}
          note={note}
          onClose={() => setAsking(false)}
          onExport={(wanted) => {
            setAsking(false);
            void start(wanted);
          }}
        />
      )}
    </>
  );
}

function Running({ view, onCancel }: { readonly view: ExportView; readonly onCancel: () => void }) {
  const { doneRecords, totalRecords } = view;
  return (
    <SpaceBetween direction="horizontal" size="s" alignItems="center">
      <div className="export-progress">
        <ProgressBar
          label="Exporting"
          value={totalRecords === null || totalRecords === 0 ? 0 : (100 * doneRecords) / totalRecords}
          description={
            <Box variant="span" fontSize="body-s">
              {totalRecords === null
                ? 'Adding up'
                : `${formatQuantity(doneRecords)} of ${formatQuantity(totalRecords)} records`}
            </Box>
          }
        />
      </div>
      <Button onClick={onCancel}>Cancel the export</Button>
    </SpaceBetween>
  );
}
