import { request } from 'node:http';
import { BatchMeterUsageCommand } from '@aws-sdk/client-marketplace-metering';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { startPracticeAws } from '../../../src/main/practice/start-practice.ts';
import { noon, startAt } from './practice-fixture.ts';

/** `fetch` may not set Host or Origin; a hostile client can. */
function raw(url: string, path: string, headers: Record<string, string>, method = 'GET'): Promise<number> {
  return new Promise((resolve, reject) => {
    request(`${url}${path}`, { headers, method }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end(method === 'GET' ? undefined : '{}');
  });
}

describe('who may speak to it', () => {
  test.each([
    ['a rebound name', { host: 'evil.example' }, 403],
    ['a rebound name with the port', { host: 'evil.example:PORT' }, 403],
    ['a foreign page', { origin: 'https://evil.example' }, 403],
    ['a sandboxed page', { origin: 'null' }, 403],
    ['another loopback port', { origin: 'http://127.0.0.1:1' }, 403],
    ['its own page', { origin: 'http://127.0.0.1:PORT' }, 200],
    ['localhost', { host: 'localhost:PORT' }, 200],
    ['a client without Origin', {}, 200],
  ])('%s', async (_, headers, status) => {
    const practice = await startAt(noon);
    const { port } = new URL(practice.url);
    const filled = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, String(value).replace('PORT', port)]),
    );
    expect(await raw(practice.url, '/_practice/behaviour', filled)).toBe(status);
    if (status === 403) {
      expect(await raw(practice.url, '/_practice/metered', filled, 'DELETE')).toBe(403);
      expect(await raw(practice.url, '/client/register', filled, 'POST')).toBe(403);
    }
  });
});

describe('clock', () => {
  test('shift moves everything and tells the app; skew moves only what AWS says; both stay apart', async () => {
    const shifts: number[] = [];
    const practice = await startAt(noon, { onShift: (shiftMs) => shifts.push(shiftMs) });
    const clock = (body: object) =>
      practice.steer('PUT', 'clock', body) as Promise<Record<string, string | number>>;
    const shifted = await clock({ mode: 'shift', instant: '2026-12-01T05:59:50Z' });
    expect(shifts).toEqual([shifted.shiftMs]);
    expect(shifted.now).toMatch(/^2026-12-01T05:59:50\./);
    const skewed = await clock({ mode: 'skew', ms: -300_000 });
    expect(skewed).toMatchObject({ shiftMs: shifted.shiftMs, skewMs: -300_000 });
    expect(skewed.awsNow).toMatch(/^2026-12-01T05:54:5/);
    expect(shifts).toHaveLength(1);
    const response = await fetch(practice.url);
    expect(response.headers.get('date')).toMatch(/^Tue, 01 Dec 2026 05:54:5\d GMT$/);
    const reset = await practice.steer('DELETE', 'clock');
    expect(reset).toMatchObject({ shiftMs: 0, skewMs: 0 });
    expect(shifts).toEqual([shifted.shiftMs, 0]);
  });

  test('a relative instant moves on from the present one', async () => {
    const practice = await startAt(noon);
    await practice.steer('PUT', 'clock', { mode: 'skew', ms: 3_600_000 });
    const moved = await practice.steer('PUT', 'clock', { mode: 'shift', instant: 'now+3d' });
    expect(moved).toMatchObject({ now: expect.stringMatching(/^2026-11-21T12:30:0/) });
  });

  test.each([
    [{ mode: 'jump', ms: 1 }],
    [{ mode: 'skew' }],
    [{ mode: 'skew', ms: 1, instant: 'now' }],
    [{ mode: 'shift', instant: 'tomorrow' }],
    [{ mode: 'shift', ms: 1e16 }],
    [[]],
  ])('%j is refused in words', async (body) => {
    const practice = await startAt(noon);
    await expect(practice.steer('PUT', 'clock', body)).rejects.toThrow(/^400 .*error/);
  });
});

describe('world', () => {
  test('can be taken out and put in elsewhere, whole', async () => {
    const practice = await startAt(noon);
    const world = await practice.world();
    const second = await startPracticeAws({ world });
    const copy = await (await fetch(`${second.url}/_practice/world`)).json();
    await second.close();
    expect(copy).toEqual(world);
  });

  test('one product or agreement can be replaced, added and removed', async () => {
    const practice = await startAt(noon);
    const { product, agreement } = await practice.edge('pay-as-you-go');
    const dimensions = product.dimensions?.filter(({ Key }) => Key !== 'rows_processed');
    await practice.steer('PUT', `world/products/${product.id}`, { ...product, dimensions });
    expect((await practice.edge('pay-as-you-go')).product.dimensions).toEqual(dimensions);
    const added = { ...agreement, agreementId: 'agmt-added', endTime: 'now-10m', edge: 'added' };
    await practice.steer('PUT', 'world/agreements/agmt-added', added);
    expect((await practice.edge('added')).agreement.endTime).toMatch(/^2026-11-18T12:2\d:/);
    await practice.steer('DELETE', 'world/agreements/agmt-added');
    await expect(practice.edge('added')).rejects.toThrow('no added');
  });

  test('what does not fit is refused with the field’s name, and the world stays', async () => {
    const practice = await startAt(noon);
    const world = await practice.world();
    const { product } = await practice.edge('pay-as-you-go');
    await expect(practice.steer('PUT', 'world', { ...world, sellers: [] })).rejects.toThrow('sellers');
    await expect(practice.steer('PUT', 'world', { ...world, agreement: [] })).rejects.toThrow('agreement');
    await expect(practice.steer('PUT', `world/products/${product.id}`, { id: product.id })).rejects.toThrow(
      'productCode',
    );
    await expect(practice.steer('PUT', 'world/products/other', product)).rejects.toThrow('must be other');
    await expect(
      practice.steer('PUT', 'world/buyers/1', { accountId: '1', suspended: false }),
    ).rejects.toThrow('twelve digits');
    await expect(practice.steer('GET', 'world/galaxies')).rejects.toThrow('404');
    expect(await practice.world()).toEqual(world);
    await expect(startPracticeAws({ world: { sellers: 1 } })).rejects.toThrow("This world can't be used");
  });
});

describe('calls and metered', () => {
  test('each request and its answer is kept, without tokens and secrets', async () => {
    const practice = await startAt(noon);
    const assumed = await practice.sts().send(
      new AssumeRoleCommand({
        RoleArn: 'arn:aws:iam::482913607251:role/UsageReporter',
        RoleSessionName: 'me',
      }),
    );
    const answer = await practice.metering().send(new BatchMeterUsageCommand({ UsageRecords: [] }));
    const calls = await practice.steer('GET', 'calls');
    expect(calls).toMatchObject([
      { operation: 'AssumeRole', service: 'sts', status: 200, request: { RoleSessionName: 'me' } },
      {
        operation: 'BatchMeterUsage',
        requestId: answer.$metadata.requestId,
        accountId: '482913607251',
        region: 'us-east-1',
        request: { UsageRecords: [] },
        response: { Results: [], UnprocessedRecords: [] },
      },
    ]);
    const text = JSON.stringify(calls);
    expect(text).not.toContain(assumed.Credentials?.SecretAccessKey);
    expect(text).not.toContain(assumed.Credentials?.SessionToken?.slice(20, 60));
    await practice.steer('DELETE', 'calls');
    expect(await practice.steer('GET', 'calls')).toEqual([]);
  });

  test('clearing what was metered frees the hours', async () => {
    const practice = await startAt(noon);
    const { agreement } = await practice.edge('pay-as-you-go');
    const record = {
      Timestamp: new Date(practice.nowMs),
      Dimension: 'egress_gb',
      CustomerAWSAccountId: agreement.acceptorAccountId,
      LicenseArn: agreement.licenseArns[0],
    };
    const send = async (Quantity: number) =>
      (
        await practice
          .metering()
          .send(new BatchMeterUsageCommand({ UsageRecords: [{ ...record, Quantity }] }))
      ).Results?.[0]?.Status;
    expect([await send(1), await send(2)]).toEqual(['Success', 'DuplicateRecord']);
    await practice.steer('DELETE', 'metered');
    expect(await send(2)).toBe('Success');
  });
});

test.each([
  ['GET', 'elsewhere', '404'],
  ['GET', 'world/products/%zz', '400'],
  ['PATCH', 'clock', '405'],
  ['PUT', 'metered', '405'],
  ['GET', 'sign-ins', '405'],
])('%s %s is answered %s', async (method, path, status) => {
  const practice = await startAt(noon);
  await expect(practice.steer(method, path)).rejects.toThrow(status);
});

test.each([[{ windowHours: 12 }], [{ identicalResend: 'success' }], [{ colour: 'red' }], ['no object']])(
  'behaviour %j is refused',
  async (change) => {
    const practice = await startAt(noon);
    await expect(practice.steer('PUT', 'behaviour', change)).rejects.toThrow('400');
  },
);

test('an operation it does not know is refused by name', async () => {
  const practice = await startAt(noon);
  const response = await fetch(practice.url, {
    method: 'POST',
    headers: { 'x-amz-target': 'AWSMPMeteringService.MeterUsage' },
    body: '{}',
  });
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ __type: 'UnknownOperationException' });
});

test('a port that is taken is an error in words', async () => {
  const practice = await startAt(noon);
  await expect(startPracticeAws({ port: Number(new URL(practice.url).port) })).rejects.toThrow('EADDRINUSE');
});
