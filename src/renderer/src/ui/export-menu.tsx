/** Exports usage records in the background and saves them the way the host can: a dialog, or a download. */
import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { HistoryFilter } from '../../../contract/history.ts';
import { ExportDialog } from './export-dialog.tsx';
import { useExporting } from './exporting.tsx';

export interface ExportMenuProps {
  readonly filter: HistoryFilter;
  readonly note?: string | undefined;
  readonly children: string;
}

/** The button; how far an export is stands at the top of every page. */
export function ExportMenu({ filter, note, children }: ExportMenuProps) {
  const { running, start } = useExporting();
  const isRunning = useStore(running, ({ view }) => view !== null);
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button
        disabled={isRunning}
        disabledReason="One export at a time. How far it is stands at the top."
        onClick={() => setAsking(true)}
      >
        {children}
      </Button>
      {asking && (
        <ExportDialog
          title={children}
          note={note}
          onClose={() => setAsking(false)}
          onExport={(wanted) => {
            setAsking(false);
            void start({ filter, ...wanted });
          }}
        />
      )}
    </>
  );
}
