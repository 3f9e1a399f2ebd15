/** Backups as files: when one is made, what it holds, and which are kept. */
import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backUpIfChanged, backupsFolder } from '../../../src/main/adapters/storage/ledger/backup.ts';
import { createLedgerKeeper } from '../../../src/main/adapters/storage/ledger/keeper.ts';
import { ledgerTasks } from '../../../src/main/adapters/storage/ledger/ledger-tasks.ts';
import {
  aLedger,
  aRecord,
  aSubmission,
  noIncidents,
  nowMs,
  rawConnection,
  temporaryFolder,
  valueIn,
} from './ledger-fixture.ts';

const keep = 10;
const minuteMs = 60_000;

function aKeptLedger() {
  const { ledger, path } = aLedger();
  let submitted = 0;
  const submit = () => {
    const record = aRecord({ dimensionKey: `d-${submitted++}` });
    valueIn(ledger.submit(aSubmission([record])));
    return record.recordId;
  };
  const folder = backupsFolder(path);
  const backUp = (atMs: number) => backUpIfChanged({ ledgerPath: path, nowMs: atMs, keep });
  return { ledger, path, folder, submit, backUp };
}

describe('a backup', () => {
  it('holds what the ledger held, while another connection goes on writing, and is private', () => {
    const { ledger, path, folder, submit, backUp } = aKeptLedger();
    submit();
    const { backup, made } = backUp(nowMs);
    const head = valueIn(ledger.auditHead());
    submit();
    expect(made).toBe(true);
    expect(backup).toMatchObject({
      savedUtc: '2026-11-20T14:05:00.000Z',
      content: { events: 1, records: 1, untilUtc: '2026-11-20T14:01:30.000Z', head },
    });
    expect(backup.name).toMatch(/^ledger-v\d+-20261120T140500000Z\.sqlite$/);
    expect(readdirSync(folder)).toEqual([backup.name]);
    expect(statSync(join(folder, backup.name)).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(backup.bytes).toBe(statSync(join(folder, backup.name)).size);
    const check = ledgerTasks.verify({ path: join(folder, backup.name), head });
    expect(check).toMatchObject({ intact: true, checkedRecords: 1 });
    expect(existsSync(`${path}-wal`)).toBe(true);
  });

  it('is made only when something has changed since any that is there', () => {
    const { submit, backUp, folder } = aKeptLedger();
    submit();
    const first = backUp(nowMs);
    expect(backUp(nowMs + minuteMs)).toEqual({ backup: first.backup, made: false });
    submit();
    expect(backUp(nowMs + 2 * minuteMs).made).toBe(true);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it('gets a name of its own within one millisecond', () => {
    const { submit, backUp, folder } = aKeptLedger();
    for (const _ of [1, 2, 3]) {
      submit();
      backUp(nowMs);
    }
    expect(readdirSync(folder)).toHaveLength(3);
  });

  it('pushes out the oldest beyond ten, and never itself, even with a clock that was wrong', () => {
    const { submit, backUp, folder } = aKeptLedger();
    const names = Array.from({ length: 12 }, (_, index) => {
      submit();
      return backUp(nowMs + index * minuteMs).backup.name;
    });
    expect(readdirSync(folder).sort()).toEqual(names.slice(2).sort());
    submit();
    const early = backUp(nowMs - minuteMs).backup.name;
    expect(readdirSync(folder)).toContain(early);
    expect(ledgerTasks['list-backups']({ ledgerPath: join(dirname(folder), 'ledger.sqlite') })[0]?.name).toBe(
      names.at(-1),
    );
  });

  it('sweeps up what a killed one left, and leaves other files alone', () => {
    const { submit, backUp, folder } = aKeptLedger();
    submit();
    const { name } = backUp(nowMs).backup;
    writeFileSync(join(folder, `${name}.part`), 'half');
    writeFileSync(join(folder, `${name}.part-journal`), 'half');
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    submit();
    const next = backUp(nowMs + minuteMs).backup.name;
    expect(readdirSync(folder).sort()).toEqual([name, next, 'notes.txt'].sort());
  });

  it('tells what restoring it would cost', () => {
    const { ledger, path, submit, backUp } = aKeptLedger();
    submit();
    submit();
    const { backup } = backUp(nowMs);
    submit();
    expect(ledgerTasks.compare({ ledgerPath: path, name: backup.name })).toEqual({
      backup,
      currentHead: valueIn(ledger.auditHead()),
      missingEvents: 1,
      missingRecords: 1,
      missingSinceUtc: '2026-11-20T14:01:30.000Z',
      undecidedRecords: 2,
    });
  });

  it('of another trail shares nothing with the ledger', () => {
    const { path, submit, backUp } = aKeptLedger();
    const other = aKeptLedger();
    submit();
    other.submit();
    other.submit();
    const { backup } = other.backUp(nowMs);
    backUp(nowMs + 1);
    copyFileSync(join(other.folder, backup.name), join(backupsFolder(path), backup.name));
    expect(ledgerTasks.compare({ ledgerPath: path, name: backup.name })).toMatchObject({
      missingEvents: 1,
      missingRecords: 1,
    });
  });
});

describe('looking for a good backup', () => {
  it('takes the newest that verifies, and passes over damaged and forged ones', () => {
    const { path, submit, backUp, folder } = aKeptLedger();
    const names = Array.from({ length: 4 }, (_, index) => {
      submit();
      return backUp(nowMs + index * minuteMs).backup.name;
    });
    const pathOf = (index: number) => join(folder, names[index] ?? '');
    const db = rawConnection(pathOf(2));
    db.exec("DROP TRIGGER usage_record_stays_as_confirmed; UPDATE usage_record SET description = 'forged'");
    db.close();
    writeFileSync(pathOf(3), readFileSync(pathOf(3)).subarray(0, 20_000));
    const found = ledgerTasks['find-good-backup']({ ledgerPath: path });
    expect(found.newestGood).toBe(names[1]);
    expect(found.candidates.map(({ backup, state }) => [backup.name, state])).toEqual([
      [names[3], 'damaged'],
      [names[2], 'damaged'],
      [names[1], 'good'],
      [names[0], 'unchecked'],
    ]);
  });

  it('finds none where there is no folder', () => {
    expect(ledgerTasks['find-good-backup']({ ledgerPath: join(temporaryFolder(), 'ledger.sqlite') })).toEqual(
      {
        candidates: [],
        newestGood: null,
      },
    );
  });
});

describe('the keeper', () => {
  it('backs up one after the other in workers, and hands a backup out byte for byte', async () => {
    const { path, folder, submit } = aKeptLedger();
    submit();
    const keeper = createLedgerKeeper({ ledgerPath: path, incidents: noIncidents });
    const [first, second] = (await Promise.all([keeper.backUp(nowMs), keeper.backUp(nowMs + minuteMs)])).map(
      valueIn,
    );
    expect([first?.made, second?.made]).toEqual([true, false]);
    const name = first?.backup.name ?? '';
    const parts: Uint8Array[] = [];
    for await (const part of keeper.bytesOf(name) ?? []) parts.push(part);
    expect(Buffer.concat(parts).equals(readFileSync(join(folder, name)))).toBe(true);
    expect(valueIn(await keeper.verifyBackup(name)).intact).toBe(true);
    await keeper.close();
  });

  it.each(['../ledger.sqlite', 'ledger-v1-20261120T140500000Z.sqlite', 'notes.txt', ''])(
    'knows no backup named %j',
    async (name) => {
      const { path } = aKeptLedger();
      const keeper = createLedgerKeeper({ ledgerPath: path, incidents: noIncidents });
      const unknownName = { ok: false, error: { kind: 'not-found', what: 'backup' } };
      expect(keeper.bytesOf(name)).toBeNull();
      expect(await keeper.compare(name)).toMatchObject(unknownName);
      expect(await keeper.verifyBackup(name)).toMatchObject(unknownName);
      await keeper.close();
    },
  );

  it('says that the ledger is damaged where it is', async () => {
    const path = join(temporaryFolder(), 'ledger.sqlite');
    writeFileSync(path, 'Dear ledger, '.repeat(400));
    const keeper = createLedgerKeeper({ ledgerPath: path, incidents: noIncidents });
    const isDamaged = { ok: false, error: { kind: 'ledger-damaged', path } };
    expect(await keeper.verify(null)).toMatchObject(isDamaged);
    expect(await keeper.backUp(nowMs)).toMatchObject(isDamaged);
    await keeper.close();
  });
});
