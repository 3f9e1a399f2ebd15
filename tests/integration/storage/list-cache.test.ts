import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createListCache } from '../../../src/main/adapters/storage/list-cache.ts';
import type { KeptList } from '../../../src/main/core/ports.ts';

const seller = '482913607251';
let folder: string;
let notes: string[];
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'usage-desk-cache-')), 'contracts');
  notes = [];
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

const cache = () =>
  createListCache({
    folder,
    incidents: { report: () => 'incident', note: (message) => notes.push(message) },
  });

const list: KeptList = {
  asOfMs: 1_763_647_200_000,
  unreadable: 1,
  agreements: [
    {
      agreementId: 'agmt-1',
      buyerAccountId: '001122223333',
      proposerAccountId: seller,
      productId: 'prod-1',
      resourceType: 'SaaSProduct',
      status: 'ACTIVE',
      startMs: 1,
      endMs: null,
      acceptedMs: null,
      lastUpdateMs: 2,
      offerId: null,
      initialAgreementId: 'agmt-1',
      licenseArns: ['arn:aws:license-manager::294406891311:license:l-1'],
    },
  ],
  products: [
    {
      productId: 'prod-1',
      title: 'Acme Insights',
      productCode: 'code',
      type: 'SaaSProduct',
      revision: '7',
      dimensions: [{ key: 'calls', name: null, unit: null, description: null, types: ['ExternallyMetered'] }],
    },
  ],
  changes: { 'agmt-1': 'new' },
};

test('a list is there at the next start, for its own seller account only', async () => {
  await cache().write(seller, list);
  expect(await cache().read(seller)).toEqual({ ...list, version: 1, sellerAccountId: seller });
  expect(await cache().read('000000000001')).toBeNull();
  expect(notes).toEqual([]);
  expect(readdirSync(folder)).toEqual([`${seller}.json`]);
});

test.each([
  ['half a file', (text: string) => text.slice(0, text.length / 2)],
  ['nothing', () => ''],
  ['another version', (text: string) => text.replace('"version":1', '"version":0')],
  [
    'another account’s list',
    (text: string) => text.replace(`"sellerAccountId":"${seller}"`, '"sellerAccountId":"1"'),
  ],
  ['a row of another form', (text: string) => text.replace('"startMs":1', '"startMs":"1"')],
])('%s counts as none, is noted, and the next list takes its place', async (_, damage) => {
  await cache().write(seller, list);
  const path = join(folder, `${seller}.json`);
  writeFileSync(path, damage(readFileSync(path, 'utf8')));
  expect(await cache().read(seller)).toBeNull();
  expect(notes).toHaveLength(1);
  await cache().write(seller, list);
  expect(await cache().read(seller)).toMatchObject({ asOfMs: list.asOfMs });
});

test('what can’t be written is noted and no error', async () => {
  writeFileSync(folder, 'a file where the folder should be');
  await cache().write(seller, list);
  expect(await cache().read(seller)).toBeNull();
  expect(notes.length).toBeGreaterThan(0);
});
