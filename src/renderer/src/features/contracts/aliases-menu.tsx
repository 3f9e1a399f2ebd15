/** What can be done with the aliases of all buyers at once. */
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import { useState } from 'react';
import { useApi } from '../../api/api-context.tsx';
import { errorFlash } from '../../ui/error-flash.ts';
import { useFlash } from '../../ui/flash.tsx';
import { takeFile } from '../../ui/save-file.ts';
import { AliasImport } from './alias-import.tsx';

const items = [
  { id: 'export', text: 'Export as CSV', description: 'Every buyer, to be named in a spreadsheet' },
  { id: 'import', text: 'Import from CSV', description: 'Nothing changes before you have seen what would' },
];

export function AliasesMenu() {
  const api = useApi();
  const flash = useFlash();
  const [isImporting, setImporting] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const exportAll = async () => {
    setBusy(true);
    const answer = await api.call('buyers.exportAliases', {});
    setBusy(false);
    if (!answer.ok) return flash.show(errorFlash('export-aliases', answer.error));
    const taken = takeFile(answer.value);
    if (taken !== null)
      flash.show({
        id: 'export-aliases',
        type: 'success',
        header: 'Buyer aliases exported',
        content: taken.where,
      });
  };
  return (
    <>
      <ButtonDropdown
        items={items}
        loading={isBusy}
        onItemClick={({ detail }) => {
          if (detail.id === 'export') void exportAll();
          else setImporting(true);
        }}
      >
        Buyer aliases
      </ButtonDropdown>
      {isImporting && <AliasImport onClose={() => setImporting(false)} />}
    </>
  );
}
