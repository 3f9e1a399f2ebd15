/** Exports usage records as CSV, the way the host can: a dialog, or a download. */
import { useState } from 'react';
import { useApi } from '../api/api-context.tsx';
import { userLocale, userTimeZone } from '../copy/formats.ts';
import { presentError } from '../copy/present-error.ts';
import { useFlash } from './flash.tsx';

export interface Export {
  readonly busy: boolean;
  readonly run: () => Promise<void>;
}

/** `agreementId` names the contract; null exports all. */
export function useExport(agreementId: string | null): Export {
  const api = useApi();
  const flash = useFlash();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    const answer = await api.call('usage.export', {
      agreementId,
      timeZone: userTimeZone(),
      locale: userLocale(),
    });
    setBusy(false);
    if (!answer.ok) {
      const words = presentError(answer.error);
      flash.show({
        id: 'export',
        type: 'error',
        header: words.title,
        content: `${words.explanation} ${words.nextStep}`,
      });
    } else if (answer.value.kind === 'saved') {
      flash.show({
        id: 'export',
        type: 'success',
        header: 'Exported',
        content: `Saved as ${answer.value.path}`,
      });
    } else if (answer.value.kind === 'download') {
      download(answer.value.path, answer.value.fileName);
      flash.show({
        id: 'export',
        type: 'success',
        header: 'Exported',
        content: `${answer.value.fileName} is in your browser’s downloads.`,
      });
    }
  };
  return { busy, run };
}

function download(path: string, fileName: string): void {
  const link = document.createElement('a');
  link.href = path;
  link.download = fileName;
  document.body.append(link);
  link.click();
  link.remove();
}
