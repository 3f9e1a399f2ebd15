/** The built browser host as a real child process, with a data folder of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { practiceAddress } from '../../e2e/support/practice-address.ts';

export interface RunningApp {
  /** Lets one browser in, once. A new one after each `restart`. */
  readonly launchAddress: string;
  /** `http://127.0.0.1:PORT` of the app. */
  readonly origin: string;
  /** Base address of the practice AWS, for steering under `/_practice/`. Another one after each `restart`. */
  readonly practiceUrl: string;
  readonly dataDir: string;
  /** Ends the process cleanly and starts it on the same data. */
  readonly restart: () => Promise<void>;
  /** SIGKILL: nothing gets a chance to clean up. `restart` starts it again. */
  readonly kill: () => Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  readonly stop: () => Promise<number | null>;
}

export interface StartOptions {
  readonly dataDir: string;
  /** More options of `npm start`. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const serveEntry = resolve(import.meta.dirname, '../../../out/main/serve.mjs');
const readyPrefix = 'Usage Desk is ready: ';
const startTimeoutMs = 30_000;

/** Starts `serve` in practice and waits for its launch address. Rejects with what it printed when it ends before. */
export async function startApp({ dataDir, args = [], env = {} }: StartOptions): Promise<RunningApp> {
  const start = async (): Promise<{ child: ChildProcess; launchAddress: string }> => {
    const child = spawn(
      process.execPath,
      [serveEntry, '--browser', '--practice', '--no-open', '--port', '0', '--data-dir', dataDir, ...args],
      { env: { ...process.env, TZ: 'Europe/Berlin', ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    return { child, launchAddress: await readLaunchAddress(child) };
  };
  let running = await start();

  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    const { child } = running;
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
    }
    return child.exitCode;
  };

  return {
    get launchAddress() {
      return running.launchAddress;
    },
    get origin() {
      return new URL(running.launchAddress).origin;
    },
    get practiceUrl() {
      return practiceAddress(dataDir);
    },
    dataDir,
    restart: async () => {
      await end('SIGTERM');
      running = await start();
    },
    kill: async () => {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
  };
}

function readLaunchAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`The app did not get ready. It printed:\n${printed}`));
    }, startTimeoutMs);
    child.stderr?.on('data', (chunk) => {
      printed += chunk;
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The app ended with ${code}. It printed:\n${printed}`));
    });
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      printed += `${line}\n`;
      if (!line.startsWith(readyPrefix)) return;
      clearTimeout(timer);
      resolve(line.slice(readyPrefix.length));
    });
  });
}
