import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type InProcessApp, startInProcessApp } from './in-process-app.ts';

let app: InProcessApp;
beforeEach(async () => {
  app = await startInProcessApp({ agreements: 120 });
});
afterEach(async () => {
  await app.stop();
});

const listed = () => app.succeed('contracts.list', { listId: null, knownVersion: 0 });

describe('a contract list that fails half-way', () => {
  it('keeps the rows that are there, says why, and is complete after a refresh', async () => {
    await app.practice.steer('PUT', 'faults', [
      { operation: 'SearchAgreements', times: 1, kind: 'slow', ms: 1 },
      { operation: 'SearchAgreements', times: 'always', kind: 'access-denied' },
    ]);
    await app.signIn('static-key');
    const rows = await app.contracts();
    const failed = await listed();
    expect(failed.state).toMatchObject({
      kind: 'failed',
      error: { kind: 'not-allowed', action: 'aws-marketplace:SearchAgreements' },
    });
    await app.practice.steer('PUT', 'faults', []);
    await app.succeed('contracts.refresh', {});
    const complete = await app.contracts();
    expect((await listed()).state.kind).toBe('complete');
    expect(complete.length).toBeGreaterThan(rows.length);
  });

  it('keeps every row while a refresh fails, and drops what AWS no longer has when one succeeds', async () => {
    await app.signIn('static-key');
    const before = await app.contracts();
    const { listId } = await listed();
    await app.practice.steer('PUT', 'faults', [
      { operation: 'SearchAgreements', times: 1, kind: 'access-denied' },
    ]);
    await app.succeed('contracts.refresh', {});
    expect(await app.contracts()).toHaveLength(before.length);
    expect((await listed()).state.kind).toBe('failed');
    await app.practice.steer('DELETE', `world/agreements/${before[0]?.agreementId}`);
    await app.succeed('contracts.refresh', {});
    const after = await app.contracts();
    expect(after).toHaveLength(before.length - 1);
    expect((await listed()).listId).not.toBe(listId);
  });

  it('shows contracts without product titles when the catalog is refused', async () => {
    await app.practice.steer('PUT', 'faults', [
      { operation: 'BatchDescribeEntities', times: 'always', kind: 'access-denied' },
      { operation: 'DescribeEntity', times: 'always', kind: 'access-denied' },
    ]);
    await app.signIn('static-key');
    const rows = await app.contracts();
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.every((row) => row.productTitle === null)).toBe(true);
    expect((await listed()).catalogProblem).toMatchObject({ kind: 'not-allowed' });
  });

  it('says what changed since a version, and nothing more', async () => {
    await app.signIn('static-key');
    const [first] = await app.contracts();
    const before = await listed();
    await app.succeed('buyers.setAlias', {
      buyerAccountId: first?.buyerAccountId ?? '',
      alias: 'Globex Robotics',
    });
    const after = await app.succeed('contracts.list', {
      listId: before.listId,
      knownVersion: before.version,
    });
    expect(after.rows.length).toBeGreaterThan(0);
    expect(after.rows.length).toBeLessThan(before.rows.length);
    expect(after.rows.every((row) => row.buyerAlias === 'Globex Robotics')).toBe(true);
  });
});

describe('a broken computer', () => {
  it('leaves a ledger of a newer version untouched and still lists contracts', async () => {
    const path = join(app.dataDir, 'ledger.sqlite');
    let bytes = Buffer.alloc(0);
    await app.restart(() => {
      const db = new DatabaseSync(path);
      db.exec('PRAGMA journal_mode = DELETE; PRAGMA user_version = 9999');
      db.close();
      bytes = readFileSync(path);
    });
    expect((await app.succeed('system.status', {})).ledgerProblem).toMatchObject({
      kind: 'ledger-newer',
      ledgerVersion: 9999,
    });
    await app.signIn('static-key');
    expect((await app.contracts()).length).toBeGreaterThan(10);
    const page = { agreementId: null, status: null, cursor: null, limit: 10 };
    expect(await app.call('usage.list', page)).toMatchObject({ error: { kind: 'ledger-newer' } });
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it('puts a corrupt preferences file aside and says where', async () => {
    writeFileSync(join(app.dataDir, 'preferences.json'), '{"theme": "da');
    await app.restart();
    const settings = await app.succeed('settings.get', {});
    expect(settings.theme).toBe('system');
    expect(readFileSync(settings.preferencesSetAside ?? '', 'utf8')).toBe('{"theme": "da');
  });

  it('says which config could not be read', async () => {
    const path = process.env.AWS_CONFIG_FILE ?? '';
    chmodSync(path, 0o600);
    writeFileSync(path, '');
    expect((await app.succeed('profiles.list', {})).profiles).toEqual([]);
    const folder = join(app.dataDir, 'a-folder');
    mkdirSync(folder);
    process.env.AWS_CONFIG_FILE = folder;
    expect((await app.succeed('profiles.list', {})).problem).toMatchObject({
      kind: 'config-unreadable',
      path: folder,
    });
  });

  it('refuses unknown and malformed calls and changes nothing', async () => {
    expect(await app.call('session.signIn', { profile: 'no-such-profile' })).toMatchObject({ ok: true });
    const view = await app.until(async () => {
      const now = await app.succeed('session.get', {});
      return now.state === 'signing-in' ? null : now;
    });
    expect(view).toMatchObject({ state: 'signed-out', problem: { kind: 'profile-unknown' } });
    // @ts-expect-error: what a hostile page would send.
    expect(await app.call('settings.change', { theme: 'pink' })).toMatchObject({
      error: { kind: 'invalid-input' },
    });
    // @ts-expect-error: a name that is no call.
    expect(await app.call('settings.destroy', {})).toMatchObject({ error: { kind: 'unknown-call' } });
    expect((await app.succeed('settings.get', {})).theme).toBe('system');
  });
});
