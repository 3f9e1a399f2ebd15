/** The window's title: the page, what waits for a person, and the app. */
import { useEffect, useState } from 'react';
import type { UsageCounts } from '../../../contract/usage.ts';
import { documentTitle } from './document-title.ts';

export function useDocumentTitle(counts: UsageCounts | null, practice: boolean): (title: string) => void {
  const [page, setPage] = useState('Contracts');
  const title = documentTitle(page, counts, practice);
  useEffect(() => {
    document.title = title;
  }, [title]);
  return setPage;
}
