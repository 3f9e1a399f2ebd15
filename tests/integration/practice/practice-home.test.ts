import { createHash } from 'node:crypto';
import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromIni } from '@aws-sdk/credential-providers';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { preparePracticeHome } from '../../../src/main/practice/practice-home.ts';
import { noon, startAt } from './practice-fixture.ts';
import { signIn } from './sign-in-steps.ts';

describe('the practice home', () => {
  test('lets the SDK resolve every ready profile by files and environment alone', async () => {
    const practice = await startAt(new Date().toISOString());
    const dir = await mkdtemp(join(tmpdir(), 'practice-home-'));
    vi.stubEnv('AWS_SESSION_TOKEN', 'live-token');
    vi.stubEnv('AWS_ENDPOINT_URL_STS', 'https://live.example');
    const environment = await preparePracticeHome(dir, practice.url);
    expect(environment).toHaveProperty('AWS_SESSION_TOKEN', undefined);
    expect(environment).toHaveProperty('AWS_ENDPOINT_URL_STS', undefined);
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const { client, exchange } = await signIn(practice);
    const token = await exchange();
    const cacheFile = `${createHash('sha1').update('practice').digest('hex')}.json`;
    await writeFile(
      join(dir, '.aws', 'sso', 'cache', cacheFile),
      JSON.stringify({
        startUrl: 'https://d-9067a1c4e2.awsapps.com/start',
        region: 'eu-central-1',
        accessToken: token.accessToken,
        expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
        clientId: client.clientId,
        clientSecret: client.clientSecret,
      }),
    );
    const accountOf = async (profile: string) => {
      const client = new STSClient({
        region: 'us-east-1',
        credentials: fromIni({ profile, ignoreCache: true }),
      });
      return (await client.send(new GetCallerIdentityCommand({}))).Arn;
    };
    expect(await accountOf('seller-ops')).toContain(
      ':482913607251:assumed-role/AWSReservedSSO_MarketplaceMetering_',
    );
    expect(await accountOf('labs-ops')).toContain(':716024958833:assumed-role/');
    expect(await accountOf('read-only')).toContain('AWSReservedSSO_MarketplaceReadOnly_');
    expect(await accountOf('static-key')).toBe('arn:aws:iam::482913607251:user/usage-scripts');
    expect(await accountOf('via-role')).toContain(':482913607251:assumed-role/UsageReporter/');
  });

  test('files are the owner’s alone, and a config that a person changed is kept', async () => {
    const practice = await startAt(noon);
    const dir = await mkdtemp(join(tmpdir(), 'practice-home-'));
    await preparePracticeHome(dir, practice.url);
    const config = join(dir, '.aws', 'config');
    const modes = await Promise.all(
      [config, join(dir, '.aws', 'credentials'), join(dir, '.aws')].map((path) => stat(path)),
    );
    expect(modes.map(({ mode }) => mode & 0o777)).toEqual([0o600, 0o600, 0o700]);
    await writeFile(config, '[profile mine]\n');
    await preparePracticeHome(dir, practice.url);
    expect(await readFile(config, 'utf8')).toBe('[profile mine]\n');
  });
});
