import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallName } from '../../../src/contract/calls.ts';
import { callNames } from '../../../src/contract/names.ts';
import { err, ok } from '../../../src/contract/result.ts';
import { type LoopbackFixture, startLoopbackFixture } from '../../support/loopback-fixture.ts';

let fixture: LoopbackFixture;
let headers: Record<string, string>;

beforeEach(async () => {
  fixture = await startLoopbackFixture({
    'usage.counts': () => ok({ pending: 2, needPerson: 1, rejected: 0 }),
    'session.get': () => err({ kind: 'offline', host: 'sts.amazonaws.com', code: 'ENOTFOUND' }),
  });
  headers = {
    origin: fixture.host.origin,
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/json',
    cookie: await fixture.signIn(),
  };
});

afterEach(() => fixture.close());

const inputs: Partial<Record<CallName, unknown>> = {
  'session.signIn': { profile: 'practice' },
  'contracts.get': { agreementId: 'agmt-1' },
};

describe('calls over loopback', () => {
  it.each(callNames)('%s is answered as by dispatch in the process itself', async (name) => {
    const input = inputs[name] ?? {};
    const answer = await fixture.send({
      method: 'POST',
      path: `/api/${name}`,
      headers,
      body: JSON.stringify(input),
    });
    expect(JSON.parse(answer.body)).toEqual(await fixture.dispatch(name, input));
  });
});

describe('the event stream', () => {
  const open = (signal: AbortSignal): Promise<Response> =>
    fetch(`${fixture.host.origin}/events`, {
      // Node's fetch would send its own idea of these.
      headers: { cookie: headers.cookie ?? '', 'sec-fetch-site': 'same-origin' },
      signal,
    });

  it('carries each event to each page, by name and as JSON', async () => {
    const end = new AbortController();
    const streams = await Promise.all([open(end.signal), open(end.signal)]);
    const readers = streams.map(({ body }) => body?.pipeThrough(new TextDecoderStream()).getReader());
    for (const reader of readers) expect((await reader?.read())?.value).toBe('retry: 1000\n\n');
    fixture.hub.publish('usage.changed', { agreementIds: ['agmt-1'] });
    for (const reader of readers) {
      expect((await reader?.read())?.value).toBe(
        'event: usage.changed\ndata: {"agreementIds":["agmt-1"]}\n\n',
      );
    }
    end.abort();
  });

  it('does not keep the host from closing', async () => {
    const end = new AbortController();
    const stream = await open(end.signal);
    const before = performance.now();
    await fixture.host.close();
    expect(performance.now() - before).toBeLessThan(1_500);
    await expect(stream.text()).resolves.toBe('retry: 1000\n\n');
    end.abort();
  });
});
