import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findEndpointOverrides } from '../../../src/main/adapters/aws/endpoint-overrides.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'usage-desk-endpoints-'));
  await mkdir(join(home, '.aws'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const find = (env: NodeJS.ProcessEnv = {}) => findEndpointOverrides({ HOME: home, ...env });
const config = (text: string) => writeFile(join(home, '.aws', 'config'), text);

test('nothing is set by default', () => {
  expect(find()).toEqual([]);
});

test('variables are found, the ones of a service first; those of other services are not ours', () => {
  expect(
    find({
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_ENDPOINT_URL_SSO_OIDC: 'https://sso.example',
      AWS_ENDPOINT_URL_S3: 'https://s3.example',
      AWS_ENDPOINT_URL_STS: '',
    }),
  ).toEqual([
    { setting: 'AWS_ENDPOINT_URL_SSO_OIDC', url: 'https://sso.example' },
    { setting: 'AWS_ENDPOINT_URL', url: 'http://127.0.0.1:9' },
  ]);
});

const file =
  '[default]\nendpoint_url = https://default.example\n[profile dev]\nservices = local\nendpoint_url=https://dev.example # note\n[services local]\nmarketplace_metering =\n  endpoint_url = https://metering.example\ns3 =\n  endpoint_url = https://s3.example\n';

test('of the files the profile counts that the SDK looks into, not the one signed in with', async () => {
  await config(file);
  expect(find()).toEqual([{ setting: '[default] endpoint_url', url: 'https://default.example' }]);
  expect(find({ AWS_PROFILE: 'dev' })).toEqual([
    { setting: '[services local] marketplace_metering.endpoint_url', url: 'https://metering.example' },
    { setting: '[dev] endpoint_url', url: 'https://dev.example' },
  ]);
  expect(find({ AWS_PROFILE: 'none' })).toEqual([]);
});

test('what is switched off is not listed', async () => {
  await config(
    `${file}[profile off]\nendpoint_url = https://off.example\nignore_configured_endpoint_urls = true\n`,
  );
  expect(find({ AWS_PROFILE: 'off' })).toEqual([]);
  expect(
    find({ AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }),
  ).toEqual([]);
});

test('a password in an address is not shown', () => {
  expect(find({ AWS_ENDPOINT_URL: 'https://me:hidden@proxy.example/' })).toEqual([
    { setting: 'AWS_ENDPOINT_URL', url: 'https://proxy.example/' },
  ]);
});
