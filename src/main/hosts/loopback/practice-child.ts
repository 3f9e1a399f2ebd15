/** Practice beside a live app: one process of its own, so that it shares neither AWS settings nor a ledger with it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { PracticeStarter } from '../../core/ports.ts';

export interface PracticeChild extends PracticeStarter {
  /** Ends practice with the app. */
  readonly close: () => void;
}

export interface PracticeChildDeps {
  /** The built `serve`. */
  readonly entry: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Makes the child that runs already print a new launch address. */
  readonly summon: () => void;
  readonly timeoutMs?: number;
}

/** What the browser host prints when it can be opened. */
export const readyPrefix = 'Usage Desk is ready: ';

const defaultTimeoutMs = 30_000;

export function createPracticeChild(deps: PracticeChildDeps): PracticeChild {
  let child: ChildProcess | null = null;
  let waiting: ((address: string | null) => void)[] = [];

  const tell = (address: string | null): void => {
    const told = waiting;
    waiting = [];
    for (const resolve of told) resolve(address);
  };

  const startChild = (): void => {
    // The channel ends with this process, however it ends, and the child ends with the channel.
    const started = spawn(process.execPath, [deps.entry, ...deps.args], {
      env: { ...deps.env },
      stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
    });
    child = started;
    const gone = (): void => {
      if (child === started) child = null;
      tell(null);
    };
    started.once('error', gone);
    started.once('exit', gone);
    if (started.stdout === null) return;
    createInterface({ input: started.stdout }).on('line', (line) => {
      if (line.startsWith(readyPrefix)) tell(line.slice(readyPrefix.length));
    });
  };

  const nextAddress = (): Promise<string | null> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => resolve(null), deps.timeoutMs ?? defaultTimeoutMs);
      waiting.push((address) => {
        clearTimeout(timer);
        resolve(address);
      });
    });

  return {
    start: async (): Promise<Result<{ readonly kind: 'address'; readonly address: string }>> => {
      const next = nextAddress();
      if (child === null) startChild();
      else deps.summon();
      const address = await next;
      return address === null
        ? err({
            kind: 'not-possible-now',
            detail: 'Practice did not start, or runs already in another window.',
          })
        : ok({ kind: 'address', address });
    },
    close: () => void child?.kill('SIGTERM'),
  };
}
