/** What a person does with the app, from the first screen to the last: every call at least once. */

import fc from 'fast-check';
import { type CallName, calls } from '../../../src/contract/calls.ts';
import type { ContractSummary } from '../../../src/contract/contracts.ts';
import { everything } from '../../../src/contract/history.ts';
import { callNames } from '../../../src/contract/names.ts';
import type { Result } from '../../../src/contract/result.ts';
import type { SessionView } from '../../../src/contract/session.ts';
import { validInput } from '../../contract/from-schema.ts';
import { aLine } from '../../integration/app/in-process-app.ts';
import { secondFactorCode } from './marked-profiles.ts';
import type { WatchedApp } from './watched-app.ts';

export async function signIn(app: WatchedApp, profile: string): Promise<SessionView['state']> {
  await app.call('session.signIn', { profile });
  return app.until(async () => {
    const view = need(await app.call('session.get', {}));
    if (view.state === 'signing-in' && view.step === 'waiting-for-code')
      await app.call('session.giveCode', { code: secondFactorCode });
    return view.state === 'signing-in' ? null : view.state;
  });
}

const isReportable = ({ addUsage, productCode, startUtc }: ContractSummary): boolean =>
  addUsage.allowed && productCode !== null && Date.parse(startUtc) < Date.now() - 86_400_000;

/** Reports usage of `hoursAgo` on a contract that takes it, and waits until AWS has had it. */
export async function report(app: WatchedApp, hoursAgo: number, description = ''): Promise<string> {
  const contract = await app.until(async () => {
    const { rows } = need(await app.call('contracts.list', { listId: null, knownVersion: 0 }));
    return rows.find(isReportable) ?? null;
  });
  const { agreementId, productId } = contract;
  await app.call('products.chooseScheme', { productId, scheme: 'product-code' });
  const details = need(await app.call('contracts.get', { agreementId }));
  const dimensionKey = details.dimensions.find(({ kind }) => kind === 'metered')?.key ?? '';
  const { nowUtc } = need(await app.call('system.status', {}));
  const at = new Date(Date.parse(nowUtc) - hoursAgo * 3_600_000).toISOString();
  const entry = {
    agreementId,
    lines: [aLine(at, { dimensionKey, description })],
    ...{ timeZone: 'UTC', locale: 'en-GB' },
  };
  await app.call('drafts.save', { agreementId, lines: entry.lines, timeZone: 'UTC' });
  const { reviewId, hash } = need(await app.call('reviews.create', entry));
  const { recordIds } = need(await app.call('reviews.submit', { reviewId, hash, confirmed: true }));
  await app.until(async () => {
    const page = need(await app.call('usage.list', { agreementId, status: null, cursor: null, limit: 50 }));
    const moving = page.records.some(({ phase }) => phase === 'queued' || phase === 'sending');
    return moving ? null : page;
  });
  return recordIds[0] ?? '';
}

/** Tries what is pending until nothing is: a record that goes again by itself would meet the next fault in another's place. */
export async function settle(app: WatchedApp): Promise<void> {
  await app.until(async () => {
    const query = { agreementId: null, status: 'pending', cursor: null, limit: 50 } as const;
    const { records } = need(await app.call('usage.list', query));
    for (const { recordId } of records) await app.call('usage.tryNow', { recordIds: [recordId] });
    return records.length === 0 ? true : null;
  });
}

/** Exports the history, and hands out the file with what lies beside it. */
export async function exported(app: WatchedApp, format: 'csv' | 'xlsx'): Promise<readonly Buffer[]> {
  const { exportId } = need(await app.call('exports.start', { filter: everything, format, timeZone: 'UTC' }));
  await app.until(async () => {
    const view = need(await app.call('exports.get', { exportId }));
    return view.state === 'running' ? null : view;
  });
  return fetched(app, need(await app.call('exports.save', { exportId })));
}

/** A support bundle of these records, as its zip file. */
export async function bundled(app: WatchedApp, recordIds: readonly string[]): Promise<readonly Buffer[]> {
  return fetched(app, need(await app.call('usage.saveSupportBundle', { recordIds: [...recordIds] })));
}

interface Saved {
  readonly kind: string;
  readonly path?: string;
  readonly beside?: { readonly path: string } | undefined;
}

async function fetched(app: WatchedApp, saved: Saved): Promise<readonly Buffer[]> {
  const paths = [saved.path, saved.beside?.path].filter((path) => path !== undefined);
  return Promise.all(paths.map((path) => app.fetchFile(path)));
}

/** These end the sign-in or put the ledger in another's place. */
const last: readonly CallName[] = [
  'session.leave',
  'ledger.setAsideAndRestore',
  'backups.restore',
  'session.signOut',
];

/** A made-up address of an access portal would be asked where it leads. */
const notMadeUp: ReadonlySet<CallName> = new Set(['profileSetup.begin']);

/** Makes each call with made-up inputs of its shape, and with `known` ones that reach further. */
export async function makeEveryCall(
  app: WatchedApp,
  known: Partial<Record<CallName, readonly unknown[]>>,
): Promise<void> {
  const ordered = [...callNames.filter((name) => !last.includes(name)), ...last];
  for (const name of ordered) {
    const made = notMadeUp.has(name) ? [] : fc.sample(validInput(calls[name].input), { numRuns: 2, seed: 7 });
    // Made from the schema of this very call.
    for (const input of [...made, ...(known[name] ?? [])]) await app.call(name, input as never);
  }
}

function need<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
