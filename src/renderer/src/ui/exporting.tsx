/** The export that is on its way: it goes on whichever screen is open, and is saved when it is ready. */
import Box from '@cloudscape-design/components/box';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppApi } from '../../../contract/api.ts';
import type { CallInput } from '../../../contract/calls.ts';
import type { ExportView } from '../../../contract/exports.ts';
import { useApi } from '../api/api-context.tsx';
import { formatQuantity } from '../copy/formats.ts';
import { errorFlash } from './error-flash.ts';
import { useFlash } from './flash.tsx';
import type { Flashes } from './flash-store.ts';
import { takeFile } from './save-file.ts';

const flashId = 'export';

type Running = StoreApi<{ readonly view: ExportView | null }>;

export interface Exporting {
  /** `view` is null while nothing is exported. */
  readonly running: Running;
  readonly start: (wanted: CallInput<'exports.start'>) => Promise<void>;
}

function createExporting(api: AppApi, flash: Flashes): Exporting {
  const running: Running = createStore(() => ({ view: null }));
  let stopListening = () => {};

  const end = () => {
    stopListening();
    running.setState({ view: null });
    flash.dismiss(flashId);
  };

  const cancel = (exportId: string) => {
    end();
    void api.call('exports.cancel', { exportId });
    flash.show({ id: flashId, type: 'info', header: 'Export cancelled', content: 'No file was written.' });
  };

  async function save(exportId: string): Promise<void> {
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
  }

  async function look(exportId: string): Promise<void> {
    const answer = await api.call('exports.get', { exportId });
    // It ended while this was asked.
    if (running.getState().view?.exportId !== exportId) return;
    if (answer.ok && answer.value.state === 'running') return running.setState({ view: answer.value });
    end();
    const error = answer.ok ? answer.value.error : answer.error;
    if (error !== null) return flash.show(errorFlash(flashId, error));
    if (answer.ok && answer.value.state === 'ready') await save(exportId);
  }

  return {
    running,
    start: async (wanted) => {
      const answer = await api.call('exports.start', wanted);
      if (!answer.ok) return flash.show(errorFlash(flashId, answer.error));
      const { exportId } = answer.value;
      stopListening();
      running.setState({ view: answer.value });
      flash.show({
        id: flashId,
        type: 'in-progress',
        header: 'Exporting',
        content: <Progress running={running} />,
        action: { text: 'Cancel the export', run: () => cancel(exportId) },
      });
      stopListening = api.subscribe('exports.changed', () => void look(exportId));
      // It may have ended before anybody listened.
      await look(exportId);
    },
  };
}

const known = new WeakMap<AppApi, Exporting>();

/** One for all screens. */
export function useExporting(): Exporting {
  const api = useApi();
  const flash = useFlash();
  const exporting = known.get(api) ?? createExporting(api, flash);
  known.set(api, exporting);
  return exporting;
}

function Progress({ running }: { readonly running: Running }) {
  const { view } = useStore(running);
  if (view === null) return null;
  const { doneRecords, totalRecords } = view;
  return (
    <ProgressBar
      variant="flash"
      ariaLabel="How far the export is"
      value={totalRecords === null || totalRecords === 0 ? 0 : (100 * doneRecords) / totalRecords}
      description={
        <Box variant="span" color="inherit">
          {totalRecords === null
            ? 'Adding up'
            : `${formatQuantity(doneRecords)} of ${formatQuantity(totalRecords)} records. You can go on working.`}
        </Box>
      }
    />
  );
}
