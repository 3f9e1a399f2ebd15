import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import type { World } from '../../../src/main/practice/world-schema.ts';

const entry = new URL('../../../src/main/practice/practice-main.ts', import.meta.url).pathname;

function start(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [entry, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('The child has no output.');
  const [line] = await once(createInterface(child.stdout), 'line');
  return String(line);
}

async function worldAt(address: string | undefined): Promise<World> {
  const response = await fetch(`${address}/_practice/world`);
  return (await response.json()) as World;
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  'prints its address in one line and ends cleanly on %s',
  async (signal) => {
    const child = start('--port', '0', '--agreements', '60', '--seed', '7');
    const address = /^Practice AWS is ready: (http:\/\/127\.0\.0\.1:\d+)$/.exec(await firstLine(child))?.[1];
    const world = await worldAt(address);
    expect(world.agreements).toHaveLength(64);
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([0, null]);
  },
);

test('a world file is taken, its instants relative to the start', async () => {
  const first = start();
  const address = (await firstLine(first)).split(' ').at(-1);
  const world = await worldAt(address);
  const file = join(await mkdtemp(join(tmpdir(), 'practice-world-')), 'world.json');
  const agreements = [{ ...world.agreements[0], endTime: 'now+1h' }];
  await writeFile(file, JSON.stringify({ ...world, agreements }));
  const second = start('--world', file);
  const other = await worldAt((await firstLine(second)).split(' ').at(-1));
  expect(other.agreements).toHaveLength(1);
  expect(Math.abs(Date.parse(other.agreements[0]?.endTime ?? '') - Date.now() - 3_600_000)).toBeLessThan(
    60_000,
  );
});

test.each([
  [['--prot', '1'], '--prot'],
  [['--port', 'abc'], '--port must be a whole number'],
  [['--agreements', '-5'], '--agreements'],
  [['--world', '/nowhere/world.json'], "can't be read"],
  [['extra'], 'extra'],
])('%j is refused in words', async (args, words) => {
  const child = start(...args);
  let text = '';
  child.stderr?.on('data', (chunk) => {
    text += chunk;
  });
  const [code] = await once(child, 'close');
  expect(code).toBe(1);
  expect(text).toContain(words);
  expect(text).toContain('Usage: npm run practice-aws');
  expect(text).not.toContain('    at ');
});
