/** Every reason of the catalogue happens once, against the practice AWS or by the local rule, and is shown, explained and settled as it says. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { reasonCodes } from '../../../src/contract/reason-codes.ts';
import { type InProcessApp, startInProcessApp } from './in-process-app.ts';
import { ofAws } from './reason-walk/of-aws.ts';
import { ofConnection } from './reason-walk/of-connection.ts';
import { ofEntry } from './reason-walk/of-entry.ts';
import { createWalk, type Walk } from './reason-walk/walk-desk.ts';

const rows: Readonly<Record<string, (walk: Walk) => Promise<unknown>>> = {
  ...ofAws,
  ...ofConnection,
  ...ofEntry,
};

let app: InProcessApp;
let walk: Walk;

beforeAll(async () => {
  app = await startInProcessApp({}, { meteringCallsPerSecond: Number.POSITIVE_INFINITY });
  walk = createWalk(app);
  await app.signIn('static-key');
  await app.contracts();
  await app.practice.steer('PUT', 'behaviour', { rateLimits: false });
  await walk.chooseSchemes();
});
afterAll(() => app.stop());

beforeEach(async () => {
  expect(await app.signIn('static-key')).toMatchObject({ state: 'signed-in' });
});
/** Each row leaves AWS as it found it, so that none depends on another. */
afterEach(async () => {
  vi.unstubAllEnvs();
  await app.practice.steer('DELETE', 'faults');
  await app.practice.steer('DELETE', 'clock');
});

it('has a row for every reason', () => {
  expect(Object.keys(rows).toSorted()).toEqual(reasonCodes.toSorted());
});

it.each(reasonCodes)('%s', async (code) => {
  await rows[code]?.(walk);
});

it('met no defect on the way', () => {
  expect(app.incidents).toEqual([]);
});
