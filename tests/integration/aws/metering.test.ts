import { writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { createMeteringGateway } from '../../../src/main/adapters/aws/metering.ts';
import { createSystemClock } from '../../../src/main/adapters/system/system-clock.ts';
import type { StoredRecord } from '../../../src/main/core/domain/usage-record.ts';
import { freshState } from '../../support/fresh-state.ts';
import { createDesk, type PracticeBench, startBench } from './practice-bench.ts';

let bench: PracticeBench;
let desk: ReturnType<typeof createDesk>;
beforeEach(async () => {
  bench = await startBench();
  desk = createDesk();
  await desk.connect('static-key');
});
afterEach(() => bench.stop());

const seller = '482913607251';
const quick = { connectionTimeout: 500, requestTimeout: 300, wholeCall: 600 };
const gateway = () =>
  createMeteringGateway({ connection: desk.connection, clock: desk.clock, timeouts: quick });

const worldSchema = z.object({
  products: z.array(
    z.object({
      id: z.string(),
      productCode: z.string(),
      scheme: z.string(),
      dimensions: z
        .array(z.looseObject({ Key: z.string(), Types: z.array(z.string()).optional() }))
        .optional(),
    }),
  ),
  agreements: z.array(
    z.object({
      agreementId: z.string(),
      acceptorAccountId: z.string(),
      productId: z.string(),
      licenseArns: z.array(z.string()),
      edge: z.string().optional(),
    }),
  ),
});

/** A record that AWS will take, on the contract of the default world with this name. */
async function recordOn(edge: string, more: Partial<StoredRecord> = {}): Promise<StoredRecord> {
  const world = worldSchema.parse(await bench.steer('GET', 'world'));
  const agreement = world.agreements.find((candidate) => candidate.edge === edge);
  const product = world.products.find((candidate) => candidate.id === agreement?.productId);
  if (agreement === undefined || product === undefined) throw new Error(`No contract ${edge}`);
  const byLicence = product.scheme === 'licence';
  const startMs = Math.floor(Date.now() / 1000) * 1000 - 5_000;
  return {
    recordId: crypto.randomUUID(),
    submissionId: crypto.randomUUID(),
    submittedMs: startMs,
    agreementId: agreement.agreementId,
    productId: product.id,
    buyerAccountId: agreement.acceptorAccountId,
    dimensionKey: product.dimensions?.find((one) => one.Types?.includes('ExternallyMetered'))?.Key ?? '',
    quantity: 7,
    startMs,
    hourSlotMs: startMs,
    deadlineMs: startMs + 86_400_000,
    windowMs: 21_600_000,
    scheme: byLicence ? 'licence' : 'product-code',
    meteringRegion: 'us-east-1',
    licenseArn: byLicence ? (agreement.licenseArns[0] ?? '') : null,
    productCode: byLicence ? null : product.productCode,
    productTitle: null,
    dimensionName: null,
    unit: null,
    description: '',
    timeZone: 'Europe/Berlin',
    unitPrice: null,
    estimate: null,
    sellerAccountId: seller,
    sellerRoleName: null,
    sellerPrincipalArn: `arn:aws:iam::${seller}:user/usage-scripts`,
    ...freshState,
    phase: 'sending',
    predecessorId: null,
    ...more,
  };
}

const prepared = async () => {
  const call = await gateway().prepare(seller);
  if (!call.ok) throw new Error(call.error.kind);
  return call.value;
};
const requestOf = (...records: StoredRecord[]) => ({
  meteringRegion: records[0]?.meteringRegion ?? '',
  sellerAccountId: seller,
  records,
});
const send = async (...records: StoredRecord[]) => (await prepared()).send(requestOf(...records));
const meterCalls = async () => (await bench.calls()).filter((call) => call.operation === 'BatchMeterUsage');

test.each(['contract-with-consumption', 'pay-as-you-go'])(
  'a record on %s is recorded and billed once',
  async (edge) => {
    const record = await recordOn(edge);
    const answer = await send(record);
    expect(answer).toMatchObject({
      httpStatus: 200,
      requestId: expect.any(String),
      outcomes: [{ kind: 'recorded', meteringRecordId: expect.any(String) }],
    });
    expect(await bench.steer('GET', 'metered')).toMatchObject([
      { quantity: 7, dimension: record.dimensionKey, timestamp: new Date(record.startMs).toISOString() },
    ]);
  },
);

test('the call goes to the Region of the record, under our application id, once', async () => {
  process.env.AWS_REGION = 'ap-south-1';
  process.env.AWS_MAX_ATTEMPTS = '5';
  await bench.steer('PUT', 'faults', [{ operation: 'BatchMeterUsage', kind: 'throttling', times: 'always' }]);
  await send(await recordOn('contract-with-consumption', { meteringRegion: 'eu-west-1' }));
  delete process.env.AWS_MAX_ATTEMPTS;
  const calls = await meterCalls();
  expect(calls).toHaveLength(1);
  expect(calls[0]?.region).toBe('eu-west-1');
  expect(calls[0]?.userAgent).toContain('app/UsageDesk');
});

test('the same record leaves byte for byte the same', async () => {
  const record = await recordOn('contract-with-consumption');
  await send(record);
  await send(record);
  const [first, second] = await meterCalls();
  expect(JSON.stringify(first?.request)).toBe(JSON.stringify(second?.request));
  expect(await bench.steer('GET', 'metered')).toHaveLength(1);
});

test('several records of one call each find their own answer, in whatever order it comes', async () => {
  await bench.steer('PUT', 'behaviour', { resultsOrder: 'reversed' });
  const first = await recordOn('contract-with-consumption');
  const taken = { ...first, startMs: first.startMs - 7_200_000 };
  await send(taken);
  const answer = await send(first, { ...taken, quantity: 8 });
  expect(answer.outcomes).toMatchObject([
    { kind: 'recorded' },
    { kind: 'refused', reason: 'duplicate-record' },
  ]);
});

test('unprocessed records wait, the others are through', async () => {
  const record = await recordOn('contract-with-consumption');
  await bench.steer('PUT', 'faults', [{ operation: 'BatchMeterUsage', kind: 'unprocessed', records: [1] }]);
  const answer = await send(record, { ...record, startMs: record.startMs - 7_200_000 });
  expect(answer.outcomes).toMatchObject([
    { kind: 'recorded' },
    { kind: 'not-recorded', next: 'wait', reason: 'not-processed' },
  ]);
});

const refusals: readonly (readonly [fault: object, outcome: object])[] = [
  [{ kind: 'throttling' }, { kind: 'not-recorded', next: 'wait', reason: 'throttled' }],
  [{ kind: 'internal-error' }, { kind: 'may-be-recorded', reason: 'aws-unavailable' }],
  [
    { kind: 'internal-error', store: true },
    { kind: 'may-be-recorded', reason: 'aws-unavailable' },
  ],
  [{ kind: 'service-unavailable-empty' }, { kind: 'may-be-recorded', reason: 'aws-unavailable' }],
  [{ kind: 'html' }, { kind: 'may-be-recorded', reason: 'aws-unavailable' }],
  [
    { kind: 'html', httpStatus: 200, store: true },
    { kind: 'may-be-recorded', reason: 'outcome-unknown' },
  ],
  [
    { kind: 'html', httpStatus: 403 },
    { kind: 'may-be-recorded', reason: 'outcome-unknown' },
  ],
  [{ kind: 'cut-before-store' }, { kind: 'may-be-recorded', reason: 'outcome-unknown' }],
  [{ kind: 'cut-after-store' }, { kind: 'may-be-recorded', reason: 'outcome-unknown' }],
  [{ kind: 'hang' }, { kind: 'may-be-recorded', reason: 'outcome-unknown' }],
  [
    { kind: 'slow', ms: 450 },
    { kind: 'may-be-recorded', reason: 'outcome-unknown' },
  ],
  [
    { kind: 'unknown-status', status: 'Deferred' },
    { kind: 'may-be-recorded', reason: 'unrecognised-answer', awsErrorName: 'Deferred' },
  ],
  [{ kind: 'expired-token' }, { kind: 'not-recorded', next: 'hold', reason: 'sign-in-expired' }],
  [
    { kind: 'access-denied' },
    {
      kind: 'not-recorded',
      next: 'hold',
      reason: 'not-allowed',
      awsMessage: expect.stringContaining('aws-marketplace:BatchMeterUsage'),
    },
  ],
  [
    { kind: 'UnrecognizedClientException' },
    { kind: 'not-recorded', next: 'hold', reason: 'unknown-credentials' },
  ],
  [{ kind: 'InvalidSignatureException' }, { kind: 'not-recorded', next: 'hold', reason: 'clock-wrong' }],
  [{ kind: 'InvalidUsageDimensionException' }, { kind: 'refused', reason: 'invalid-usage-dimension' }],
  [{ kind: 'TimestampOutOfBoundsException' }, { kind: 'refused', reason: 'timestamp-out-of-bounds' }],
  [{ kind: 'InvalidLicenseException' }, { kind: 'refused', reason: 'invalid-license' }],
  [{ kind: 'InvalidCustomerIdentifierException' }, { kind: 'refused', reason: 'invalid-customer' }],
  [{ kind: 'InvalidProductCodeException' }, { kind: 'refused', reason: 'invalid-product-code' }],
  [{ kind: 'InvalidTagException' }, { kind: 'refused', reason: 'invalid-tag' }],
  [{ kind: 'InvalidUsageAllocationsException' }, { kind: 'refused', reason: 'invalid-allocations' }],
  [{ kind: 'DisabledApiException' }, { kind: 'refused', reason: 'region-disabled' }],
  [{ kind: 'ValidationException' }, { kind: 'refused', reason: 'bad-request' }],
  [{ kind: 'SomethingNewException' }, { kind: 'not-recorded', next: 'hold', reason: 'aws-refused' }],
];
test.each(refusals)('over the wire, %o makes the record %o', async (fault, outcome) => {
  const record = await recordOn('contract-with-consumption');
  await bench.steer('PUT', 'faults', [{ operation: 'BatchMeterUsage', ...fault }]);
  const answer = await send(record);
  expect(answer.outcomes).toMatchObject([outcome]);
  expect(await meterCalls()).toHaveLength(1);
});

test('a buyer without a live agreement is refused for this record', async () => {
  const record = await recordOn('ended-2-hours-ago');
  const startMs = record.startMs - 3 * 3_600_000;
  const answer = await send({ ...record, startMs });
  expect(answer.outcomes).toMatchObject([{ kind: 'refused' }]);
  expect(await bench.steer('GET', 'metered')).toEqual([]);
});

test('a record of another seller account is held, and nothing is sent', async () => {
  const record = await recordOn('contract-with-consumption', { sellerAccountId: '716024958833' });
  const request = { meteringRegion: 'us-east-1', sellerAccountId: '716024958833', records: [record] };
  const call = await prepared();
  expect((await call.send(request)).outcomes).toMatchObject([
    { kind: 'not-recorded', next: 'hold', reason: 'wrong-account' },
  ]);
  expect(await gateway().prepare('716024958833')).toEqual({
    ok: false,
    error: { kind: 'wrong-account', expectedAccountId: '716024958833', signedInAccountId: seller },
  });
  desk.signIn.disconnect();
  expect((await call.send(request)).outcomes).toMatchObject([{ next: 'hold', reason: 'sign-in-expired' }]);
  expect(await meterCalls()).toEqual([]);
});

test('the key that is named beforehand is the key that signs', async () => {
  const keys = (id: string) => `[rotated]\naws_access_key_id = ${id}\naws_secret_access_key = not-a-secret\n`;
  const path = process.env.AWS_SHARED_CREDENTIALS_FILE ?? '';
  await writeFile(path, keys('AKIAPRACTICEUSAGEKEY'));
  await desk.connect('rotated');
  const call = await prepared();
  expect(call).toMatchObject({
    accessKeyId: 'AKIAPRACTICEUSAGEKEY',
    principalArn: `arn:aws:iam::${seller}:user/usage-scripts`,
  });
  await writeFile(path, keys('AKIAPRACTICEROTATED1'));
  const current = desk.connection.current();
  if (!current.ok) throw new Error('not connected');
  current.value.dropCredentials();
  await current.value.credentials();
  await call.send(requestOf(await recordOn('contract-with-consumption')));
  expect(await meterCalls()).toMatchObject([{ accessKeyId: 'AKIAPRACTICEUSAGEKEY' }]);
});

test('a call that was prepared under a former sign-in is never made, and waits for the new one', async () => {
  const call = await prepared();
  await desk.connect('static-key');
  const answer = await call.send(requestOf(await recordOn('contract-with-consumption')));
  expect(answer.outcomes).toMatchObject([{ kind: 'not-recorded', next: 'wait', reason: 'sign-in-expired' }]);
  expect(await meterCalls()).toEqual([]);
});

test('a body that mixes products is never sent', async () => {
  const answer = await send(await recordOn('contract-with-consumption'), await recordOn('pay-as-you-go'));
  expect(answer.outcomes).toMatchObject([{ next: 'hold', reason: 'bad-request' }, { reason: 'bad-request' }]);
  expect(await meterCalls()).toEqual([]);
});

test('a clock that went wrong since is learned by the refusal, and the next try passes', async () => {
  const record = await recordOn('contract-with-consumption');
  await bench.steer('PUT', 'clock', { mode: 'skew', ms: 3_600_000 });
  expect((await send(record)).outcomes).toMatchObject([
    { kind: 'not-recorded', next: 'wait', reason: 'clock-wrong' },
  ]);
  expect(desk.clock.offsetMs()).toBeGreaterThan(3_500_000);
  expect((await send(record)).outcomes).toMatchObject([{ kind: 'recorded' }]);
});

test('a refused connection surely recorded nothing', async () => {
  const record = await recordOn('contract-with-consumption');
  const { port, close } = await listenHttp(() => undefined);
  await close();
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${port}`;
  expect((await send(record)).outcomes).toMatchObject([
    { kind: 'not-recorded', next: 'wait', reason: 'offline', awsErrorName: 'ECONNREFUSED' },
  ]);
});

test('a host that speaks no TLS, or hangs up in the handshake, surely recorded nothing', async () => {
  const record = await recordOn('contract-with-consumption');
  const plain = await listenHttp(() => undefined);
  process.env.AWS_ENDPOINT_URL = `https://127.0.0.1:${plain.port}`;
  expect((await send(record)).outcomes).toMatchObject([
    { kind: 'not-recorded', next: 'wait', reason: 'offline' },
  ]);
  await plain.close();
  const rude = createTcpServer((socket) => socket.once('data', () => socket.destroy()));
  await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve));
  const address = rude.address();
  process.env.AWS_ENDPOINT_URL = `https://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  expect((await send(record)).outcomes).toMatchObject([
    { kind: 'not-recorded', next: 'wait', reason: 'offline' },
  ]);
  rude.close();
});

test.each<readonly [string, RequestListener]>([
  ['stalls in the middle', (_request, response) => void response.writeHead(200).write('{"Results":')],
  [
    'breaks off',
    (_request, response) =>
      void response.writeHead(200, { 'content-length': 900 }).write('{"Res', () => response.destroy()),
  ],
  [
    'is not for these records',
    (_request, response) =>
      void response
        .writeHead(200)
        .end(
          '{"Results":[{"Status":"Success","MeteringRecordId":"m-1","UsageRecord":{"Dimension":"another","Timestamp":1}}]}',
        ),
  ],
  [
    'names no metering record',
    (_request, response) => void response.writeHead(200).end('{"Results":[{"Status":"Success"}]}'),
  ],
  ['is empty', (_request, response) => void response.writeHead(200).end('{}')],
  ['is a redirect', (_request, response) => void response.writeHead(302, { location: '/' }).end()],
])('an answer that %s leaves it open', async (_name, listener) => {
  const record = await recordOn('contract-with-consumption');
  const server = await listenHttp(listener);
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${server.port}`;
  expect((await send(record)).outcomes).toMatchObject([
    { kind: 'may-be-recorded', reason: 'outcome-unknown' },
  ]);
  await server.close();
});

async function listenHttp(listener: RequestListener) {
  const server = createServer((request, response) => {
    request.resume().on('end', () => listener(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' ? (address?.port ?? 0) : 0,
    close: () => {
      server.closeAllConnections();
      return new Promise<unknown>((resolve) => server.close(resolve));
    },
  };
}

test('AWS can be asked for its time alone, and tells it even when it refuses', async () => {
  await bench.steer('PUT', 'faults', [{ operation: 'GetCallerIdentity', kind: 'access-denied' }]);
  const clock = createSystemClock();
  const asking = createMeteringGateway({ connection: desk.connection, clock });
  await asking.askTime('716024958833');
  expect(clock.offsetMs()).toBeNull();
  await asking.askTime(seller);
  expect(clock.offsetMs()).toBeGreaterThan(-3_000);
  expect(clock.offsetMs()).toBeLessThan(3_000);
});

test('a new sign-in closes the connections of the one before, but not under a call that is still out', async () => {
  const record = await recordOn('contract-with-consumption');
  const answers: (() => void)[] = [];
  const server = await listenHttp((request, response) => {
    const { socket } = request;
    closed.push(new Promise((resolve) => socket.once('close', () => resolve(socket.remotePort))));
    answers.push(() => void response.writeHead(400).end('{"__type":"ThrottlingException"}'));
    arrived[answers.length - 1]?.resolve();
  });
  const closed: Promise<unknown>[] = [];
  const arrived = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  vi.stubEnv('AWS_ENDPOINT_URL_MARKETPLACE_METERING', `http://127.0.0.1:${server.port}`);
  const patient = createMeteringGateway({ connection: desk.connection, clock: desk.clock });
  const sendBy = async () => {
    const call = await patient.prepare(seller);
    if (!call.ok) throw new Error(call.error.kind);
    return await call.value.send(requestOf(record));
  };
  const first = sendBy();
  await arrived[0]?.promise;
  await desk.connect('static-key');
  const second = sendBy();
  await arrived[1]?.promise;
  for (const answer of answers) answer();
  expect((await Promise.all([first, second])).map(({ outcomes }) => outcomes[0])).toMatchObject([
    { kind: 'not-recorded', reason: 'throttled' },
    { kind: 'not-recorded', reason: 'throttled' },
  ]);
  await closed[0];
  await server.close();
  vi.unstubAllEnvs();
});
