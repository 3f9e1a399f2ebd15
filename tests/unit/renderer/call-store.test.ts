import { describe, expect, it, vi } from 'vitest';
import { err, ok } from '../../../src/contract/result.ts';
import { createCallStore } from '../../../src/renderer/src/ui/call-store.ts';
import { createFlashes } from '../../../src/renderer/src/ui/flash-store.ts';
import {
  chainPages,
  createUsageListStore,
  usagePages,
} from '../../../src/renderer/src/ui/usage-list-store.ts';
import { createFakeApi } from '../../support/fake-api.ts';
import { aRecord } from '../../support/sample-views.ts';

const counts = (pending: number) => ok({ pending, needPerson: 0, rejected: 0 });

describe('a call store', () => {
  it('goes from idle over loading to ready', async () => {
    const call = createCallStore(createFakeApi({ 'usage.counts': () => counts(1) }), 'usage.counts', {});
    expect(call.store.getState().kind).toBe('idle');
    const reading = call.reload();
    expect(call.store.getState().kind).toBe('loading');
    await reading;
    expect(call.store.getState()).toMatchObject({ kind: 'ready', value: { pending: 1 } });
  });

  it('keeps the last answer through a failure, and comes back', async () => {
    const api = createFakeApi({ 'usage.counts': () => counts(1) });
    const call = createCallStore(api, 'usage.counts', {});
    await call.reload();
    api.answer({ 'usage.counts': () => err({ kind: 'core-unreachable' }) });
    await call.reload();
    expect(call.store.getState()).toMatchObject({ kind: 'failed', stale: { pending: 1 } });
    api.answer({ 'usage.counts': () => counts(2) });
    await call.reload();
    expect(call.store.getState()).toMatchObject({ kind: 'ready', value: { pending: 2 } });
  });

  it('reads again on its events until it is stopped', async () => {
    const api = createFakeApi({ 'usage.counts': () => counts(1) });
    const call = createCallStore(api, 'usage.counts', {}, ['usage.changed']);
    const stop = call.start();
    await vi.waitFor(() => expect(call.store.getState().kind).toBe('ready'));
    api.answer({ 'usage.counts': () => counts(5) });
    api.emit('usage.changed', { agreementIds: [] });
    await vi.waitFor(() => expect(call.store.getState()).toMatchObject({ value: { pending: 5 } }));
    stop();
    api.emit('usage.changed', { agreementIds: [] });
    expect(api.callsOf('usage.counts')).toBe(2);
  });
});

describe('a list of usage records', () => {
  const record = (index: number) =>
    aRecord({ recordId: `0b7a1c1e-0000-4000-8000-${String(index).padStart(12, '0')}` });

  it('goes on page after page without a record twice', async () => {
    const api = createFakeApi({
      'usage.list': ({ cursor }) =>
        cursor === null
          ? ok({ records: [record(1), record(2)], nextCursor: 'c', total: 3 })
          : ok({ records: [record(2), record(3)], nextCursor: null, total: 3 }),
    });
    const list = createUsageListStore(api, usagePages(api, null, null));
    await list.reload();
    await list.loadMore();
    expect(list.store.getState().records.map((one) => one.recordId)).toEqual(
      [1, 2, 3].map((index) => record(index).recordId),
    );
  });

  it('reads as far as was shown when usage changes, so that nothing collapses', async () => {
    const api = createFakeApi({
      'usage.list': ({ cursor }) =>
        cursor === null
          ? ok({ records: [record(1)], nextCursor: 'c', total: 2 })
          : ok({ records: [record(2)], nextCursor: null, total: 2 }),
    });
    const list = createUsageListStore(api, usagePages(api, null, null));
    const stop = list.start();
    await vi.waitFor(() => expect(list.store.getState().kind).toBe('ready'));
    await list.loadMore();
    const before = api.callsOf('usage.list');
    api.emit('usage.changed', { agreementIds: ['any'] });
    await vi.waitFor(() => expect(api.callsOf('usage.list')).toBe(before + 2));
    await vi.waitFor(() => expect(list.store.getState().records).toHaveLength(2));
    stop();
  });

  it('leaves other contracts’ changes alone', async () => {
    const api = createFakeApi({ 'usage.list': () => ok({ records: [], nextCursor: null, total: 0 }) });
    const list = createUsageListStore(api, usagePages(api, 'agmt-1', null));
    const stop = list.start();
    await vi.waitFor(() => expect(list.store.getState().kind).toBe('ready'));
    api.emit('usage.changed', { agreementIds: ['agmt-2'] });
    expect(api.callsOf('usage.list')).toBe(1);
    stop();
  });

  it('reads a chain of contracts as one list, page after page, and again when any of them changes', async () => {
    const none = { records: 0, money: [] };
    const byStatus = { accepted: none, pending: none, rejected: none, withdrawn: none };
    const api = createFakeApi({
      'history.page': ({ cursor }) =>
        cursor === null
          ? ok({ records: [record(2)], nextCursor: 'c' })
          : ok({ records: [record(1)], nextCursor: null }),
      'history.totals': () => ok({ records: 2, byStatus, totals: [] }),
    });
    const list = createUsageListStore(api, chainPages(api, ['agmt-1', 'agmt-2']));
    const stop = list.start();
    await vi.waitFor(() => expect(list.store.getState()).toMatchObject({ kind: 'ready', total: 2 }));
    await list.loadMore();
    expect(list.store.getState()).toMatchObject({ records: [record(2), record(1)], nextCursor: null });
    const before = api.callsOf('history.page');
    api.emit('usage.changed', { agreementIds: ['agmt-3'] });
    expect(api.callsOf('history.page')).toBe(before);
    api.emit('usage.changed', { agreementIds: ['agmt-2'] });
    await vi.waitFor(() => expect(api.callsOf('history.page')).toBe(before + 2));
    expect(api.calls.every(({ input }) => JSON.stringify(input).includes('["agmt-1","agmt-2"]'))).toBe(true);
    stop();
  });

  it('keeps what was read when the next reading fails', async () => {
    const api = createFakeApi({
      'usage.list': () => ok({ records: [record(1)], nextCursor: null, total: 1 }),
    });
    const list = createUsageListStore(api, usagePages(api, null, null));
    await list.reload();
    api.answer({ 'usage.list': () => err({ kind: 'core-unreachable' }) });
    await list.reload();
    expect(list.store.getState()).toMatchObject({ kind: 'failed', records: [record(1)] });
  });
});

describe('flash messages', () => {
  it('replaces the message with the same id and shows the newest first', () => {
    const flashes = createFlashes();
    flashes.show({ id: 'export', type: 'error', header: 'Failed' });
    flashes.show({ id: 'other', type: 'info', header: 'Other' });
    flashes.show({ id: 'export', type: 'success', header: 'Exported' });
    expect(flashes.store.getState().flashes.map((one) => one.header)).toEqual(['Exported', 'Other']);
    flashes.dismiss('export');
    expect(flashes.store.getState().flashes).toHaveLength(1);
  });
});
