import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { becomeOwner, type Owner, summonOwner } from '../../../src/main/adapters/storage/owner.ts';

const childEntry = resolve(import.meta.dirname, '../../support/owner-child.ts');
let dataDir: string;
let children: ChildProcess[];
let owners: (Owner | null)[];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'usage-desk-owner-'));
  children = [];
  owners = [];
});

afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  for (const owner of owners) owner?.release();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Starts another process on the same folder; `line` resolves with the next thing that it says. */
function startChild() {
  const child = spawn(process.execPath, [childEntry, dataDir], { stdio: ['ignore', 'pipe', 'ignore'] });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return { child, line: async () => (await lines.next()).value as string | undefined };
}

function own(onSummons: () => void = () => undefined): Owner | null {
  const owner = becomeOwner({ dataDir, onSummons });
  owners.push(owner);
  return owner;
}

describe('a data folder', () => {
  it('has one owner, also across processes', async () => {
    const other = startChild();
    expect(await other.line()).toBe('owner');
    expect(own()).toBeNull();
  });

  it('is free again when its owner lets it go', async () => {
    own()?.release();
    expect(await startChild().line()).toBe('owner');
  });

  it('is free again when its owner was killed', async () => {
    const { child, line } = startChild();
    expect(await line()).toBe('owner');
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    expect(own()).not.toBeNull();
  });

  it('lets the second start summon the owner, again and again', async () => {
    const { line } = startChild();
    expect(await line()).toBe('owner');
    summonOwner(dataDir);
    expect(await line()).toBe('summoned');
    summonOwner(dataDir);
    expect(await line()).toBe('summoned');
  });

  it('does not answer summons that an earlier owner left', async () => {
    summonOwner(dataDir);
    let summoned = 0;
    own(() => {
      summoned += 1;
    });
    summonOwner(dataDir);
    await expect.poll(() => summoned).toBe(1);
  });

  it('that is a file is refused with the code of the system', () => {
    const path = join(dataDir, 'file');
    writeFileSync(path, '');
    expect(() => becomeOwner({ dataDir: path, onSummons: () => undefined })).toThrow(
      expect.objectContaining({ code: 'EEXIST' }),
    );
  });
});
