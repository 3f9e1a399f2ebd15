import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLedgerKeeper } from '../../../src/main/adapters/storage/ledger/keeper.ts';
import { openLedger } from '../../../src/main/adapters/storage/ledger/open-ledger.ts';
import type { ChosenFile } from '../../../src/main/core/ports.ts';
import { aLedger, aRecord, aSubmission, noIncidents, temporaryFolder, valueIn } from './ledger-fixture.ts';

const atMs = Date.parse('2026-11-20T15:00:00Z');

function aKeeper() {
  const folder = temporaryFolder();
  const keeper = createLedgerKeeper({ ledgerPath: join(folder, 'ledger.sqlite'), incidents: noIncidents });
  onTestFinished(() => keeper.close());
  return keeper;
}

/** A backup of another computer's ledger with one record. */
async function aSavedCopy(): Promise<{ readonly name: string; readonly content: Buffer }> {
  const { ledger, path } = aLedger();
  valueIn(ledger.submit(aSubmission([aRecord()])));
  const keeper = createLedgerKeeper({ ledgerPath: path, incidents: noIncidents });
  onTestFinished(() => keeper.close());
  const { backup } = valueIn(await keeper.backUp(atMs));
  return { name: backup.name, content: readFileSync(join(dirname(path), 'backups', backup.name)) };
}

const aFile = (fileName: string, content: Uint8Array, bytes = content.length): ChosenFile => ({
  fileName,
  bytes,
  chunks: (async function* () {
    for (let at = 0; at < content.length; at += 10_000) yield content.subarray(at, at + 10_000);
  })(),
});

describe('a backup file of another computer', () => {
  it('is taken among the backups as a copy, by the time in its name, and once', async () => {
    const keeper = aKeeper();
    const copy = await aSavedCopy();
    const added = valueIn(
      await keeper.add(aFile(`${copy.name.replace('.sqlite', '')} (1).sqlite`, copy.content), 0),
    );
    expect(added).toMatchObject({ name: copy.name, content: { records: 1 } });
    expect(readFileSync(join(keeper.folder, copy.name))).toEqual(copy.content);
    expect(valueIn(await keeper.add(aFile('renamed', copy.content), 0))).toEqual(added);
    expect(readdirSync(keeper.folder)).toEqual([copy.name]);
  });

  it('is dated by its newest event where its name says nothing', async () => {
    const copy = await aSavedCopy();
    const { savedUtc, content } = valueIn(await aKeeper().add(aFile('books.sqlite', copy.content), atMs));
    expect(Date.parse(savedUtc)).toBe(Date.parse(content?.untilUtc ?? ''));
  });

  it.each([
    ['no-ledger', (): Buffer => Buffer.from('This is something else. '.repeat(1_000))],
    ['no-ledger', (): Buffer => Buffer.alloc(0)],
    ['no-ledger', (content: Buffer): Buffer => edited(content, 'PRAGMA application_id = 7')],
    ['newer', (content: Buffer): Buffer => edited(content, 'PRAGMA user_version = 999')],
    [
      'damaged',
      (content: Buffer): Buffer =>
        edited(content, "DROP TRIGGER event_stays; UPDATE event SET actor = 'someone' WHERE seq = 1"),
    ],
    ['damaged', (content: Buffer): Buffer => content.subarray(0, content.length / 2)],
  ] as const)('is refused as %s, and leaves nothing behind', async (problem, change) => {
    const keeper = aKeeper();
    const copy = await aSavedCopy();
    const answer = await keeper.add(aFile(copy.name, change(copy.content)), atMs);
    expect(answer).toEqual({ ok: false, error: { kind: 'file-unusable', fileName: copy.name, problem } });
    expect(readdirSync(keeper.folder)).toEqual([]);
  });

  it('is refused when it does not come as long as it was said to be, or breaks off', async () => {
    const keeper = aKeeper();
    const { name, content } = await aSavedCopy();
    const unreadable = { ok: false, error: { kind: 'file-unusable', fileName: name, problem: 'unreadable' } };
    expect(await keeper.add(aFile(name, content, content.length - 1), atMs)).toEqual(unreadable);
    expect(await keeper.add(aFile(name, content, content.length + 1), atMs)).toEqual(unreadable);
    const broken = (async function* () {
      yield content.subarray(0, 10_000);
      throw new Error('aborted');
    })();
    const half = { fileName: name, bytes: content.length, chunks: broken };
    expect(await keeper.add(half, atMs)).toEqual(unreadable);
    expect(readdirSync(keeper.folder)).toEqual([]);
  });

  it('is refused before its first byte when the ledger would be left without room', async () => {
    const keeper = aKeeper();
    const endless = {
      fileName: 'x',
      bytes: Number.MAX_SAFE_INTEGER,
      chunks: aFile('x', Buffer.alloc(1)).chunks,
    };
    expect(await keeper.add(endless, atMs)).toEqual({
      ok: false,
      error: { kind: 'disk-full', path: keeper.folder },
    });
  });
});

/** The file after this was done to it. */
function edited(content: Buffer, sql: string): Buffer {
  const path = join(temporaryFolder(), 'edited.sqlite');
  writeFileSync(path, content);
  const db = new DatabaseSync(path);
  db.exec(sql);
  db.close();
  return readFileSync(path);
}

describe('practice and live', () => {
  const keeperOf = (practice: boolean) => {
    const ledgerPath = join(temporaryFolder(), 'ledger.sqlite');
    const keeper = createLedgerKeeper({ ledgerPath, practice, incidents: noIncidents });
    onTestFinished(() => keeper.close());
    return keeper;
  };

  it.each([true, false])('never take a backup of each other (practice: %s)', async (practice) => {
    const path = join(temporaryFolder(), 'ledger.sqlite');
    valueIn(openLedger({ path, now: () => atMs, practice, incidents: noIncidents })).close();
    const content = readFileSync(path);
    const refused = await keeperOf(!practice).add(aFile('copy', content), atMs);
    const problem = practice ? 'practice' : 'live';
    expect(refused).toMatchObject({ ok: false, error: { kind: 'file-unusable', problem } });
    expect((await keeperOf(practice).add(aFile('copy', content), atMs)).ok).toBe(true);
  });

  it('never open each other’s ledger', () => {
    const path = join(temporaryFolder(), 'ledger.sqlite');
    valueIn(openLedger({ path, now: () => atMs, practice: true, incidents: noIncidents })).close();
    const opened = openLedger({ path, now: () => atMs, incidents: noIncidents });
    expect(opened).toMatchObject({
      ok: false,
      error: { kind: 'ledger-damaged', detail: 'a ledger of practice' },
    });
  });
});
