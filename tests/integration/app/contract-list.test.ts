import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ContractList } from '../../../src/contract/contracts.ts';
import { type InProcessApp, startInProcessApp } from './in-process-app.ts';

const seller = '482913607251';
let app: InProcessApp;
afterEach(() => app.stop());

/** `count` contracts in the practice world, and AWS's rates out of the way unless a test is about them. */
async function start(count: number, rateLimits = false): Promise<void> {
  app = await startInProcessApp(
    { agreements: count },
    { searchesPerSecond: rateLimits ? 5 : Number.POSITIVE_INFINITY },
  );
  await app.practice.steer('PUT', 'behaviour', { rateLimits });
}

interface WorldAgreement {
  readonly agreementId: string;
  readonly proposerAccountId: string;
  readonly acceptorAccountId: string;
  readonly status: string;
  readonly edge?: string;
}
const world = async () =>
  ((await app.practice.steer('GET', 'world')) as { agreements: readonly WorldAgreement[] }).agreements;
const own = async () => (await world()).filter((one) => one.proposerAccountId === seller);
const searches = async () =>
  (await app.practice.calls())
    .filter((call) => call.operation === 'SearchAgreements')
    .map(({ request }) => request);

/** The list with all its rows, once `done` holds of it. */
const listWhen = (done: (list: ContractList) => boolean): Promise<ContractList> =>
  app.until(async () => {
    let list = await app.succeed('contracts.list', { listId: null, knownVersion: 0 });
    const rows = [...list.rows];
    while (list.hasMore) {
      const { listId, version } = list;
      list = await app.succeed('contracts.list', { listId, knownVersion: version });
      rows.push(...list.rows);
    }
    return done(list) ? { ...list, rows } : null;
  });
const complete = () => listWhen(({ state }) => state.kind === 'complete');
const ended = () => listWhen(({ state }) => state.kind === 'complete' || state.kind === 'failed');
const fault = (fault: Record<string, unknown>) =>
  app.practice.steer('PUT', 'faults', [{ operation: 'SearchAgreements', ...fault }]);
const refreshed = async () => {
  await app.succeed('contracts.refresh', {});
  return ended();
};

describe('the list of contracts', () => {
  it('has every agreement that AWS has, once, the active ones read first', async () => {
    await start(260);
    await app.signIn('static-key');
    const { rows, count, unreadable } = await complete();
    const expected = (await own()).map((one) => one.agreementId).sort();
    expect(rows.map((row) => row.agreementId).sort()).toEqual(expected);
    expect(count).toBe(260);
    expect(unreadable).toBe(0);
    const statuses = (await searches()).map((request) => JSON.stringify(request).includes('"Status"'));
    expect(statuses.indexOf(false)).toBe(statuses.lastIndexOf(true) + 1);
  });

  it('stays within AWS’s rate over many pages, with nothing lost', async () => {
    await start(420, true);
    await app.signIn('static-key');
    expect((await complete()).count).toBe(420);
  });

  it('loses no page to throttling, to a fault of AWS, or to an empty page with a token', async () => {
    await start(160);
    await app.practice.steer('PUT', 'faults', [
      { operation: 'SearchAgreements', kind: 'throttling', skip: 1, times: 4 },
      { operation: 'SearchAgreements', kind: 'internal-error', skip: 2, times: 4 },
      { operation: 'SearchAgreements', kind: 'empty-page', skip: 4, times: 2 },
      { operation: 'SearchAgreements', kind: 'cut-before-store', skip: 5, times: 1 },
    ]);
    await app.signIn('static-key');
    const { rows } = await complete();
    expect(new Set(rows.map((row) => row.agreementId)).size).toBe(160);
    expect(await app.practice.steer('GET', 'faults')).toEqual([]);
  });

  it('keeps what was read when a page stays failed, says what is missing, and goes on there', async () => {
    await start(160);
    await fault({ kind: 'AccessDeniedException', skip: 2, times: 'always' });
    await app.signIn('static-key');
    const stopped = await ended();
    expect(stopped).toMatchObject({
      state: { kind: 'failed', pagesRead: 2, found: 100, activeRead: false, error: { kind: 'not-allowed' } },
      lastCompleteUtc: null,
      count: 100,
    });
    await fault({ kind: 'throttling', times: 1, skip: 500 });
    const before = (await searches()).length;
    expect(await refreshed()).toMatchObject({ state: { kind: 'complete' }, count: 160 });
    const [first] = (await searches()).slice(before);
    expect(JSON.stringify(first)).toContain('nextToken');
  });

  it('shows what AWS says in words that nobody knows, never as something to meter', async () => {
    await start(40);
    const all = (await app.practice.steer('GET', 'world')) as { agreements: WorldAgreement[] };
    const changed = all.agreements.map((one) =>
      one.edge === 'pay-as-you-go' ? { ...one, status: 'SLEEPING', resourceType: 'HologramProduct' } : one,
    );
    await app.practice.steer('PUT', 'world', { ...all, agreements: changed });
    await app.signIn('static-key');
    const odd = (await complete()).rows.find((row) => row.awsStatus === 'SLEEPING');
    expect(odd).toMatchObject({ resourceType: 'HologramProduct', addUsage: { allowed: false } });
  });

  it('reads each product once, in batches of at most twenty', async () => {
    await start(260);
    await app.signIn('static-key');
    await complete();
    const batches = (await app.practice.calls())
      .filter((call) => call.operation === 'BatchDescribeEntities')
      .map((call) => [...JSON.stringify(call.request).matchAll(/prod-[a-z2-7]{13}/g)].map(([id]) => id));
    const ids = batches.flat();
    expect(new Set(ids).size).toBe(ids.length);
    for (const batch of batches) expect(batch.length).toBeLessThanOrEqual(20);
    expect((await app.practice.calls()).some((call) => call.operation === 'GetAgreementTerms')).toBe(false);
  });
});

describe('the list of the last time', () => {
  it('is shown at once at the next start, with its age, and when AWS can’t be read', async () => {
    await start(120);
    await app.signIn('static-key');
    const before = await complete();
    await app.restart();
    await fault({ kind: 'AccessDeniedException', times: 'always' });
    await app.signIn('static-key');
    const after = await ended();
    expect(after).toMatchObject({
      state: { kind: 'failed', pagesRead: 0 },
      count: 120,
      lastCompleteUtc: before.lastCompleteUtc,
    });
    expect(after.rows.every((row) => row.change === null)).toBe(true);
    expect(after.rows.filter((row) => row.productTitle !== null)).not.toHaveLength(0);
  });

  it('is another one for another seller account', async () => {
    await start(40);
    await app.signIn('static-key');
    await complete();
    await app.restart();
    expect(readdirSync(join(app.dataDir, 'contracts'))).toEqual([`${seller}.json`]);
    await app.signIn('labs-ops');
    const other = await complete();
    expect(other.rows.some((row) => row.change !== null)).toBe(false);
    // What is written meanwhile is there once the app has ended.
    await app.restart();
    expect(readdirSync(join(app.dataDir, 'contracts'))).toHaveLength(2);
  });

  it('counts as none when it is damaged', async () => {
    await start(40);
    await app.signIn('static-key');
    await complete();
    await app.restart(() => {
      const path = join(app.dataDir, 'contracts', `${seller}.json`);
      writeFileSync(path, readFileSync(path, 'utf8').slice(0, 500));
    });
    await app.signIn('static-key');
    expect(await complete()).toMatchObject({ count: 40 });
    expect(app.incidents).toEqual([]);
  });

  it('marks what is new, ended, renewed or replaced since, until it is seen', async () => {
    await start(60);
    await app.signIn('static-key');
    await complete();
    const all = (await app.practice.steer('GET', 'world')) as { agreements: WorldAgreement[] };
    const running = all.agreements.filter(
      (one) => one.status === 'ACTIVE' && one.proposerAccountId === seller,
    );
    const [ends, renews, gives, takes] = running;
    if (!ends || !renews || !gives || !takes) throw new Error('too few active contracts');
    const statuses = new Map([
      [ends.agreementId, 'TERMINATED'],
      [renews.agreementId, 'RENEWED'],
      [gives.agreementId, 'REPLACED'],
    ]);
    const agreements = all.agreements.map((one) => ({
      ...one,
      status: statuses.get(one.agreementId) ?? one.status,
    }));
    const added = { ...takes, agreementId: 'agmt-brandnew' };
    await app.practice.steer('PUT', 'world', { ...all, agreements: [...agreements, added] });
    await app.restart();
    await app.signIn('static-key');
    const marks = (list: ContractList) =>
      new Map(list.rows.flatMap((row) => (row.change === null ? [] : [[row.agreementId, row.change]])));
    expect(marks(await complete())).toEqual(
      new Map([
        [ends.agreementId, 'ended'],
        [renews.agreementId, 'renewed'],
        [gives.agreementId, 'replaced'],
        ['agmt-brandnew', 'new'],
      ]),
    );

    await app.succeed('contracts.get', { agreementId: ends.agreementId });
    await app.restart();
    await app.signIn('static-key');
    expect(marks(await complete()).size).toBe(3);
    await app.succeed('contracts.dismissChanges', {});
    await app.restart();
    await app.signIn('static-key');
    expect(marks(await complete()).size).toBe(0);
  });
});
