import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../../../src/contract/result.ts';
import { maxBodyBytes } from '../../../src/main/hosts/loopback/server.ts';
import {
  type LoopbackFixture,
  type SendOptions,
  startLoopbackFixture,
} from '../../support/loopback-fixture.ts';

const counts = { pending: 0, needPerson: 0, rejected: 0 };
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src data:; img-src 'self'; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

let fixture: LoopbackFixture;
let cookie: string;
let calls: number;

beforeEach(async () => {
  calls = 0;
  fixture = await startLoopbackFixture({
    'usage.counts': () => {
      calls += 1;
      return ok(counts);
    },
  });
  cookie = await fixture.signIn();
});

afterEach(() => fixture.close());

const ownHeaders = () => ({
  host: `127.0.0.1:${fixture.port}`,
  origin: fixture.host.origin,
  'sec-fetch-site': 'same-origin',
  'content-type': 'application/json',
  cookie,
});

const aCall = (given: Partial<SendOptions> = {}, without: readonly string[] = []): SendOptions => {
  const headers = { ...ownHeaders(), ...given.headers };
  return {
    method: 'POST',
    path: '/api/usage.counts',
    body: '{}',
    ...given,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !without.includes(name))),
  };
};

describe('a call over loopback', () => {
  it('of our own page is answered, with every security header', async () => {
    const answer = await fixture.send(aCall());
    expect([answer.status, JSON.parse(answer.body)]).toEqual([200, ok(counts)]);
    expect(answer.headers).toMatchObject({
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
      'content-type': 'application/json; charset=utf-8',
    });
  });

  it.each<[string, () => SendOptions, number]>([
    ['with a rebound Host', () => aCall({ headers: { host: `attacker.example:${fixture.port}` } }), 403],
    ['with localhost as its Host', () => aCall({ headers: { host: `localhost:${fixture.port}` } }), 403],
    ['from another local port', () => aCall({ headers: { origin: 'http://127.0.0.1:1' } }), 403],
    ['from the web', () => aCall({ headers: { origin: 'https://attacker.example' } }), 403],
    ['without Origin', () => aCall({}, ['origin']), 403],
    ['that a browser marks as same-site', () => aCall({ headers: { 'sec-fetch-site': 'same-site' } }), 403],
    ['without Sec-Fetch-Site', () => aCall({}, ['sec-fetch-site']), 403],
    ['without a session', () => aCall({}, ['cookie']), 403],
    [
      'with the session under the name of another port',
      () => aCall({ headers: { cookie: cookie.replace(/^usage-desk-\d+/, 'usage-desk-1') } }),
      403,
    ],
    [
      'with a made-up session',
      () => aCall({ headers: { cookie: `usage-desk-${fixture.port}=${'A'.repeat(43)}` } }),
      403,
    ],
    ['with a text body', () => aCall({ headers: { 'content-type': 'text/plain' } }), 415],
    [
      'with a form body',
      () => aCall({ headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=1' }),
      415,
    ],
    [
      'with a multipart body',
      () => aCall({ headers: { 'content-type': 'multipart/form-data; boundary=x' } }),
      415,
    ],
    [
      'with a body that is announced as too large',
      () => aCall({ body: `"${'x'.repeat(maxBodyBytes)}"` }),
      413,
    ],
    [
      'as a preflight',
      () => aCall({ method: 'OPTIONS', headers: { 'access-control-request-method': 'POST' } }),
      405,
    ],
    ['by GET', () => aCall({ method: 'GET' }), 405],
    ['to a name from the prototype', () => aCall({ path: '/api/__proto__' }), 404],
    ['to an unknown name', () => aCall({ path: '/api/usage.destroy' }), 404],
    ['to an encoded name', () => aCall({ path: '/api/usage%2Ecounts' }), 404],
    ['with text that is no JSON', () => aCall({ body: '{' }), 400],
    ['with an unknown field', () => aCall({ body: '{"more":1}' }), 400],
    ['from a frame without an origin', () => aCall({ headers: { origin: 'null' } }), 403],
    ['with arrays in arrays', () => aCall({ body: `${'['.repeat(100_000)}${']'.repeat(100_000)}` }), 400],
    ['with a field named constructor', () => aCall({ body: '{"constructor":{"prototype":{}}}' }), 400],
    ['with a field named __proto__', () => aCall({ body: '{"__proto__":{"polluted":1}}' }), 400],
  ])('%s is refused and changes nothing', async (_name, options, status) => {
    const answer = await fixture.send(options());
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toMatchObject({ ok: false });
    expect(calls).toBe(0);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(answer.headers['content-security-policy']).toBe(policy);
  });

  it('whose body grows past the limit without saying so is cut off', async () => {
    const answer = await fixture.send(
      aCall({ headers: { 'transfer-encoding': 'chunked' }, body: `"${'x'.repeat(maxBodyBytes)}"` }),
    );
    expect(answer.status).toBe(413);
    expect(calls).toBe(0);
  });

  it('whose page goes away half-way through is dropped, and the next one is answered', async () => {
    const lines = Object.entries({ ...ownHeaders(), 'content-length': '1000' }).map(
      ([name, value]) => `${name}: ${value}`,
    );
    await new Promise((resolve) => {
      const socket = connect(fixture.port, '127.0.0.1');
      socket.on('close', resolve);
      socket.write(`POST /api/usage.counts HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n{`, () =>
        socket.destroy(),
      );
    });
    expect((await fixture.send(aCall())).status).toBe(200);
    expect(calls).toBe(1);
    expect(fixture.incidents.incidents).toEqual([]);
  });

  it('gets the incident id of a defect and nothing else of it', async () => {
    const broken = await startLoopbackFixture({
      'usage.counts': () => {
        throw new Error('secret detail');
      },
    });
    const theirs = await broken.signIn();
    const answer = await broken.send(
      aCall({ headers: { host: `127.0.0.1:${broken.port}`, origin: broken.host.origin, cookie: theirs } }),
    );
    expect(JSON.parse(answer.body)).toEqual({
      ok: false,
      error: { kind: 'unexpected', incidentId: 'incident-1' },
    });
    await broken.close();
  });
});

describe('a launch address', () => {
  /** Of the form of a code, and none. */
  const guess = 'x'.repeat(43);
  const launch = (address: string): SendOptions => {
    const { pathname, search } = new URL(address);
    return { path: pathname + search };
  };

  it('is traded by redirect for a cookie that scripts and other sites do not get', async () => {
    const answer = await fixture.send(launch(fixture.host.newLaunchAddress()));
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/');
    expect(answer.headers['set-cookie']?.[0]).toMatch(
      new RegExp(`^usage-desk-${fixture.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
    );
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
  });

  it('works once: replayed, it says in plain words how to get in', async () => {
    const address = fixture.host.newLaunchAddress();
    await fixture.send(launch(address));
    const again = await fixture.send({ ...launch(address), headers: { cookie } });
    expect(again.status).toBe(403);
    expect(again.headers['set-cookie']).toBeUndefined();
    expect(again.body).toContain('has been used already');
    expect(again.body).toContain('npm start');
  });

  it('works for two minutes', async () => {
    const address = fixture.host.newLaunchAddress();
    fixture.passTime(120_000);
    expect((await fixture.send(launch(address))).status).toBe(403);
  });

  it('is not put out of use by links of other pages, nor by what is no code', async () => {
    const good = fixture.host.newLaunchAddress();
    const headers = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    const links = Array.from({ length: 11 }, () => fixture.send({ path: `/launch?code=${guess}`, headers }));
    const nonsense = Array.from({ length: 11 }, () => fixture.send({ path: '/launch?code=guess' }));
    const answers = await Promise.all([...links, ...nonsense]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([403]));
    expect((await fixture.send(launch(good))).status).toBe(303);
  });

  it('can not be guessed: after ten wrong codes none is taken until a new one is issued', async () => {
    const good = fixture.host.newLaunchAddress();
    const guesses = Array.from({ length: 11 }, () => fixture.send({ path: `/launch?code=${guess}` }));
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 403)).toHaveLength(10);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    expect((await fixture.send(launch(good))).status).toBe(429);
    expect((await fixture.send(launch(fixture.host.newLaunchAddress()))).status).toBe(303);
  });
});

describe('the page', () => {
  it('is open to a launch from a file, holds no secret, and is never cached', async () => {
    const headers = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    const answer = await fixture.send({ path: '/', headers });
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-store',
    });
  });

  it.each([
    '/../secret.js',
    '/assets/../../secret.js',
    '/%2e%2e/secret.js',
    '/%2e%2e%2fsecret.js',
    '/..%5csecret.js',
    '/..\\secret.js',
    '/assets/%2e%2e/%2e%2e/secret.js',
    '/%252e%252e/secret.js',
    '//secret.js',
    '/assets',
    '/nothing.js',
  ])('does not serve %s', async (path) => {
    const answer = await fixture.send({ path });
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('secret');
  });

  it.each(['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'])('does not answer %s', async (method) => {
    expect((await fixture.send({ method, path: '/' })).status).toBe(405);
  });

  it('speaks no other protocol and tunnels nothing', async () => {
    const said = await new Promise<string>((resolve) => {
      const socket = connect(fixture.port, '127.0.0.1');
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('close', () => resolve(text));
      socket.write(
        `GET /events HTTP/1.1\r\nHost: 127.0.0.1:${fixture.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
      );
    });
    expect(said).toBe('');
  });

  it('is served on 127.0.0.1 and on no other address', async () => {
    const refused = await new Promise<boolean>((resolve) => {
      const socket = connect(fixture.port, '127.0.0.2');
      socket.on('connect', () => {
        socket.destroy();
        resolve(false);
      });
      socket.on('error', () => resolve(true));
    });
    expect(refused).toBe(true);
  });
});

describe('the event stream', () => {
  const headers = () => ({ 'sec-fetch-site': 'same-origin', cookie });

  it.each<[string, () => Record<string, string>]>([
    ['another site', () => ({ ...headers(), 'sec-fetch-site': 'cross-site' })],
    ['another local port', () => ({ ...headers(), 'sec-fetch-site': 'same-site' })],
    ['an address line', () => ({ ...headers(), 'sec-fetch-site': 'none' })],
    ['a program without a session', () => ({ 'sec-fetch-site': 'same-origin' })],
    ['a program that says nothing of itself', () => ({ cookie })],
  ])('is closed to %s', async (_name, given) => {
    const answer = await fixture.send({ path: '/events', headers: given() });
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      403,
      { ok: false, error: { kind: 'forbidden' } },
    ]);
  });
});

describe('a download', () => {
  const headers = () => ({ 'sec-fetch-site': 'same-origin', cookie });
  async function* chunks() {
    yield 'a,b\r\n';
    yield 'ä,"1"\r\n';
  }
  const anOffer = () =>
    fixture.downloads.offer({
      fileName: 'Usage "Ä" 1.csv',
      mediaType: 'text/csv; charset=utf-8',
      chunks: chunks(),
    });

  it('is streamed once, as a file with its name', async () => {
    const path = anOffer();
    const answer = await fixture.send({ path, headers: headers() });
    expect([answer.status, answer.body]).toEqual([200, 'a,b\r\nä,"1"\r\n']);
    expect(answer.headers['content-disposition']).toBe(
      `attachment; filename="Usage ___ 1.csv"; filename*=UTF-8''Usage%20%22%C3%84%22%201.csv`,
    );
    expect((await fixture.send({ path, headers: headers() })).status).toBe(404);
  });

  it.each<[string, () => Record<string, string>]>([
    ['another site', () => ({ ...headers(), 'sec-fetch-site': 'cross-site' })],
    ['a caller without a session', () => ({ 'sec-fetch-site': 'same-origin' })],
  ])('is closed to %s, and stays there for its owner', async (_name, given) => {
    const path = anOffer();
    expect((await fixture.send({ path, headers: given() })).status).toBe(403);
    expect((await fixture.send({ path, headers: headers() })).status).toBe(200);
  });

  it('is gone after two minutes', async () => {
    const path = anOffer();
    fixture.passTime(120_000);
    expect((await fixture.send({ path, headers: headers() })).status).toBe(404);
  });

  it('of bytes arrives as they are', async () => {
    async function* bytes() {
      yield Buffer.from([83, 81, 76, 0]);
      yield Buffer.from([10, 13]);
    }
    const file = { suggestedName: 'backup.sqlite', mediaType: 'application/vnd.sqlite3', chunks: bytes() };
    const saved = await fixture.downloads.saveBytes(file);
    if (!saved.ok || saved.value.kind !== 'download') throw new Error('no download');
    const answer = await fixture.send({ path: saved.value.path, headers: headers() });
    expect([...Buffer.from(answer.body)]).toEqual([83, 81, 76, 0, 10, 13]);
    expect(answer.headers['content-type']).toBe('application/vnd.sqlite3');
  });

  it('that fails on the way breaks off, so that half a file is not taken for a whole one', async () => {
    async function* broken() {
      yield 'half';
      throw new Error('the ledger went away');
    }
    const path = fixture.downloads.offer({ fileName: 'x.csv', mediaType: 'text/csv', chunks: broken() });
    await expect(fixture.send({ path, headers: headers() })).rejects.toThrow();
  });
});

describe('an upload', () => {
  const headers = () => ({
    ...{ origin: fixture.host.origin, 'sec-fetch-site': 'same-origin', cookie },
    ...{ 'content-type': 'application/octet-stream', 'x-file-name': 'b%C3%BCcher.sqlite' },
  });
  /** Gives the path of an upload, and what was received there. */
  async function aPath() {
    const received: unknown[] = [];
    const opened = await fixture.uploads.open(async ({ fileName, bytes, chunks }) => {
      const parts: Uint8Array[] = [];
      for await (const part of chunks) parts.push(part);
      received.push({ fileName, bytes, content: Buffer.concat(parts).toString() });
      return ok({});
    });
    if (!opened.ok || !('path' in opened.value)) throw new Error('no path');
    return { path: opened.value.path, received };
  }

  it('is received once, as it comes, under its name', async () => {
    const { path, received } = await aPath();
    const send = () => fixture.send({ method: 'POST', path, headers: headers(), body: 'a ledger' });
    expect(JSON.parse((await send()).body)).toEqual({ ok: true, value: {} });
    expect(received).toEqual([{ fileName: 'bücher.sqlite', bytes: 8, content: 'a ledger' }]);
    expect(JSON.parse((await send()).body)).toMatchObject({ ok: false, error: { kind: 'not-possible-now' } });
    expect(received).toHaveLength(1);
  });

  it.each<[string, Record<string, string>, number]>([
    ['another origin', { origin: 'http://127.0.0.1:1' }, 403],
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a caller without a session', { cookie: '' }, 403],
    ['a form', { 'content-type': 'multipart/form-data' }, 415],
    ['more than the largest ledger', { 'content-length': String(9 * 1024 ** 3) }, 413],
  ])('is closed to %s, and stays there for its owner', async (_name, given, status) => {
    const { path, received } = await aPath();
    const answer = await fixture.send({
      method: 'POST',
      path,
      headers: { ...headers(), ...given },
      body: 'x',
    });
    expect([answer.status, received]).toEqual([status, []]);
    await fixture.send({ method: 'POST', path, headers: headers(), body: 'x' });
    expect(received).toHaveLength(1);
  });

  it('is gone after two minutes', async () => {
    const { path, received } = await aPath();
    fixture.passTime(120_000);
    await fixture.send({ method: 'POST', path, headers: headers(), body: 'x' });
    expect(received).toEqual([]);
  });
});
