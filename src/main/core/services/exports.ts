/** Exports of the history: written in the background, told how far they are, cancelled, saved. */
import { randomUUID } from 'node:crypto';
import type { Publish } from '../../../contract/api.ts';
import type { AppError } from '../../../contract/errors.ts';
import type { ExportFormat, ExportView } from '../../../contract/exports.ts';
import type { HistoryFilter } from '../../../contract/history.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { SavedFile } from '../../../contract/usage.ts';
import { filterWords } from '../domain/filter-words.ts';
import { utc } from '../domain/utc-hours.ts';
import type {
  Clock,
  ExportWriting,
  HistoryReader,
  Ledger,
  Preferences,
  SaveTarget,
  WrittenExport,
} from '../ports.ts';
import { rowsOf } from './history.ts';

export interface ExportsDeps {
  /** Only asked whether the ledger is open. */
  readonly ledger: () => Result<Ledger>;
  readonly reader: Pick<HistoryReader, 'writeExport'>;
  readonly save: SaveTarget;
  readonly clock: Clock;
  readonly preferences: Preferences;
  readonly publish: Publish;
  readonly appVersion: string;
  readonly practice: boolean;
}

export interface Exports {
  readonly start: (wanted: {
    readonly filter: HistoryFilter;
    readonly format: ExportFormat;
    readonly timeZone: string;
  }) => Result<ExportView>;
  readonly get: (exportId: string) => Result<ExportView>;
  readonly cancel: (exportId: string) => Result<Record<string, never>>;
  readonly save: (exportId: string) => Promise<Result<SavedFile>>;
  readonly close: () => void;
}

type Written = WrittenExport & { readonly bytes: () => AsyncIterable<Uint8Array> };

interface Job {
  readonly exportId: string;
  readonly format: ExportFormat;
  readonly fileName: string;
  readonly writing: ExportWriting;
  state: ExportView['state'];
  error: AppError | null;
  written: Written | null;
}

const mediaTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const satisfies Record<ExportFormat, string>;

const tellEveryMs = 250;

export function createExports(deps: ExportsDeps): Exports {
  /** One at a time: the newest is the one that is wanted. */
  let current: Job | null = null;
  let telling: NodeJS.Timeout | null = null;

  const tell = () => deps.publish('exports.changed', {});

  function end(job: Job, state: Job['state'], more: Partial<Pick<Job, 'error' | 'written'>> = {}): void {
    if (job.state !== 'running') return;
    Object.assign(job, more);
    job.state = state;
    if (current === job && telling !== null) clearInterval(telling);
    tell();
  }

  function drop(job: Job | null): void {
    if (job === null) return;
    job.writing.cancel();
    end(job, 'cancelled');
    void job.writing.written.then(() => job.writing.discard());
  }

  async function follow(job: Job): Promise<void> {
    const written = await job.writing.written;
    if (!written.ok) return end(job, 'failed', { error: written.error });
    if (written.value === null) return end(job, 'cancelled');
    end(job, 'ready', { written: written.value });
  }

  function find(exportId: string): Result<Job> {
    if (current?.exportId === exportId) return ok(current);
    return err({ kind: 'not-found', what: 'export', id: exportId });
  }

  return {
    start: ({ filter, format, timeZone }) => {
      const ledger = deps.ledger();
      if (!ledger.ok) return ledger;
      drop(current);
      const aliases = deps.preferences.get().buyerAliases;
      const nowUtc = utc(deps.clock.now());
      const { practice } = deps;
      const job: Job = {
        exportId: randomUUID(),
        format,
        fileName: fileName(filter, format, nowUtc, practice),
        writing: deps.reader.writeExport({
          rows: rowsOf(filter, aliases),
          format,
          context: { aliases, timeZone, practice },
          about: {
            writtenBy: `Usage Desk ${deps.appVersion}`,
            writtenUtc: nowUtc,
            timeZone,
            practice,
            filter: filterWords(filter),
          },
        }),
        ...{ state: 'running', error: null, written: null },
      };
      current = job;
      if (telling !== null) clearInterval(telling);
      telling = setInterval(tell, tellEveryMs);
      telling.unref();
      void follow(job);
      return ok(viewOf(job));
    },
    get: (exportId) => {
      const job = find(exportId);
      return job.ok ? ok(viewOf(job.value)) : job;
    },
    cancel: (exportId) => {
      const job = find(exportId);
      if (!job.ok) return job;
      drop(job.value);
      return ok({});
    },
    save: async (exportId) => {
      const job = find(exportId);
      if (!job.ok) return job;
      const { written, fileName: suggestedName, format, writing } = job.value;
      if (written === null) return err({ kind: 'not-possible-now', detail: 'the export is not ready' });
      return deps.save.saveBytes({
        suggestedName,
        mediaType: mediaTypes[format],
        chunks: thenDiscarded(written.bytes(), writing),
        beside:
          written.beside === null
            ? null
            : { suffix: '.json', mediaType: 'application/json', text: written.beside },
      });
    },
    close: () => {
      if (telling !== null) clearInterval(telling);
      current?.writing.cancel();
    },
  };
}

/** Once it was read to its end the file has done its work. */
async function* thenDiscarded(
  bytes: AsyncIterable<Uint8Array>,
  writing: ExportWriting,
): AsyncGenerator<Uint8Array> {
  yield* bytes;
  await writing.discard();
}

function viewOf(job: Job): ExportView {
  const { exportId, format, state, fileName: name, error, writing } = job;
  return {
    ...{ exportId, format, state, error },
    doneRecords: writing.done(),
    totalRecords: writing.total(),
    fileName: name,
  };
}

function fileName(filter: HistoryFilter, format: ExportFormat, nowUtc: string, practice: boolean): string {
  const agreement = filter.agreementIds?.length === 1 ? filter.agreementIds[0] : undefined;
  const what = agreement === undefined ? 'history' : agreement.replaceAll('/', '-');
  return `${practice ? 'practice-' : ''}usage-${what}-${nowUtc.slice(0, 10)}.${format}`;
}
