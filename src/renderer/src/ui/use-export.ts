/** Exports usage records as CSV, the way the host can: a dialog, or a download. */
import { useState } from 'react';
import { useApi } from '../api/api-context.tsx';
import { userLocale, userTimeZone } from '../copy/formats.ts';
import { errorFlash } from './error-flash.ts';
import { useFlash } from './flash.tsx';
import { takeFile } from './save-file.ts';

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
    if (!answer.ok) return flash.show(errorFlash('export', answer.error));
    const where = takeFile(answer.value);
    if (where !== null) flash.show({ id: 'export', type: 'success', header: 'Exported', content: where });
  };
  return { busy, run };
}
