/** Every reason of the catalogue happens once, against the practice AWS or by the local rule, and is shown, explained and settled as it says. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { reasonCodes } from '../../../src/contract/reason-codes.ts';
import { type InProcessApp, startInProcessApp } from './in-process-app.ts';
import { ofAws } from './reason-walk/of-aws.ts';
import { ofConnection } from './reason-walk/of-connection.ts';
import { ofEntry } from './reason-walk/of-entry.ts';
import { createWalk, type Walk } from './reason-walk/walk-desk.ts';

/** Before anything asks for the present. */
const date = await vi.hoisted(async () => {
  const { installShiftedDate } = await import('../../../src/main/adapters/system/shifted-date.ts');
  return installShiftedDate();
});

/**
 * The walk begins in the middle of a month, a day and an hour, the last that there was: no row then meets the end of one that it isn't about.
 * Not in the future, where certificates that are made on the way would not hold yet.
 */
function middleBefore(nowMs: number): number {
  const now = new Date(nowMs);
  const middleOf = (month: number) => Date.UTC(now.getUTCFullYear(), month, 15, 12, 20, 20);
  const thisMonth = middleOf(now.getUTCMonth());
  return thisMonth <= nowMs ? thisMonth : middleOf(now.getUTCMonth() - 1);
}

const shiftMs = middleBefore(Date.now()) - Date.now();

const rows: Readonly<Record<string, (walk: Walk) => Promise<unknown>>> = {
  ...ofAws,
  ...ofConnection,
  ...ofEntry,
};

let app: InProcessApp;
let walk: Walk;

beforeAll(async () => {
  date.shiftTo(shiftMs);
  app = await startInProcessApp({ shiftMs }, { meteringCallsPerSecond: Number.POSITIVE_INFINITY });
  walk = createWalk(app);
  await app.signIn('static-key');
  await app.contracts();
  await app.practice.steer('PUT', 'behaviour', { rateLimits: false });
  await walk.chooseSchemes();
});
afterAll(async () => {
  await app.stop();
  date.restore();
});

beforeEach(async () => {
  expect(await app.signIn('static-key')).toMatchObject({ state: 'signed-in' });
});
/** Each row leaves AWS as it found it, so that none depends on another. */
afterEach(async () => {
  vi.unstubAllEnvs();
  await app.practice.steer('DELETE', 'faults');
  await app.practice.steer('DELETE', 'clock');
  await app.practice.steer('PUT', 'clock', { mode: 'shift', ms: shiftMs });
});

it('has a row for every reason', () => {
  expect(Object.keys(rows).toSorted()).toEqual(reasonCodes.toSorted());
});

it.each(reasonCodes)('%s', async (code) => {
  await rows[code]?.(walk);
});

it('was walked on the day that it was meant for', () => {
  expect(new Date().toISOString()).toMatch(/-15T1[2-4]:/);
});

it('met no defect on the way', () => {
  expect(app.incidents).toEqual([]);
});
