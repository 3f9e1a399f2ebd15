/** Exports usage records in the background and saves them the way the host can: a dialog, or a download. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef, useState } from 'react';
import type { ExportFormat, ExportView } from '../../../contract/exports.ts';
import { exportFormats } from '../../../contract/exports.ts';
import type { HistoryFilter } from '../../../contract/history.ts';
import { useApi } from '../api/api-context.tsx';
import { formatQuantity, userTimeZone } from '../copy/formats.ts';
import { errorFlash } from './error-flash.ts';
import { useFlash } from './flash.tsx';
import { takeFile } from './save-file.ts';

const formatNames = {
  csv: 'CSV, with a JSON file beside it',
  xlsx: 'Excel workbook (XLSX)',
} as const satisfies Record<ExportFormat, string>;

export interface ExportMenuProps {
  readonly filter: HistoryFilter;
  readonly children: string;
}

/** The button, and while an export is written how far it is, with the way to stop it. */
export function ExportMenu({ filter, children }: ExportMenuProps) {
  const { running, start, cancel } = useExport(filter);
  if (running !== null) return <Running view={running} onCancel={cancel} />;
  return (
    <ButtonDropdown
      items={exportFormats.map((id) => ({ id, text: formatNames[id] }))}
      onItemClick={({ detail }) => {
        const format = exportFormats.find((one) => one === detail.id);
        if (format !== undefined) void start(format);
      }}
    >
      {children}
    </ButtonDropdown>
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
              {formatQuantity(doneRecords)}{' '}
              {totalRecords === null ? '' : `of ${formatQuantity(totalRecords)}`} records
            </Box>
          }
        />
      </div>
      <Button onClick={onCancel}>Cancel the export</Button>
    </SpaceBetween>
  );
}

function useExport(filter: HistoryFilter) {
  const api = useApi();
  const flash = useFlash();
  const [running, setRunning] = useState<ExportView | null>(null);
  const saving = useRef<string | null>(null);
  const exportId = running?.exportId ?? null;

  useEffect(() => {
    if (exportId === null) return;
    const look = async () => {
      const answer = await api.call('exports.get', { exportId });
      if (!answer.ok) {
        setRunning(null);
        flash.show(errorFlash('export', answer.error));
        return;
      }
      const view = answer.value;
      if (view.state === 'running') return setRunning(view);
      setRunning(null);
      if (view.error !== null) return flash.show(errorFlash('export', view.error));
      if (view.state !== 'ready' || saving.current === exportId) return;
      saving.current = exportId;
      const saved = await api.call('exports.save', { exportId });
      if (!saved.ok) return flash.show(errorFlash('export', saved.error));
      const where = takeFile(saved.value);
      if (where !== null) flash.show({ id: 'export', type: 'success', header: 'Exported', content: where });
    };
    const end = api.subscribe('exports.changed', () => void look());
    // It may have ended before anybody listened.
    void look();
    return end;
  }, [api, exportId, flash]);

  return {
    running,
    start: async (format: ExportFormat) => {
      const answer = await api.call('exports.start', { filter, format, timeZone: userTimeZone() });
      if (answer.ok) setRunning(answer.value);
      else flash.show(errorFlash('export', answer.error));
    },
    cancel: () => {
      if (exportId !== null) void api.call('exports.cancel', { exportId });
      setRunning(null);
    },
  };
}
