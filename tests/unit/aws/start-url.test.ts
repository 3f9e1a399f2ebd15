import { describe, expect, test } from 'vitest';
import { findStartUrl, sessionNameOf } from '../../../src/main/adapters/aws/start-url.ts';

const nowhere = () => Promise.reject(new Error('nobody may be asked'));

describe('a start URL', () => {
  test.each([
    ['https://d-9067a1c4e2.awsapps.com/start', 'https://d-9067a1c4e2.awsapps.com/start'],
    [' https://kestrel.awsapps.com/start/#/?tab=accounts ', 'https://kestrel.awsapps.com/start'],
    ['kestrel.awsapps.com', 'https://kestrel.awsapps.com/start'],
    ['https://ssoins-1234.portal.eu-central-1.app.aws/', 'https://ssoins-1234.portal.eu-central-1.app.aws'],
    ['https://start.home.awsapps.cn/directory/d-1', 'https://start.home.awsapps.cn/directory/d-1'],
  ])('%s is taken as AWS’s', async (given, expected) => {
    expect(await findStartUrl(given, nowhere)).toEqual({ ok: true, value: expected });
  });

  test.each([
    ['http://kestrel.awsapps.com/start', 'no-https'],
    ['https://me:secret@kestrel.awsapps.com/start', 'no-https'],
    ['my portal', 'no-address'],
    ['https://', 'no-address'],
  ])('%s is none', async (given, problem) => {
    expect(await findStartUrl(given, nowhere)).toEqual({ ok: false, error: problem });
  });

  test.each([
    ['https://kestrel.awsapps.com/start', { ok: true, value: 'https://kestrel.awsapps.com/start' }],
    ['https://kestrel.awsapps.com.evil.example/start', { ok: false, error: 'no-portal' }],
    ['https://kestrel.awsapps.com:8443/start', { ok: false, error: 'no-portal' }],
    ['http://kestrel.awsapps.com/start', { ok: false, error: 'no-portal' }],
    [null, { ok: false, error: 'no-portal' }],
  ])('a company’s own address that leads to %s', async (location, expected) => {
    const asked: string[] = [];
    const found = await findStartUrl('https://aws.kestrel-cloud.example', (url) => {
      asked.push(url.href);
      return Promise.resolve(location);
    });
    expect(found).toEqual(expected);
    expect(asked).toEqual(['https://aws.kestrel-cloud.example/']);
  });

  test('gives the SSO session its name', () => {
    expect(sessionNameOf('https://d-9067a1c4e2.awsapps.com/start')).toBe('d-9067a1c4e2');
  });
});
