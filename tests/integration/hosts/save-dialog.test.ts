import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSaveDialog } from '../../../src/main/hosts/electron/save-dialog.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usage-desk-save-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

async function* chunks() {
  yield 'ä,b\r\n';
  yield '1,2\r\n';
}

async function* oneByte() {
  yield Buffer.from('a');
}

const aFile = { suggestedName: 'usage.csv', mediaType: 'text/csv' };

describe('the save dialog', () => {
  it('writes the file where the person chose, and leaves nothing beside it', async () => {
    const path = join(folder, 'usage.csv');
    writeFileSync(path, 'before');
    const dialog = createSaveDialog({ choosePath: async () => path });
    expect(await dialog.saveText({ ...aFile, chunks: chunks() })).toEqual({
      ok: true,
      value: { kind: 'saved', path },
    });
    expect(readFileSync(path, 'utf8')).toBe('ä,b\r\n1,2\r\n');
    expect(readdirSync(folder)).toEqual(['usage.csv']);
  });

  it.each([
    ['beside it, where nothing is', [], 'usage.csv.json'],
    ['in place of the one of the file that is replaced', ['usage.csv', 'usage.csv.json'], 'usage.csv.json'],
    ['under a free name, where another file has its own', ['usage.csv.json'], 'usage.csv 2.json'],
  ])('puts a file that belongs to it %s', async (_, there, expected) => {
    for (const name of there) writeFileSync(join(folder, name), 'before');
    const path = join(folder, 'usage.csv');
    const dialog = createSaveDialog({ choosePath: async () => path });
    const beside = { suffix: '.json', mediaType: 'application/json', text: '{}' };
    const saved = await dialog.saveBytes({ ...aFile, chunks: oneByte(), beside });
    expect(saved).toEqual({ ok: true, value: { kind: 'saved', path, besidePath: join(folder, expected) } });
    expect(readFileSync(join(folder, expected), 'utf8')).toBe('{}');
    if (expected !== 'usage.csv.json') expect(readFileSync(`${path}.json`, 'utf8')).toBe('before');
  });

  it('writes bytes as they are', async () => {
    async function* bytes() {
      yield Buffer.from([0, 255, 128]);
      yield Buffer.from([13, 10]);
    }
    const path = join(folder, 'backup.sqlite');
    const dialog = createSaveDialog({ choosePath: async () => path });
    await dialog.saveBytes({ suggestedName: 'backup.sqlite', mediaType: 'x/y', chunks: bytes() });
    expect([...readFileSync(path)]).toEqual([0, 255, 128, 13, 10]);
  });

  it('reads nothing when the person cancels', async () => {
    let read = false;
    async function* watched() {
      read = true;
      yield '';
    }
    const dialog = createSaveDialog({ choosePath: async () => null });
    expect(await dialog.saveText({ ...aFile, chunks: watched() })).toEqual({
      ok: true,
      value: { kind: 'cancelled' },
    });
    expect(read).toBe(false);
  });

  it('suggests a bare name, never a path', async () => {
    let suggested = '';
    const dialog = createSaveDialog({
      choosePath: async (name) => {
        suggested = name;
        return null;
      },
    });
    await dialog.saveText({ ...aFile, suggestedName: '../../etc/usage.csv', chunks: chunks() });
    expect(suggested).toBe('usage.csv');
  });

  it('says what the disk refused', async () => {
    const path = join(folder, 'missing', 'usage.csv');
    const dialog = createSaveDialog({ choosePath: async () => path });
    expect(await dialog.saveText({ ...aFile, chunks: chunks() })).toEqual({
      ok: false,
      error: { kind: 'save-failed', path, detail: 'ENOENT' },
    });
  });

  it('says that the disk is full', async () => {
    async function* full() {
      yield 'a';
      throw Object.assign(new Error('no space'), { code: 'ENOSPC', syscall: 'write' });
    }
    const path = join(folder, 'usage.csv');
    writeFileSync(path, 'before');
    const dialog = createSaveDialog({ choosePath: async () => path });
    expect(await dialog.saveText({ ...aFile, chunks: full() })).toEqual({
      ok: false,
      error: { kind: 'disk-full', path },
    });
    expect(readdirSync(folder)).toEqual(['usage.csv']);
    expect(readFileSync(path, 'utf8')).toBe('before');
  });

  it('leaves a folder of the same name alone', async () => {
    const path = join(folder, 'usage.csv');
    mkdirSync(path);
    const dialog = createSaveDialog({ choosePath: async () => path });
    expect(await dialog.saveText({ ...aFile, chunks: chunks() })).toMatchObject({
      ok: false,
      error: { kind: 'save-failed' },
    });
    expect(readdirSync(folder)).toEqual(['usage.csv']);
  });

  it('passes on what is no matter of the disk', async () => {
    async function* broken() {
      yield 'a';
      throw new Error('the ledger went away');
    }
    const dialog = createSaveDialog({ choosePath: async () => join(folder, 'usage.csv') });
    await expect(dialog.saveText({ ...aFile, chunks: broken() })).rejects.toThrow('the ledger went away');
    expect(readdirSync(folder)).toEqual([]);
  });
});
