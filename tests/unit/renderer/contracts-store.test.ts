import { describe, expect, it, vi } from 'vitest';
import { err, ok } from '../../../src/contract/result.ts';
import {
  createContractsStore,
  firstView,
} from '../../../src/renderer/src/features/contracts/contracts-store.ts';
import { listAge } from '../../../src/renderer/src/features/contracts/list-age.ts';
import { createFakeApi } from '../../support/fake-api.ts';
import { aContract, aContractList } from '../../support/sample-views.ts';

const progress = { pagesRead: 1, found: 2, activeRead: false };
const first = aContract({ agreementId: 'agmt-1' });
const second = aContract({ agreementId: 'agmt-2' });

describe('the contracts store', () => {
  it('asks only for what changed since the version it holds', async () => {
    const asked: unknown[] = [];
    const lists = [
      aContractList({
        version: 3,
        rows: [first, second],
        state: { kind: 'loading', ...progress, isWaiting: false },
      }),
      aContractList({ version: 4, rows: [{ ...second, buyerAlias: 'Renamed' }], count: 2 }),
    ];
    const api = createFakeApi({
      'contracts.list': (input) => {
        asked.push(input);
        return ok(lists[asked.length - 1] ?? aContractList());
      },
    });
    const contracts = createContractsStore(api);
    await contracts.reload();
    await contracts.reload();
    expect(asked).toEqual([
      { listId: null, knownVersion: 0 },
      { listId: 'list-1', knownVersion: 3 },
    ]);
    const { rows, list } = contracts.store.getState();
    expect(rows.map((row) => [row.agreementId, row.buyerAlias])).toEqual([
      ['agmt-1', 'Globex Robotics'],
      ['agmt-2', 'Renamed'],
    ]);
    expect(list.kind).toBe('complete');
  });

  it('drops its rows when the list is another one', async () => {
    const api = createFakeApi({ 'contracts.list': () => ok(aContractList({ rows: [first, second] })) });
    const contracts = createContractsStore(api);
    await contracts.reload();
    api.answer({ 'contracts.list': () => ok(aContractList({ listId: 'list-2', rows: [second] })) });
    await contracts.reload();
    expect(contracts.store.getState().rows).toEqual([second]);
  });

  it('remembers as of when the rows are, while they are read anew and when that fails', async () => {
    const api = createFakeApi({});
    const contracts = createContractsStore(api);
    const ageAfter = async (change: Parameters<typeof aContractList>[0]) => {
      api.answer({ 'contracts.list': () => ok(aContractList(change)) });
      await contracts.reload();
      return listAge(contracts.store.getState(), Date.parse('2026-11-20T14:05:00Z'));
    };
    const loading = { kind: 'loading', ...progress, isWaiting: false } as const;
    const failed = { kind: 'failed', ...progress, error: { kind: 'core-unreachable' } } as const;
    const never = { lastCompleteUtc: null };
    expect(await ageAfter({ state: loading, ...never })).toBe('Incomplete: still loading from AWS');
    expect(await ageAfter({ state: failed, ...never })).toBe('Incomplete');
    expect(await ageAfter({})).toBe('As AWS had it 5 min ago');
    expect(await ageAfter({ state: loading })).toBe('As AWS had it 5 min ago; refreshing…');
    expect(await ageAfter({ state: failed })).toBe('As AWS had it 5 min ago; refreshing stopped');
  });

  it('asks on while the core has more rows than one answer carries', async () => {
    const api = createFakeApi({
      'contracts.list': ({ knownVersion }) =>
        ok(
          knownVersion === 0
            ? aContractList({ version: 1, rows: [first], hasMore: true, count: 2 })
            : aContractList({ version: 2, rows: [second] }),
        ),
    });
    const contracts = createContractsStore(api);
    await contracts.reload();
    expect(contracts.store.getState().rows).toEqual([first, second]);
    expect(api.callsOf('contracts.list')).toBe(2);
  });

  it('recalls the view of the last time, unless the person was quicker, and keeps what is chosen', async () => {
    vi.useFakeTimers();
    const {
      filterText: _,
      pageIndex: __,
      ...kept
    } = { ...firstView, status: 'ended' as const, pageSize: 50 };
    const keptViews: unknown[] = [];
    const api = createFakeApi({
      'contracts.list': () => ok(aContractList()),
      'contracts.view': () => ok({ view: kept }),
      'contracts.keepView': (view) => {
        keptViews.push(view);
        return ok({});
      },
    });
    const contracts = createContractsStore(api);
    contracts.start();
    await vi.waitFor(() =>
      expect(contracts.store.getState().view).toMatchObject({ status: 'ended', pageSize: 50 }),
    );
    contracts.changeView({ traits: ['has-rejected'] });
    contracts.changeView({ filterText: 'globex' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(keptViews).toEqual([{ ...kept, traits: ['has-rejected'] }]);
    const quick = createContractsStore(api);
    quick.start();
    quick.changeView({ status: 'active' });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(quick.store.getState().view).toMatchObject({ status: 'active', pageSize: 20 });
    vi.useRealTimers();
  });

  it('keeps columns and traits at once when the page goes, and nothing that was kept already', async () => {
    const { filterText: _, pageIndex: __, ...plain } = firstView;
    const keptViews: unknown[] = [];
    const api = createFakeApi({
      'contracts.keepView': (view) => {
        keptViews.push(view);
        return ok({});
      },
    });
    const contracts = createContractsStore(api);
    contracts.flushView();
    const chosen = { columns: [{ id: 'offer', visible: true }], traits: ['ending-soon' as const] };
    contracts.changeView(chosen);
    contracts.changeView({ filterText: 'globex' });
    contracts.flushView();
    contracts.flushView();
    await vi.waitFor(() => expect(keptViews).toEqual([{ ...plain, ...chosen }]));
  });

  it('keeps the rows that are there when the core can’t be asked', async () => {
    const api = createFakeApi({ 'contracts.list': () => ok(aContractList({ rows: [first] })) });
    const contracts = createContractsStore(api);
    await contracts.reload();
    api.answer({ 'contracts.list': () => err({ kind: 'core-unreachable' }) });
    await contracts.reload();
    expect(contracts.store.getState()).toMatchObject({
      rows: [first],
      callProblem: { kind: 'core-unreachable' },
    });
  });

  it('reads again on an event, and once more for events that came while it was reading', async () => {
    const api = createFakeApi({ 'contracts.list': () => ok(aContractList()) });
    const contracts = createContractsStore(api);
    const stop = contracts.start();
    await vi.waitFor(() => expect(contracts.store.getState().rows).toHaveLength(1));
    const before = api.callsOf('contracts.list');
    api.emit('contracts.changed', {});
    api.emit('contracts.changed', {});
    api.emit('usage.changed', { agreementIds: [] });
    await vi.waitFor(() => expect(api.callsOf('contracts.list')).toBe(before + 2));
    stop();
    api.emit('contracts.changed', {});
    expect(api.callsOf('contracts.list')).toBe(before + 2);
  });

  it('has the core begin a list that nobody began', async () => {
    const api = createFakeApi({
      'contracts.list': () => ok(aContractList({ rows: [], state: { kind: 'idle' } })),
      'contracts.refresh': () => ok({}),
    });
    createContractsStore(api).start();
    await vi.waitFor(() => expect(api.callsOf('contracts.refresh')).toBe(1));
  });

  it('takes nothing of the account before into the list of the next', async () => {
    const late = Promise.withResolvers<ReturnType<typeof ok<ReturnType<typeof aContractList>>>>();
    const api = createFakeApi({ 'contracts.list': () => late.promise });
    const contracts = createContractsStore(api);
    contracts.start()();
    api.answer({ 'contracts.list': () => ok(aContractList({ listId: 'other', rows: [second] })) });
    contracts.start();
    late.resolve(ok(aContractList({ rows: [first] })));
    await vi.waitFor(() => expect(contracts.store.getState().rows).toEqual([second]));
  });

  it('starts another filter on its first page and keeps the view for a return', () => {
    const contracts = createContractsStore(createFakeApi());
    contracts.changeView({ pageIndex: 4 });
    contracts.changeView({ status: 'ended' });
    expect(contracts.store.getState().view).toMatchObject({ pageIndex: 1, status: 'ended' });
  });
});
