/** The whole core in this process, on real adapters and a real practice AWS: everything but a host. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallInput, CallName, CallOutput } from '../../../src/contract/calls.ts';
import type { ContractSummary } from '../../../src/contract/contracts.ts';
import type { EntryLine } from '../../../src/contract/entry.ts';
import { ok, type Result } from '../../../src/contract/result.ts';
import type { SessionView } from '../../../src/contract/session.ts';
import type { UsageRecordView } from '../../../src/contract/usage.ts';
import { compose, type Tuning } from '../../../src/main/compose.ts';
import type { ChosenFile } from '../../../src/main/core/ports.ts';
import { createDispatch } from '../../../src/main/dispatch/dispatch.ts';
import { createEventHub } from '../../../src/main/dispatch/event-hub.ts';
import type { PracticeOptions } from '../../../src/main/practice/start-practice.ts';
import { decide, startBench } from '../aws/practice-bench.ts';

export type InProcessApp = Awaited<ReturnType<typeof startInProcessApp>>;

export async function startInProcessApp(options: PracticeOptions = {}, tuning: Tuning = {}) {
  const practice = await startBench(options);
  const dataDir = mkdtempSync(join(tmpdir(), 'usage-desk-app-'));
  const saved = new Map<string, string>();
  const savedBytes = new Map<string, Buffer>();
  const incidents: unknown[] = [];
  let chosen: ChosenFile | null = null;
  let running = await start();
  // What a test confirms leaves at once, unless it is about the undo window.
  await succeed('settings.change', { undoSeconds: 0 });

  async function start() {
    const hub = createEventHub();
    const log = {
      report: (cause: unknown) => {
        incidents.push(cause);
        return 'incident';
      },
      note: () => undefined,
    };
    const app = await compose({
      appVersion: '0.0.0-test',
      practice: true,
      dataDir,
      logPath: join(dataDir, 'log.txt'),
      hub,
      incidents: log,
      tuning: { firstSearchPauseMs: 5, ...tuning },
      host: {
        capabilities: { save: 'dialog', openBrowser: true, asksBeforeClosing: false },
        browser: {
          open: async (url) => {
            await decide(url, 'allow');
            return true;
          },
        },
        save: {
          saveText: async ({ suggestedName, chunks }) => {
            let text = '';
            for await (const chunk of chunks) text += chunk;
            saved.set(suggestedName, text);
            return ok({ kind: 'saved', path: suggestedName });
          },
          saveBytes: async ({ suggestedName, chunks }) => {
            const parts: Uint8Array[] = [];
            for await (const chunk of chunks) parts.push(chunk);
            savedBytes.set(suggestedName, Buffer.concat(parts));
            return ok({ kind: 'saved', path: suggestedName });
          },
        },
        files: {
          open: async (receive) => (chosen === null ? ok({ kind: 'cancelled' }) : await receive(chosen)),
        },
        practice: { start: () => Promise.resolve(ok({ kind: 'restarting' })) },
      },
    });
    return { app, hub, dispatch: createDispatch(app.handlers, log, { checkAnswers: true }) };
  }

  async function call<N extends CallName>(name: N, input: CallInput<N>): Promise<Result<CallOutput<N>>> {
    // The dispatcher has checked the answer against the schema of this very call.
    return (await running.dispatch(name, input)) as Result<CallOutput<N>>;
  }

  async function succeed<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
    const answer = await call(name, input);
    if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
    return answer.value;
  }

  /** Waits for events, not for time: looks again whenever the core says that something moved. */
  async function until<T>(look: () => Promise<T | null>): Promise<T> {
    for (;;) {
      const moved = Promise.withResolvers<void>();
      const stop = running.hub.subscribe(() => moved.resolve());
      const found = await look();
      if (found === null) await moved.promise;
      stop();
      if (found !== null) return found;
    }
  }

  return {
    practice,
    dataDir,
    saved,
    savedBytes,
    /** The file that the person chooses from now on. */
    choose: (file: ChosenFile | null) => {
      chosen = file;
    },
    incidents,
    call,
    succeed,
    until,
    signIn: async (profile: string): Promise<SessionView> => {
      await succeed('session.signIn', { profile });
      return until(async () => {
        const view = await succeed('session.get', {});
        return view.state === 'signing-in' ? null : view;
      });
    },
    contracts: (): Promise<readonly ContractSummary[]> =>
      until(async () => {
        const list = await succeed('contracts.list', { listId: null, knownVersion: 0 });
        return list.state.kind === 'loading' || list.state.kind === 'idle' ? null : list.rows;
      }),
    /** The records of a contract once `done` holds of all of them. */
    usageWhen: (
      agreementId: string,
      done: (record: UsageRecordView) => boolean,
    ): Promise<readonly UsageRecordView[]> =>
      until(async () => {
        const page = await succeed('usage.list', { agreementId, status: null, cursor: null, limit: 50 });
        return page.records.length > 0 && page.records.every(done) ? page.records : null;
      }),
    /** Ends the app and starts it anew on the same data, with something done to that data in between. */
    restart: async (meanwhile: () => void = () => undefined) => {
      await running.app.close();
      meanwhile();
      running = await start();
    },
    stop: async () => {
      await running.app.close();
      await practice.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A line as typed: three units, ten minutes before `nowUtc`, in UTC. */
export function aLine(nowUtc: string, changes: Partial<EntryLine> = {}): EntryLine {
  const start = new Date(Date.parse(nowUtc) - 600_000).toISOString();
  return {
    lineId: crypto.randomUUID(),
    dimensionKey: 'api_calls',
    quantityText: '3',
    quantityMeaning: null,
    nothingToReport: false,
    dateText: start.slice(0, 10),
    timeText: start.slice(11, 19),
    repeatedHour: null,
    description: '',
    ...changes,
  };
}
