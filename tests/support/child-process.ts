/** A program of this project as a real child process that says when it is ready. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface ReadyChild {
  /** What stands behind the prefix on its ready line. */
  readonly address: string;
  readonly pid: number;
  /** Sends the signal and waits for the end. */
  readonly end: (signal: NodeJS.Signals) => Promise<void>;
}

/** Starts `node ARGS` and waits for the line that begins with `prefix`. Rejects with what it printed when it ends before. */
export async function startChild(
  args: readonly string[],
  prefix: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<ReadyChild> {
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const address = await readyLine(child, prefix);
  return {
    address,
    pid: child.pid ?? 0,
    end: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
    },
  };
}

function readyLine(child: ChildProcess, prefix: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stderr?.on('data', (chunk) => {
      printed += chunk;
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it was ready:\n${printed}`)));
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith(prefix)) resolve(line.slice(prefix.length));
    });
  });
}
