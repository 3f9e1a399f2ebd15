/** A saved copy of a backup is chosen, checked and put among the backups: by the host's dialog, or as a file of the browser. */
import Button from '@cloudscape-design/components/button';
import { type ChangeEvent, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { AppError } from '../../../contract/errors.ts';
import type { AddedBackup, Backup } from '../../../contract/ledger.ts';
import type { Result } from '../../../contract/result.ts';
import { useApi } from '../api/api-context.tsx';
import { useAppStores } from '../app/app-stores-context.tsx';
import './add-backup.css';
import { sendFile } from './send-file.ts';
import { shownValue } from './use-call.ts';

export interface AddBackupProps {
  readonly onAdded: (backup: Backup) => void;
  readonly onProblem: (problem: AppError) => void;
}

export function AddBackup({ onAdded, onProblem }: AddBackupProps) {
  const api = useApi();
  const { status } = useAppStores();
  const hasDialog = shownValue(useStore(status.store))?.capabilities.save === 'dialog';
  const field = useRef<HTMLInputElement>(null);
  const [adding, setAdding] = useState(false);

  const add = async (file: File | null) => {
    setAdding(true);
    const asked = await api.call('backups.add', {});
    const answer: Result<AddedBackup> =
      asked.ok && asked.value.kind === 'upload' && file !== null
        ? await sendFile(asked.value.path, file)
        : asked;
    setAdding(false);
    if (!answer.ok) onProblem(answer.error);
    else if (answer.value.kind === 'added') onAdded(answer.value.backup);
  };
  const choose = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0];
    // The same file may be chosen again after something was put right.
    target.value = '';
    if (file !== undefined) void add(file);
  };
  return (
    <>
      <Button
        loading={adding}
        loadingText="Reading and checking the file"
        onClick={() => (hasDialog ? void add(null) : field.current?.click())}
      >
        Add a backup file
      </Button>
      <input
        ref={field}
        className="chosen-file"
        type="file"
        aria-label="Backup file"
        tabIndex={-1}
        onChange={choose}
      />
    </>
  );
}
