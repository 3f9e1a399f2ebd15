import { useState } from 'react';
import { flushSync } from 'react-dom';
import { useApi } from '../api/api-context.tsx';
import { errorFlash } from './error-flash.ts';
import { useFlash } from './flash.tsx';
import { takeFile } from './save-file.ts';
import { shownValue, useCall } from './use-call.ts';

const flashId = 'receipt';

/** Saves the receipt that is on this page as a PDF, where the host prints by itself. `isSaving` until the person has said where to. */
export function useReceiptPdf(submissionId: string) {
  const api = useApi();
  const flash = useFlash();
  const status = shownValue(useCall('system.status', {}).state);
  const [isSaving, setIsSaving] = useState(false);
  return {
    isPossible: status?.capabilities.savesPdf ?? false,
    isSaving,
    save: async () => {
      // What is to be printed has to be there before the host looks.
      flushSync(() => setIsSaving(true));
      const saved = await api.call('submissions.savePdf', { submissionId });
      setIsSaving(false);
      if (!saved.ok) return flash.show(errorFlash(flashId, saved.error));
      const taken = takeFile(saved.value);
      if (taken === null) return;
      flash.show({ id: flashId, type: 'success', header: 'Receipt saved', content: taken.where });
    },
  };
}
