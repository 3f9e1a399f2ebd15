/** The ledger's backups: what they hold, one more, a copy elsewhere, and restoring one. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useState } from 'react';
import type { Backup } from '../../../../contract/ledger.ts';
import { useApi } from '../../api/api-context.tsx';
import { formatCount, formatInstant, userTimeZone } from '../../copy/formats.ts';
import { formatBytes } from '../../copy/ledger-care.ts';
import { AddBackup } from '../../ui/add-backup.tsx';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { errorFlash } from '../../ui/error-flash.ts';
import { useFlash } from '../../ui/flash.tsx';
import { Instant } from '../../ui/instant.tsx';
import { takeFile } from '../../ui/save-file.ts';
import { shownValue, useCall } from '../../ui/use-call.ts';
import { RestoreDialog } from './restore-dialog.tsx';

const flashId = 'backup';

export function Backups() {
  const api = useApi();
  const flash = useFlash();
  const { state, reload } = useCall('backups.list', {}, ['settings.changed']);
  const [making, setMaking] = useState(false);
  const [restoring, setRestoring] = useState<{ readonly backup: Backup; readonly isAdded: boolean } | null>(
    null,
  );
  const shown = shownValue(state);
  const backups = shown?.backups ?? [];

  const make = async () => {
    setMaking(true);
    const answer = await api.call('backups.make', {});
    setMaking(false);
    if (!answer.ok) return flash.show(errorFlash(flashId, answer.error));
    flash.show({
      id: flashId,
      type: 'success',
      header: answer.value.made ? 'The ledger is backed up' : 'The newest backup has everything already',
      content: `Backup of ${formatInstant(answer.value.backup.savedUtc, userTimeZone())}`,
    });
    await reload();
  };
  const added = async (backup: Backup) => {
    setRestoring({ backup, isAdded: true });
    await reload();
  };
  const save = async ({ name }: Backup) => {
    const answer = await api.call('backups.save', { name });
    if (!answer.ok) return flash.show(errorFlash(flashId, answer.error));
    const taken = takeFile(answer.value);
    if (taken !== null)
      flash.show({ id: flashId, type: 'success', header: 'Copy saved', content: taken.where });
  };

  return (
    <>
      {state.kind === 'failed' && <ErrorAlert error={state.error} onRetry={() => void reload()} />}
      <Table<Backup>
        variant="container"
        items={backups}
        trackBy="name"
        wrapLines
        contentDensity="compact"
        loading={shown === null && state.kind !== 'failed'}
        loadingText="Reading the backups"
        ariaLabels={{ tableLabel: 'Backups of the ledger' }}
        header={
          <Header
            variant="h2"
            counter={`(${backups.length})`}
            description="One is made at each start; the last ten are kept. Save a copy on another disk: what lies beside the ledger is lost with it. A copy, also one of another computer, is added from its file."
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <AddBackup
                  onAdded={(backup) => void added(backup)}
                  onProblem={(problem) => flash.show(errorFlash(flashId, problem))}
                />
                <Button loading={making} loadingText="Backing up" onClick={() => void make()}>
                  Back up now
                </Button>
              </SpaceBetween>
            }
          >
            Backups
          </Header>
        }
        columnDefinitions={[
          {
            id: 'when',
            header: 'Made',
            isRowHeader: true,
            cell: (backup) => <Instant utc={backup.savedUtc} />,
          },
          { id: 'records', header: 'Holds', cell: holds },
          { id: 'until', header: 'Until', cell: (backup) => <Until backup={backup} /> },
          { id: 'size', header: 'Size', cell: (backup) => formatBytes(backup.bytes) },
          {
            id: 'acts',
            header: 'What to do',
            cell: (backup) => (
              <Acts
                backup={backup}
                onSave={save}
                onRestore={(chosen) => setRestoring({ backup: chosen, isAdded: false })}
              />
            ),
          },
        ]}
        empty={
          <Box textAlign="center" color="inherit">
            No backup yet. Back up now makes the first.
          </Box>
        }
      />
      {restoring !== null && <RestoreDialog {...restoring} onClose={() => setRestoring(null)} />}
    </>
  );
}

interface ActsProps {
  readonly backup: Backup;
  readonly onSave: (backup: Backup) => Promise<void>;
  readonly onRestore: (backup: Backup) => void;
}

function Acts({ backup, onSave, onRestore }: ActsProps) {
  const made = formatInstant(backup.savedUtc, userTimeZone());
  return (
    <SpaceBetween direction="horizontal" size="s">
      <Button
        variant="inline-link"
        ariaLabel={`Save a copy of the backup of ${made}`}
        onClick={() => void onSave(backup)}
      >
        Save a copy
      </Button>
      {backup.content !== null && (
        <Button
          variant="inline-link"
          ariaLabel={`Restore the backup of ${made}`}
          onClick={() => onRestore(backup)}
        >
          Restore
        </Button>
      )}
    </SpaceBetween>
  );
}

function holds({ content }: Backup): string {
  if (content === null) return 'Can’t be read as a ledger';
  return content.events === 0 ? 'Nothing yet' : formatCount(content.records, 'usage record');
}

function Until({ backup }: { readonly backup: Backup }) {
  const untilUtc = backup.content?.untilUtc ?? null;
  return untilUtc === null ? <>–</> : <Instant utc={untilUtc} />;
}
