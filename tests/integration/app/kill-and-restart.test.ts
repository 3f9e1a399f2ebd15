/** The core over HTTP as a real process that is killed without warning, against a practice AWS that lives on. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AppApi } from '../../../src/contract/api.ts';
import type { CallInput, CallName, CallOutput } from '../../../src/contract/calls.ts';
import { type ReadyChild, startChild } from '../../support/child-process.ts';
import { loopbackCaller } from '../../support/loopback-caller.ts';
import { aLine } from './in-process-app.ts';

const sources = resolve(import.meta.dirname, '../../../src/main');

let dir: string;
let practice: ReadyChild;
let host: ReadyChild;
let api: Pick<AppApi, 'call'>;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'usage-desk-kill-'));
  writeFileSync(
    join(dir, 'config'),
    '[profile seller]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = invented\nregion = us-east-1\n',
  );
  writeFileSync(join(dir, 'credentials'), '');
  practice = await startChild([join(sources, 'practice/practice-main.ts')], 'Practice AWS is ready: ');
  await startHost();
  await succeed('settings.change', { undoSeconds: 0 });
});

afterEach(async () => {
  await host.end('SIGTERM');
  await practice.end('SIGTERM');
  rmSync(dir, { recursive: true, force: true });
});

async function startHost(): Promise<void> {
  host = await startChild(
    [join(sources, 'serve.ts'), '--browser', '--no-open', '--port', '0', '--data-dir', join(dir, 'data')],
    'Usage Desk is ready: ',
    {
      PATH: process.env.PATH,
      HOME: dir,
      AWS_CONFIG_FILE: join(dir, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(dir, 'credentials'),
      AWS_ENDPOINT_URL: practice.address,
    },
  );
  api = await loopbackCaller(host.address);
}

async function succeed<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const answer = await api.call(name, input);
  if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
  return answer.value;
}

/** Asks again until the answer is there; the runner's own limit ends what never comes. */
async function until<T>(look: () => Promise<T | null>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== null) return found;
  }
}

async function steer(method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`${practice.address}/_practice/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return answer.json();
}

async function signIn(): Promise<void> {
  // To the app this is AWS at another address, which somebody must have allowed.
  const { endpointOverrides } = await succeed('system.status', {});
  await succeed('system.acknowledgeEndpoints', { overrides: endpointOverrides });
  await succeed('session.signIn', { profile: 'seller' });
  await until(async () => ((await succeed('session.get', {})).state === 'signed-in' ? true : null));
}

async function submitOne(): Promise<string> {
  const rows = await until(async () => {
    const list = await succeed('contracts.list', { listId: null, knownVersion: 0 });
    return list.state.kind === 'complete' ? list.rows : null;
  });
  for (const { agreementId, productId, status, licenseArns } of rows) {
    if (status.kind !== 'active' || licenseArns.length !== 1) continue;
    const details = await succeed('contracts.get', { agreementId });
    const dimensionKey = details.dimensions.find((dimension) => dimension.kind === 'metered')?.key;
    if (dimensionKey === undefined) continue;
    await succeed('products.chooseScheme', { productId, scheme: 'licence' });
    const { nowUtc } = await succeed('system.status', {});
    const lines = [aLine(nowUtc, { dimensionKey })];
    const review = await succeed('reviews.create', { agreementId, lines, timeZone: 'UTC', locale: 'en-US' });
    await succeed('reviews.submit', { reviewId: review.reviewId, hash: review.hash, confirmed: true });
    return agreementId;
  }
  throw new Error('nothing can be metered in this world');
}

async function recordOf(agreementId: string) {
  const page = await succeed('usage.list', { agreementId, status: null, cursor: null, limit: 10 });
  const [record, ...others] = page.records;
  if (!record || others.length > 0) throw new Error(`expected one record, found ${page.records.length}`);
  return record;
}

const met = async (): Promise<boolean> => {
  const calls = (await steer('GET', 'calls')) as readonly { readonly operation: string }[];
  return calls.some(({ operation }) => operation === 'BatchMeterUsage');
};

it.each([
  { when: 'before its call was made', fault: null, sent: false },
  { when: 'while AWS had not yet answered', fault: { kind: 'slow', ms: 60_000 }, sent: true },
  {
    when: 'after AWS had recorded it and the answer was lost',
    fault: { kind: 'cut-after-store' },
    sent: true,
  },
])(
  'a record survives a kill $when, and is billed once',
  async ({ fault, sent }) => {
    await signIn();
    if (fault) await steer('PUT', 'faults', [{ operation: 'BatchMeterUsage', times: 1, ...fault }]);
    const agreementId = await submitOne();
    if (sent) await until(async () => ((await met()) ? true : null));
    await host.end('SIGKILL');
    await startHost();
    expect((await recordOf(agreementId)).status).not.toBe('rejected');
    await signIn();
    const record = await until(async () => {
      const found = await recordOf(agreementId);
      return found.status === 'pending' ? null : found;
    });
    expect(record).toMatchObject({ status: 'accepted', quantity: 3 });
    expect(await steer('GET', 'metered')).toMatchObject([{ quantity: 3 }]);
  },
  60_000,
);

it('ends cleanly and at once on SIGTERM, with an answer outstanding', async () => {
  await signIn();
  await steer('PUT', 'faults', [{ operation: 'BatchMeterUsage', times: 1, kind: 'hang' }]);
  const agreementId = await submitOne();
  await until(async () => ((await met()) ? true : null));
  await host.end('SIGTERM');
  await startHost();
  expect(await recordOf(agreementId)).toMatchObject({
    status: 'pending',
    phase: 'unknown',
    reason: 'outcome-unknown',
  });
}, 60_000);
