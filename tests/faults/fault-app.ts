/** The child under test and the practice AWS beside it, both real processes, and what a person does with them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallInput, CallName, CallOutput } from '../../src/contract/calls.ts';
import type { Result } from '../../src/contract/result.ts';
import { startChild } from '../support/child-process.ts';

/** The child was killed while it worked on the call. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

interface Said {
  readonly ready?: true;
  readonly incident?: string;
  readonly id?: number;
  readonly result?: unknown;
}

function saidIn(line: string): Said | null {
  try {
    return JSON.parse(line) as Said;
  } catch {
    return null;
  }
}

export type FaultApp = Awaited<ReturnType<typeof startFaultApp>>;

const here = import.meta.dirname;
const childEntry = join(here, 'fault-child.ts');
const practiceEntry = resolve(here, '../../src/main/practice/practice-main.ts');

export async function startFaultApp(options: { readonly seed: number; readonly callsPerSecond: string }) {
  const dir = mkdtempSync(join(tmpdir(), 'usage-desk-faults-'));
  const dataDir = join(dir, 'data');
  mkdirSync(dataDir);
  writeFileSync(
    join(dir, 'config'),
    '[profile seller]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = invented\nregion = us-east-1\n',
  );
  writeFileSync(join(dir, 'credentials'), '');
  writeFileSync(join(dataDir, 'preferences.json'), JSON.stringify({ undoSeconds: 0 }));
  const practice = await startChild(
    [practiceEntry, '--agreements', '24', '--seed', String(1 + (options.seed % 50))],
    'Practice AWS is ready: ',
  );
  let child: ChildProcess | null = null;
  let shiftMs = 0;
  let nextId = 1;
  let kills = 0;
  const incidents: string[] = [];
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (cause: Error) => void }>();

  async function start(): Promise<void> {
    const started = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', childEntry, dataDir, String(shiftMs), options.callsPerSecond],
      {
        env: {
          PATH: process.env.PATH,
          HOME: dir,
          TZ: 'UTC',
          NODE_COMPILE_CACHE: join(tmpdir(), 'usage-desk-faults-cache'),
          AWS_CONFIG_FILE: join(dir, 'config'),
          AWS_SHARED_CREDENTIALS_FILE: join(dir, 'credentials'),
          AWS_ENDPOINT_URL: practice.address,
        },
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    );
    const ready = Promise.withResolvers<void>();
    if (started.stdout === null) throw new Error('The child has no output.');
    createInterface({ input: started.stdout }).on('line', (line) => {
      const said = saidIn(line);
      if (said === null && child === started) throw new Error(`The child said ${line.slice(0, 80)}…`);
      // A kill cuts off what the child was saying.
      if (said === null) return;
      if (said.ready) ready.resolve();
      if (said.incident) incidents.push(said.incident);
      if (said.id !== undefined) waiting.get(said.id)?.resolve(said.result);
    });
    started.once('exit', (code, signal) => {
      ready.reject(new Error(`The child ended with ${code ?? signal} before it was ready.`));
      for (const one of waiting.values()) one.reject(new Killed());
      waiting.clear();
    });
    started.stdin?.on('error', () => undefined);
    child = started;
    await ready.promise;
  }

  function order(what: Record<string, unknown>): Promise<unknown> {
    const id = nextId++;
    return new Promise((resolve, reject) => {
      if (child === null) return reject(new Killed());
      waiting.set(id, {
        resolve: (result) => {
          waiting.delete(id);
          resolve(result);
        },
        reject,
      });
      child.stdin?.write(`${JSON.stringify({ id, ...what })}\n`);
    });
  }

  async function call<N extends CallName>(name: N, input: CallInput<N>): Promise<Result<CallOutput<N>>> {
    // The child's dispatcher answers by the schema of this very call.
    return (await order({ call: name, input })) as Result<CallOutput<N>>;
  }

  async function steer(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${practice.address}/_practice/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return answer.json();
  }

  async function kill(): Promise<void> {
    const killed = child;
    child = null;
    if (killed === null || killed.exitCode !== null) return;
    kills += 1;
    const exited = once(killed, 'exit');
    killed.kill('SIGKILL');
    await exited;
  }

  return {
    dir,
    dataDir,
    practiceUrl: practice.address,
    incidents,
    call,
    steer,
    start,
    kill,
    isAlive: () => child !== null,
    kills: () => kills,
    shiftMs: () => shiftMs,
    /** Moves both processes' time on. */
    shiftBy: async (ms: number): Promise<void> => {
      shiftMs += ms;
      await steer('PUT', 'clock', { mode: 'shift', ms: shiftMs });
      if (child !== null) await order({ shiftMs });
    },
    /** Ends the child cleanly, so that its ledger can be read. */
    end: async (): Promise<void> => {
      const ending = child;
      child = null;
      if (ending === null || ending.exitCode !== null) return;
      const exited = once(ending, 'exit');
      ending.stdin?.end();
      await Promise.race([exited, sleep(5_000).then(() => ending.kill('SIGKILL'))]);
    },
    remove: async (): Promise<void> => {
      await practice.end('SIGKILL');
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
