/** Profiles whose start URL is a company's own address, over the network that a test stands in for. */
import { createHash } from 'node:crypto';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createNetwork } from '../../../src/main/adapters/aws/network.ts';
import { createDesk, decide, type PracticeBench, startBench } from './practice-bench.ts';

const vanity = 'https://sign-in.kestrel.example/aws';
const portal = 'https://d-9067a1c4e2.awsapps.com/start';

let bench: PracticeBench;
beforeEach(async () => {
  bench = await startBench();
  await appendFile(
    process.env.AWS_CONFIG_FILE ?? '',
    `\n[sso-session own]\nsso_start_url = ${vanity}\nsso_region = eu-central-1\n[profile own]\nsso_session = own\nsso_account_id = 482913607251\nsso_role_name = MarketplaceMetering\n`,
  );
});
afterEach(() => bench.stop());

function deskWhere(leadsTo: string | null) {
  const asked: string[] = [];
  const network = {
    ...createNetwork({ isAcknowledged: () => true }),
    redirectOf: async (url: URL) => {
      asked.push(url.href);
      return leadsTo;
    },
  };
  return { ...createDesk((url) => void decide(url, 'allow'), 5_000, undefined, undefined, network), asked };
}
const issuer = async () =>
  (await bench.calls()).find(({ operation }) => operation === 'RegisterClient')?.request;

test('the portal behind it is signed in to, and the token file says what the config says', async () => {
  const desk = deskWhere(`${portal}/`);
  expect(await desk.connect('own')).toMatchObject({ ok: true });
  expect(desk.asked).toEqual([vanity]);
  expect(await issuer()).toMatchObject({ issuerUrl: portal });
  const file = `${createHash('sha1').update('own').digest('hex')}.json`;
  const token = JSON.parse(await readFile(join(bench.home, '.aws', 'sso', 'cache', file), 'utf8'));
  expect(token).toMatchObject({ startUrl: vanity });
});

test('an address that leads to no portal of AWS’s is not followed: AWS judges what is written', async () => {
  await deskWhere('https://elsewhere.example/start').connect('own');
  expect(await issuer()).toMatchObject({ issuerUrl: vanity });
});

test('a portal’s own address is not looked up', async () => {
  const desk = deskWhere(null);
  await desk.connect('seller-ops');
  expect(desk.asked).toEqual([]);
});
