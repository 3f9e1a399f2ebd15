import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFlashes, type Flash } from '../../../src/renderer/src/ui/flash-store.ts';

const flash = (id: string, type: Flash['type'], more: Partial<Flash> = {}): Flash => ({
  id,
  type,
  header: `Message ${id}`,
  ...more,
});

describe('the messages at the top', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('leave by themselves when they are good news or a note, and stay when something went wrong', () => {
    const flashes = createFlashes();
    const ids = () => flashes.store.getState().flashes.map(({ id }) => id);
    for (const type of ['error', 'warning', 'success', 'info'] as const) flashes.show(flash(type, type));
    vi.advanceTimersByTime(7999);
    expect(ids()).toHaveLength(4);
    vi.advanceTimersByTime(1);
    expect(ids()).toEqual(['warning', 'error']);
  });

  it('stay longer with an action, and as long as somebody is at them', () => {
    let inUse = true;
    const flashes = createFlashes({ areInUse: () => inUse });
    flashes.show(flash('undo', 'success', { action: { text: 'Edit again', run: () => undefined } }));
    vi.advanceTimersByTime(120_000);
    expect(flashes.store.getState().flashes).toHaveLength(1);
    inUse = false;
    vi.advanceTimersByTime(2000);
    expect(flashes.store.getState().flashes).toEqual([]);
  });

  it('count anew when one takes the place of another with its id', () => {
    const flashes = createFlashes();
    flashes.show(flash('draft', 'info'));
    vi.advanceTimersByTime(6000);
    flashes.show(flash('draft', 'info', { header: 'The newer' }));
    vi.advanceTimersByTime(6000);
    expect(flashes.store.getState().flashes.map(({ header }) => header)).toEqual(['The newer']);
  });

  it('are at most three, errors aside', () => {
    const flashes = createFlashes();
    flashes.show(flash('error', 'error'));
    for (const id of ['a', 'b', 'c', 'd']) flashes.show(flash(id, 'success'));
    expect(flashes.store.getState().flashes.map(({ id }) => id)).toEqual(['d', 'c', 'b', 'error']);
  });
});
