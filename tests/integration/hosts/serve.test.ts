import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const entry = resolve(import.meta.dirname, '../../../src/main/serve.ts');
const readyPrefix = 'Usage Desk is ready: ';
let folder: string;
let children: ChildProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usage-desk-serve-'));
  mkdirSync(join(folder, 'home'));
  children = [];
});

afterEach(async () => {
  await Promise.all(children.map(end));
  rmSync(folder, { recursive: true, force: true });
});

async function end(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
  }
  return child.exitCode;
}

/** Starts the browser host on the folder `data`, with an empty home and no AWS settings. */
function start(...args: string[]) {
  const home = join(folder, 'home');
  const child = spawn(process.execPath, [entry, '--no-open', '--data-dir', join(folder, 'data'), ...args], {
    env: { PATH: process.env.PATH, HOME: home, INIT_CWD: folder, TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const output: string[] = [];
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  createInterface({ input: child.stdout }).on('line', (line) => output.push(line));
  return {
    child,
    output,
    errors: () => errors,
    exit: async () => {
      if (child.exitCode === null) await once(child, 'close');
      return child.exitCode;
    },
    addresses: () =>
      output.filter((line) => line.startsWith(readyPrefix)).map((line) => line.slice(readyPrefix.length)),
    ready: async () => {
      await expect.poll(() => output.length).toBeGreaterThan(0);
      return (output[0] ?? '').slice(readyPrefix.length);
    },
  };
}

/** Trades the launch address as a browser would and gives what calls need. */
async function letIn(address: string) {
  const { origin } = new URL(address);
  const answer = await fetch(address, { redirect: 'manual' });
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  const headers = { cookie, origin, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
  const call = async (name: string): Promise<unknown> => {
    const body = '{}';
    return await (await fetch(`${origin}/api/${name}`, { method: 'POST', headers, body })).json();
  };
  return { origin, headers, call };
}

describe('the browser host', () => {
  it('prints one line, serves calls to who comes by it, and ends cleanly while a page listens', async () => {
    const app = start('--practice', '--port', '0');
    const { call, origin, headers } = await letIn(await app.ready());
    expect(await call('system.status')).toMatchObject({
      ok: true,
      value: {
        practice: true,
        capabilities: { save: 'download', openBrowser: false, asksBeforeClosing: false },
        ledgerProblem: null,
      },
    });
    const stream = await fetch(`${origin}/events`, { headers });
    const before = performance.now();
    expect(await end(app.child)).toBe(0);
    expect(performance.now() - before).toBeLessThan(2_000);
    await stream.text().catch(() => undefined);
    expect(app.output).toHaveLength(1);
    expect(app.errors()).toBe('');
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'ends with code 0 on %s, twice sent too',
    async (signal) => {
      const app = start();
      await app.ready();
      app.child.kill(signal);
      app.child.kill(signal);
      expect(await app.exit()).toBe(0);
    },
  );

  it('keeps live and practice apart, and practice out of the home', async () => {
    const live = start();
    const practice = start('--practice');
    await live.ready();
    const { call } = await letIn(await practice.ready());
    expect(await call('settings.get')).toMatchObject({
      value: { dataDir: join(folder, 'data', 'practice') },
    });
    expect(await call('profiles.list')).toMatchObject({
      value: { configPath: join(folder, 'data', 'practice', 'home', '.aws', 'config') },
    });
    expect(readdirSync(join(folder, 'data')).sort()).toEqual(['live', 'practice']);
    expect(readdirSync(join(folder, 'home'))).toEqual([]);
    expect(statSync(join(folder, 'data', 'practice')).mode & 0o077).toBe(0);
  });

  it('started a second time makes the first print a new address, says so and ends', async () => {
    const first = start();
    const old = await first.ready();
    const second = start();
    expect(await second.exit()).toBe(0);
    expect(second.output).toHaveLength(1);
    expect(second.output[0]).toMatch(/already/);
    await expect.poll(first.addresses).toHaveLength(2);
    const renewed = first.addresses()[1] ?? '';
    expect(new URL(renewed).origin).toBe(new URL(old).origin);
    expect(await (await letIn(renewed)).call('usage.counts')).toMatchObject({ ok: true });
  });

  it('goes on where nobody reads its lines any more', async () => {
    const first = start();
    const { call } = await letIn(await first.ready());
    first.child.stdout?.destroy();
    first.child.stderr?.destroy();
    // A second and a third start make it print into the closed pipe, at once and after it has failed.
    expect(await start().exit()).toBe(0);
    expect(await start().exit()).toBe(0);
    expect(await call('usage.counts')).toMatchObject({ ok: true });
    expect(await end(first.child)).toBe(0);
  });

  it('starts again on the data of one that was killed', async () => {
    const killed = start();
    await killed.ready();
    killed.child.kill('SIGKILL');
    await killed.exit();
    const again = start();
    expect(await again.ready()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/launch\?code=/);
  });

  it('starts practice beside live on request, once, and takes it along when it ends', async () => {
    const live = start();
    const { call } = await letIn(await live.ready());
    const begun = (await call('system.startPractice')) as { value: { address: string } };
    const practice = await letIn(begun.value.address);
    expect(await practice.call('system.status')).toMatchObject({ value: { practice: true } });
    const again = (await call('system.startPractice')) as { value: { address: string } };
    expect(new URL(again.value.address).origin).toBe(practice.origin);
    expect(again.value.address).not.toBe(begun.value.address);
    live.child.kill('SIGKILL');
    await live.exit();
    await expect
      .poll(() =>
        fetch(practice.origin).then(
          () => 'there',
          () => 'gone',
        ),
      )
      .toBe('gone');
  });

  it('lives at the instant to which practice is shifted', async () => {
    const app = start('--practice');
    const { call } = await letIn(await app.ready());
    const { url } = JSON.parse(readFileSync(join(folder, 'data', 'practice', 'practice-aws.json'), 'utf8'));
    const shiftMs = 40 * 86_400_000;
    const answer = await fetch(`${url}/_practice/clock`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ mode: 'shift', ms: shiftMs }),
    });
    expect(answer.status).toBe(200);
    const status = (await call('system.status')) as { value: { nowUtc: string } };
    expect(Math.abs(Date.parse(status.value.nowUtc) - Date.now() - shiftMs)).toBeLessThan(10_000);
  });

  it.each([
    ['an unknown option', () => ['--host', '0.0.0.0'], 'Usage Desk has no option --host.'],
    [
      'a data folder that is a file',
      () => ['--data-dir', join(folder, 'file')],
      'something on that path is no folder',
    ],
  ])('refuses %s in one clear sentence', async (_name, args, sentence) => {
    writeFileSync(join(folder, 'file'), '');
    const app = start(...args());
    expect(await app.exit()).toBe(1);
    expect(app.errors()).toContain(sentence);
    expect(app.errors()).not.toMatch(/\n\s+at /);
    expect(app.output).toEqual([]);
  });

  it('says so when its port is taken', async () => {
    const first = start();
    const { port } = new URL(await first.ready());
    const second = start('--practice', '--port', port);
    expect(await second.exit()).toBe(1);
    expect(second.errors()).toBe(
      `Port ${port} is in use by another program. Choose another with --port N, or leave it out.\n`,
    );
  });
});
