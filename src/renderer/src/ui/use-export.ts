import { useEffect, useRef, useState } from 'react';
import type { ExportFormat, ExportView } from '../../../contract/exports.ts';
import type { HistoryFilter } from '../../../contract/history.ts';
import { useApi } from '../api/api-context.tsx';
import { errorFlash } from './error-flash.ts';
import { useFlash } from './flash.tsx';
import { takeFile } from './save-file.ts';

const flashId = 'export';

/** An export that is written in the background, and saved once it is ready. `start` gives whether it began. */
export function useExport(filter: HistoryFilter) {
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
        flash.show(errorFlash(flashId, answer.error));
        return;
      }
      const view = answer.value;
      if (view.state === 'running') return setRunning(view);
      setRunning(null);
      if (view.error !== null) return flash.show(errorFlash(flashId, view.error));
      if (view.state !== 'ready' || saving.current === exportId) return;
      saving.current = exportId;
      const saved = await api.call('exports.save', { exportId });
      if (!saved.ok) return flash.show(errorFlash(flashId, saved.error));
      const taken = takeFile(saved.value);
      if (taken === null) return;
      flash.show({
        id: flashId,
        type: 'success',
        header: 'Exported',
        content: taken.where,
        // A browser may stop a second download that nobody pressed a button for.
        ...(taken.takeBeside === null
          ? {}
          : { action: { text: 'Save its JSON file too', run: taken.takeBeside } }),
      });
    };
    const end = api.subscribe('exports.changed', () => void look());
    // It may have ended before anybody listened.
    void look();
    return end;
  }, [api, exportId, flash]);

  return {
    running,
    start: async (wanted: { readonly format: ExportFormat; readonly timeZone: string }) => {
      const answer = await api.call('exports.start', { filter, ...wanted });
      if (answer.ok) setRunning(answer.value);
      else flash.show(errorFlash(flashId, answer.error));
    },
    cancel: () => {
      if (exportId !== null) void api.call('exports.cancel', { exportId });
      setRunning(null);
    },
  };
}
