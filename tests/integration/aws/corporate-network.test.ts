import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createAgreements } from '../../../src/main/adapters/aws/agreements.ts';
import { createCatalog } from '../../../src/main/adapters/aws/catalog.ts';
import { createSubmissionTrail } from '../../../src/main/adapters/aws/cloud-trail.ts';
import { createMeteringGateway } from '../../../src/main/adapters/aws/metering.ts';
import { type CorporateNetwork, startCorporateNetwork } from '../../support/corporate-network.ts';
import { storedRecord } from '../../unit/domain/records.ts';
import { createDesk, decide, type PracticeBench, startBench } from './practice-bench.ts';

let bench: PracticeBench;
let corporate: CorporateNetwork;
let authorityPath: string;

beforeEach(async () => {
  bench = await startBench();
  corporate = await startCorporateNetwork(bench.url);
  authorityPath = join(bench.home, 'authority.pem');
  await writeFile(authorityPath, corporate.authority);
  vi.stubEnv('AWS_ENDPOINT_URL', corporate.awsUrl);
  vi.stubEnv('HTTPS_PROXY', corporate.proxyUrl);
  vi.stubEnv('AWS_CA_BUNDLE', authorityPath);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await corporate.close();
  await bench.stop();
});

/** Signs in through the browser and makes every kind of call once. */
async function signInAndCallAll() {
  const desk = createDesk((url) => void decide(asTheBrowserSees(url), 'allow'));
  const connected = await desk.connect('seller-ops');
  if (!connected.ok) return connected;
  const { accountId } = connected.value.identity;
  const agreements = createAgreements(desk);
  const page = await agreements.searchPage(null, 'all');
  if (!page.ok) return page;
  const first = page.value.agreements[0];
  if (first === undefined) throw new Error('no agreement');
  const terms = await agreements.terms(first.agreementId);
  const products = await createCatalog(desk).products([first.productId]);
  const trail = await createSubmissionTrail(desk).calls({
    sellerAccountId: accountId,
    meteringRegion: 'us-east-1',
    accessKeyId: null,
    fromMs: Date.now() - 60_000,
    untilMs: Date.now(),
  });
  const gateway = createMeteringGateway(desk);
  await gateway.askTime(accountId);
  const prepared = await gateway.prepare(accountId);
  if (!prepared.ok) return prepared;
  const metered = await prepared.value.send({
    meteringRegion: 'us-east-1',
    sellerAccountId: accountId,
    records: [storedRecord({ sellerAccountId: accountId })],
  });
  return { ok: true, terms, products, trail, metered } as const;
}

/** The system browser has network settings of its own. */
const asTheBrowserSees = (url: string): string => url.replace(corporate.awsUrl, bench.url);

const operations = [
  'RegisterClient',
  'CreateToken',
  'GetRoleCredentials',
  'GetCallerIdentity',
  'SearchAgreements',
  'GetAgreementTerms',
  'BatchDescribeEntities',
  'LookupEvents',
  'BatchMeterUsage',
];

describe('behind a proxy, with a certificate of the company’s own authority', () => {
  test('every call works, those of the sign-in too, and all of them go through the proxy', async () => {
    const result = await signInAndCallAll();
    expect(result).toMatchObject({
      ok: true,
      terms: { ok: true },
      products: { ok: true },
      trail: { ok: true },
      metered: { httpStatus: expect.any(Number) },
    });
    const called = new Set((await bench.calls()).map(({ operation }) => operation));
    expect(operations.filter((operation) => !called.has(operation))).toEqual([]);
    expect(new Set(corporate.tunnels)).toEqual(new Set([new URL(corporate.awsUrl).host]));
  });

  test.each(['NODE_EXTRA_CA_CERTS', 'ca_bundle'])('the authority may be named by %s', async (setting) => {
    vi.stubEnv('AWS_CA_BUNDLE', undefined);
    if (setting === 'ca_bundle') await nameAuthorityInProfile();
    else vi.stubEnv(setting, authorityPath);
    expect(await signInAndCallAll()).toMatchObject({ ok: true });
  });

  test('a bundle takes the place of the usual authorities, as for the AWS CLI; another authority is then nobody', async () => {
    const usual = getCACertificates('default');
    const other = await startCorporateNetwork(bench.url);
    try {
      setDefaultCACertificates([...usual, corporate.authority]);
      vi.stubEnv('AWS_CA_BUNDLE', undefined);
      expect(await createDesk().connect('static-key')).toMatchObject({ ok: true });
      await writeFile(authorityPath, other.authority);
      vi.stubEnv('AWS_CA_BUNDLE', authorityPath);
      expect(await createDesk().connect('static-key')).toMatchObject({ error: { kind: 'offline' } });
    } finally {
      setDefaultCACertificates(usual);
      await other.close();
    }
  });

  test('the lower-case names work too, and a proxy without a scheme speaks http', async () => {
    vi.stubEnv('HTTPS_PROXY', undefined);
    vi.stubEnv('https_proxy', corporate.proxyUrl.replace('http://', ''));
    expect(await signInAndCallAll()).toMatchObject({ ok: true });
  });

  test('without the authority nothing is sent, and the certificate is named as the reason', async () => {
    vi.stubEnv('AWS_CA_BUNDLE', undefined);
    const desk = createDesk((url) => void decide(url, 'allow'));
    expect(await desk.connect('seller-ops')).toMatchObject({
      ok: false,
      error: { kind: 'offline', code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
    });
    expect((await bench.calls()).length).toBe(0);
  });

  test('an authority that is gone while signed in is no end of the sign-in', async () => {
    const desk = createDesk((url) => void decide(asTheBrowserSees(url), 'allow'));
    await desk.connect('seller-ops');
    const current = desk.connection.current();
    if (!current.ok) throw new Error(current.error.kind);
    vi.stubEnv('AWS_CA_BUNDLE', undefined);
    current.value.dropCredentials();
    await expect(current.value.credentials()).rejects.toMatchObject({
      appError: { kind: 'offline', code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
    });
  });

  test('a host that NO_PROXY names is called directly', async () => {
    vi.stubEnv('NO_PROXY', 'corporate.invalid');
    // The tests' own guard stops what would leave this computer.
    await expect(createDesk().connect('static-key')).rejects.toThrow('tried to reach aws.corporate.invalid');
    expect(corporate.tunnels).toEqual([]);
  });

  test('practice on loopback is never called through the proxy', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', bench.url);
    vi.stubEnv('HTTP_PROXY', corporate.proxyUrl);
    expect(await signInAndCallAll()).toMatchObject({ ok: true });
    expect(corporate.tunnels).toEqual([]);
  });

  test.each([
    ['502 Bad Gateway', 'ERR_PROXY_TUNNEL'],
    ['407 Proxy Authentication Required', 'ERR_PROXY_TUNNEL'],
    ['gone', 'ERR_PROXY_UNREACHABLE'],
  ])('of a proxy that lets nothing through (%s) surely nothing was sent', async (trouble, awsErrorName) => {
    const desk = createDesk();
    const connected = await desk.connect('static-key');
    if (!connected.ok) throw new Error(connected.error.kind);
    const { accountId } = connected.value.identity;
    if (trouble === 'gone') await corporate.close();
    else corporate.refuseWith = trouble;
    const prepared = await createMeteringGateway(desk).prepare(accountId);
    if (!prepared.ok) throw new Error(prepared.error.kind);
    const answer = await prepared.value.send({
      meteringRegion: 'us-east-1',
      sellerAccountId: accountId,
      records: [storedRecord({ sellerAccountId: accountId })],
    });
    expect(answer.outcomes).toMatchObject([
      { kind: 'not-recorded', next: 'wait', reason: 'proxy', awsErrorName },
    ]);
    expect(JSON.stringify(answer)).not.toContain('proxy-canary');
  });

  test.each([
    ['HTTPS_PROXY', 'socks5://ada:proxy-canary@127.0.0.1:1080'],
    ['AWS_CA_BUNDLE', '/nowhere/authority.pem'],
  ])('%s that can’t be followed is told, and no other way is taken', async (setting, value) => {
    vi.stubEnv(setting, value);
    const connected = await createDesk().connect('static-key');
    expect(connected).toMatchObject({ ok: false, error: { kind: 'network-setting-unusable', setting } });
    expect(JSON.stringify(connected)).not.toContain('proxy-canary');
    expect(corporate.tunnels).toEqual([]);
  });
});

async function nameAuthorityInProfile(): Promise<void> {
  const path = join(bench.home, '.aws', 'config');
  const text = await readFile(path, 'utf8');
  await writeFile(
    path,
    text.replace('[profile seller-ops]', `[profile seller-ops]\nca_bundle = ${authorityPath}`),
  );
}
