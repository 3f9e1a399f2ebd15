/** Aliases from a CSV file: chosen, looked at, and only then applied. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FileInput from '@cloudscape-design/components/file-input';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { AliasPreview } from '../../../../contract/aliases.ts';
import type { AppError } from '../../../../contract/errors.ts';
import { useApi } from '../../api/api-context.tsx';
import { formatCount } from '../../copy/formats.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { useFlash } from '../../ui/flash.tsx';
import { AliasLines } from './alias-lines.tsx';
import { changing, fileProblemWords, previewWords } from './alias-words.ts';
import { readTextFile } from './read-text-file.ts';

/** Far above any list of buyers; what a call may carry. */
const mostBytes = 700_000;

export function AliasImport({ onClose }: { readonly onClose: () => void }) {
  const api = useApi();
  const flash = useFlash();
  const [file, setFile] = useState<File | null>(null);
  const [preview, setPreview] = useState<AliasPreview | null>(null);
  const [fileProblem, setFileProblem] = useState<string | null>(null);
  const [problem, setProblem] = useState<AppError | null>(null);
  const [isApplying, setApplying] = useState(false);
  const changes = changing(preview?.lines ?? []);

  const choose = async (chosen: File | null) => {
    setFile(chosen);
    setPreview(null);
    setProblem(null);
    setFileProblem(null);
    if (chosen === null) return;
    if (chosen.size > mostBytes) return setFileProblem('The file is too large to be a list of buyers.');
    const text = await readTextFile(chosen).catch(() => null);
    if (text === null) return setFileProblem('The file could not be read. Is it still there?');
    const answer = await api.call('buyers.previewAliases', { text });
    if (!answer.ok) return setProblem(answer.error);
    setPreview(answer.value);
    setFileProblem(answer.value.problem === null ? null : fileProblemWords[answer.value.problem]);
  };

  const apply = async () => {
    setApplying(true);
    const aliases = changes.flatMap(({ buyerAccountId, alias }) =>
      buyerAccountId === null ? [] : [{ buyerAccountId, alias }],
    );
    const answer = await api.call('buyers.setAliases', { aliases });
    setApplying(false);
    if (!answer.ok) return setProblem(answer.error);
    flash.show({
      id: 'import-aliases',
      type: 'success',
      header: `${formatCount(aliases.length, 'alias', 'aliases')} applied`,
      content: 'They are kept on this computer. AWS doesn’t see them.',
    });
    onClose();
  };

  return (
    <Dialog
      size="large"
      header="Import buyer aliases"
      closeLabel="Close without importing"
      onClose={onClose}
      leave="Cancel"
      act={
        <Button
          variant="primary"
          disabled={changes.length === 0}
          loading={isApplying}
          onClick={() => void apply()}
        >
          {changes.length === 0
            ? 'Apply aliases'
            : `Apply ${formatCount(changes.length, 'alias', 'aliases')}`}
        </Button>
      }
    >
      <SpaceBetween size="m">
        <Box variant="p">
          A CSV file with the columns “Buyer account” and “Alias”, such as the export makes. A line without an
          alias leaves the one that is there.
        </Box>
        <SpaceBetween direction="horizontal" size="s" alignItems="center">
          <FileInput
            value={file === null ? [] : [file]}
            accept=".csv,.txt,.tsv,text/csv"
            onChange={({ detail }) => void choose(detail.value[0] ?? null)}
          >
            Choose a CSV file
          </FileInput>
          {file !== null && <Box>{file.name}</Box>}
        </SpaceBetween>
        {fileProblem !== null && <Alert type="error">{fileProblem}</Alert>}
        {problem !== null && <ErrorAlert error={problem} />}
        {preview !== null && preview.problem === null && (
          <>
            <LiveRegion>{previewWords(preview.lines)}</LiveRegion>
            <AliasLines lines={preview.lines} />
          </>
        )}
      </SpaceBetween>
    </Dialog>
  );
}
