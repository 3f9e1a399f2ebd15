/** Preferences and drafts on real files. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDrafts } from '../../../src/main/adapters/storage/drafts.ts';
import { openPreferences } from '../../../src/main/adapters/storage/preferences.ts';
import type { IncidentLog, StoredDraft } from '../../../src/main/core/ports.ts';
import { errorIn, newId, nowMs, sellerAccountId, temporaryFolder, valueIn } from './ledger-fixture.ts';

const now = () => nowMs;

function aLog(): IncidentLog & { readonly reports: string[] } {
  const reports: string[] = [];
  return {
    reports,
    report: (_, context) => {
      reports.push(context);
      return newId();
    },
    note: () => {},
  };
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const inFolder = (name: string) => join(temporaryFolder(), name);

describe('preferences', () => {
  const open = (path: string) => openPreferences({ path, now, incidents: aLog() });
  const defaults = {
    lastProfile: null,
    windowPolicy: 'six-hours',
    theme: 'system',
    undoSeconds: 10,
    buyerAliases: {},
    contractsView: null,
    accountNames: {},
    products: {},
    pastedLicences: {},
    contractsByHand: {},
    acknowledgedEndpoints: [],
  };

  it('begin with the defaults and write nothing by themselves', async () => {
    const path = inFolder('preferences.json');
    const preferences = await open(path);
    expect(preferences.get()).toEqual(defaults);
    expect(preferences.setAside).toBeNull();
    expect(readdirSync(dirname(path))).toEqual([]);
  });

  it('are there again after an update, in a file for this person alone', async () => {
    const path = join(temporaryFolder(), 'data', 'preferences.json');
    const preferences = await open(path);
    valueIn(await preferences.update((before) => ({ ...before, theme: 'dark' })));
    expect((await open(path)).get()).toEqual({ ...defaults, theme: 'dark' });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(dirname(path))).toEqual(['preferences.json']);
  });

  it('keep every one of a hundred updates made at once', async () => {
    const path = inFolder('preferences.json');
    const preferences = await open(path);
    const ids = Array.from({ length: 100 }, (_, index) => String(100_000_000_000 + index));
    const updates = ids.map((id) =>
      preferences.update((before) => ({
        ...before,
        buyerAliases: { ...before.buyerAliases, [id]: `Buyer ${id}` },
      })),
    );
    for (const result of await Promise.all(updates)) expect(result.ok).toBe(true);
    expect(Object.keys((await open(path)).get().buyerAliases)).toEqual(ids);
  });

  it.each([
    ['no JSON', '{"theme": "da'],
    ['JSON of another shape', '[1, 2]'],
    ['a value that is none', '{"theme": "pink"}'],
    ['nothing', ''],
  ])('put a file with %s aside, say where, and begin anew', async (_, content) => {
    const path = inFolder('preferences.json');
    writeFileSync(path, content);
    const preferences = await open(path);
    const aside = `${path}.broken-20261120T140500000Z`;
    expect(preferences.setAside).toBe(aside);
    expect(readFileSync(aside, 'utf8')).toBe(content);
    expect(preferences.get()).toEqual(defaults);
    valueIn(await preferences.update((before) => ({ ...before, lastProfile: 'sales' })));
    expect((await open(path)).get().lastProfile).toBe('sales');
  });

  it('fill in what an older version did not know', async () => {
    const path = inFolder('preferences.json');
    writeFileSync(path, '{"theme": "light"}');
    expect((await open(path)).get()).toEqual({ ...defaults, theme: 'light' });
  });

  it('keep the keys of a newer version through a write', async () => {
    const path = inFolder('preferences.json');
    const product = {
      productTitle: null,
      scheme: 'licence',
      meteringRegion: 'us-east-1',
      colour: 'red',
    } as const;
    writeFileSync(path, JSON.stringify({ undoWindowSeconds: 20, products: { 'prod-1': product } }));
    const preferences = await open(path);
    const { colour: _, ...rebuilt } = { ...product, meteringRegion: 'eu-west-1' };
    valueIn(await preferences.update((before) => ({ ...before, products: { 'prod-1': rebuilt } })));
    expect(readJson(path)).toMatchObject({
      undoWindowSeconds: 20,
      products: { 'prod-1': { ...rebuilt, colour: 'red' } },
    });
  });

  it('stay as they were, in memory too, when a write fails', async () => {
    const path = inFolder('preferences.json');
    const preferences = await open(path);
    valueIn(await preferences.update((before) => ({ ...before, theme: 'light' })));
    const blocked = await openPreferences({ path: join(path, 'preferences.json'), now, incidents: aLog() });
    const failed = await blocked.update((before) => ({ ...before, theme: 'dark' }));
    expect(errorIn(failed)).toMatchObject({ kind: 'save-failed' });
    expect(blocked.get().theme).toBe('system');
    expect(preferences.get().theme).toBe('light');
  });

  it('tell a full disk apart, and take the same update when there is room', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'preferences.json');
    let isFull = true;
    const preferences = await openPreferences({
      path,
      now,
      incidents: aLog(),
      replace: async (target, content) => {
        // What Node throws for a write that finds no room.
        if (isFull)
          throw Object.assign(new Error('ENOSPC: no space left on device, write'), {
            code: 'ENOSPC',
            syscall: 'write',
          });
        writeFileSync(target, content);
      },
    });
    const darken = () => preferences.update((before) => ({ ...before, theme: 'dark' }));
    expect(errorIn(await darken())).toEqual({ kind: 'disk-full', path });
    expect(preferences.get().theme).toBe('system');
    isFull = false;
    valueIn(await darken());
    expect(preferences.get().theme).toBe('dark');
  });

  it('report a change that throws as a defect and go on', async () => {
    const incidents = aLog();
    const preferences = await openPreferences({ path: inFolder('preferences.json'), now, incidents });
    const failed = await preferences.update(() => {
      throw new Error('a slip');
    });
    expect(errorIn(failed).kind).toBe('unexpected');
    expect(incidents.reports).toHaveLength(1);
    expect((await preferences.update((before) => ({ ...before, theme: 'dark' }))).ok).toBe(true);
  });

  it('put a folder in their place aside, too', async () => {
    const path = inFolder('preferences.json');
    mkdirSync(path);
    const preferences = await open(path);
    expect(preferences.setAside).not.toBeNull();
    valueIn(await preferences.update((before) => ({ ...before, theme: 'dark' })));
  });
});

describe('drafts', () => {
  const open = (path: string) => openDrafts({ path, now, incidents: aLog() });
  const aDraft = (agreementId: string): StoredDraft => ({
    agreementId,
    timeZone: 'Asia/Kolkata',
    savedUtc: '2026-11-20T14:05:00Z',
    lines: [
      {
        lineId: newId(),
        dimensionKey: '',
        quantityText: '1,234',
        quantityMeaning: null,
        nothingToReport: false,
        dateText: '2026-11-',
        timeText: '',
        repeatedHour: null,
        description: '',
      },
    ],
  });

  it('come back as they were typed, to their seller account only', async () => {
    const path = inFolder('drafts.json');
    const draft = aDraft('agmt-1');
    valueIn(await (await open(path)).save(sellerAccountId, draft));
    const drafts = await open(path);
    expect(drafts.get(sellerAccountId, 'agmt-1')).toEqual(draft);
    expect(drafts.get('999900001111', 'agmt-1')).toBeNull();
    valueIn(await drafts.discard(sellerAccountId, 'agmt-1'));
    expect((await open(path)).get(sellerAccountId, 'agmt-1')).toBeNull();
  });

  it('may be of an agreement with a name like __proto__', async () => {
    const path = inFolder('drafts.json');
    const drafts = await open(path);
    expect(drafts.get(sellerAccountId, '__proto__')).toBeNull();
    valueIn(await drafts.save(sellerAccountId, aDraft('__proto__')));
    expect((await open(path)).get(sellerAccountId, '__proto__')).not.toBeNull();
  });

  it('hide one that a newer version wrote, and keep it and the others', async () => {
    const path = inFolder('drafts.json');
    const newer = { ...aDraft('agmt-2'), currency: 'EUR' };
    const content = { drafts: { [`${sellerAccountId}:agmt-2`]: newer }, version: 9 };
    writeFileSync(path, JSON.stringify(content));
    const drafts = await open(path);
    expect(drafts.get(sellerAccountId, 'agmt-2')).toBeNull();
    valueIn(await drafts.save(sellerAccountId, aDraft('agmt-1')));
    expect(readJson(path)).toMatchObject(content);
  });

  it('put a broken file aside', async () => {
    const path = inFolder('drafts.json');
    writeFileSync(path, 'oops');
    const drafts = await open(path);
    expect(drafts.setAside).not.toBeNull();
    expect(drafts.get(sellerAccountId, 'agmt-1')).toBeNull();
  });
});
