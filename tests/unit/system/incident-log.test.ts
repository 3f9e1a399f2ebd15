import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createIncidentLog } from '../../../src/main/adapters/system/incident-log.ts';
import { redact } from '../../../src/main/adapters/system/redaction.ts';

let dir: string;
let path: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'usage-desk-log-'));
  path = join(dir, 'logs', 'usage-desk.log');
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const nowMs = () => Date.UTC(2026, 10, 20, 12);

test('an incident is found under its id, with its causes, in one entry', async () => {
  const log = createIncidentLog({ path, nowMs });
  const cause = new Error('outer', { cause: new TypeError('inner') });
  const id = log.report(cause, 'contracts.list');
  const text = await readFile(path, 'utf8');
  expect(id).toMatch(/^[0-9a-f]{8}$/);
  expect(text).toContain(`2026-11-20T12:00:00.000Z incident ${id} in contracts.list`);
  expect(text).toContain('inner');
  expect(text.split('\n').filter((line) => line.startsWith('2026'))).toHaveLength(1);
});

test('a note is one line, whatever is in it', async () => {
  createIncidentLog({ path, nowMs }).note('first\nincident 12345678 in forged: nothing');
  expect(await readFile(path, 'utf8')).toBe(
    '2026-11-20T12:00:00.000Z first incident 12345678 in forged: nothing\n',
  );
});

test('file and folder are the owner’s only, also a file that was open to others', async () => {
  const log = createIncidentLog({ path, nowMs });
  log.note('one');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(join(dir, 'logs'))).mode & 0o777).toBe(0o700);
  await chmod(path, 0o644);
  log.note('two');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('the log stays within two files of its size', async () => {
  const log = createIncidentLog({ path, nowMs, maxBytes: 1_000 });
  for (let count = 0; count < 100; count += 1) log.note(`note ${count}`);
  const files = await readdir(join(dir, 'logs'));
  expect(files.sort()).toEqual(['usage-desk.log', 'usage-desk.log.1']);
  for (const file of files) expect((await stat(join(dir, 'logs', file))).size).toBeLessThanOrEqual(1_000);
  expect(await readFile(path, 'utf8')).toContain('note 99');
});

test('one entry can’t fill the log', async () => {
  const log = createIncidentLog({ path, nowMs });
  log.note('x y '.repeat(100_000));
  expect((await stat(path)).size).toBeLessThan(30_000);
});

test('a log that can’t be written harms nobody', async () => {
  await mkdir(join(dir, 'logs'));
  await mkdir(path);
  const log = createIncidentLog({ path, nowMs });
  expect(log.report(new Error('lost'), 'here')).toMatch(/^[0-9a-f]{8}$/);
  await writeFile(join(dir, 'file'), '');
  createIncidentLog({ path: join(dir, 'file', 'below.log'), nowMs }).note('nothing');
});

const token = 'aoaAAAAAGexampleExampleExampleExample0123456789abcdefghijklmnopqrstuvwxyz';
test.each([
  ['json', `{"accessToken":"${token}","clientSecret":"short"}`, [token, 'short']],
  ['a dump of an object', `{ refreshToken: 'abc123', secretAccessKey: 'def456' }`, ['abc123', 'def456']],
  ['an ini file', 'aws_secret_access_key = not/a/real+secret', ['not/a/real+secret']],
  [
    'a header',
    'Authorization: AWS4-HMAC-SHA256 Credential=AKIAEXAMPLEKEY000000/2026, Signature=0a1b2c',
    ['0a1b2c', 'AKIAEXAMPLEKEY000000'],
  ],
  ['a bearer', 'x-amz-sso_bearer_token: Bearer abc.def', ['abc.def']],
  ['a callback', 'GET /oauth/callback?code=the-code&state=the-state', ['the-code', 'the-state']],
  ['a bare token', `sent ${token} away`, [token]],
  ['a JWT', 'eyJraWQiOiJr.eyJzdWIiOiJ4In0.c2ln', ['eyJzdWIiOiJ4In0']],
  ['a cookie', 'set-cookie: desk=deadbeef; Path=/', ['deadbeef']],
])('secrets in %s are blanked', (_name, text, secrets) => {
  const redacted = redact(text);
  for (const secret of secrets) expect(redacted).not.toContain(secret);
});

test.each([
  'arn:aws:sts::482913607251:assumed-role/AWSReservedSSO_MarketplaceMetering_0123456789abcdef/ines.falk@kestrel.example',
  'User is not authorized to perform: aws-marketplace:BatchMeterUsage on resource: *',
  'request 7f9c2ba4-e88f-4e2b-9c31-0b5e7d0f1a22 failed',
  'arn:aws:license-manager::294406891311:license:l-0123456789abcdef0123456789abcdef',
  'connect ECONNREFUSED 127.0.0.1:9',
  'dimension requests_of_the_premium_support_plan_per_1000 is not defined',
])('what helps to understand stays: %s', (text) => {
  expect(redact(text)).toBe(text);
});

test('the answer that the SDK hangs on its errors is not logged', async () => {
  const cause = Object.assign(new Error('failed'), {
    $response: { body: 'PLANTED-BODY' },
    $metadata: { requestId: 'r-1' },
  });
  createIncidentLog({ path, nowMs }).report(cause, 'call');
  const text = await readFile(path, 'utf8');
  expect(text).not.toContain('PLANTED-BODY');
  expect(text).toContain('r-1');
});
