import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAppScheme } from '../../../src/main/hosts/electron/app-scheme.ts';
import { contentSecurityPolicy } from '../../../src/main/hosts/security-headers.ts';

let folder: string;
const ask = (url: string, method = 'GET') =>
  createAppScheme({ pageDir: join(folder, 'renderer') })({ url, method });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'usage-desk-scheme-'));
  mkdirSync(join(folder, 'renderer', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'renderer', 'index.html'), 'page');
  writeFileSync(join(folder, 'renderer', 'assets', 'a.js'), 'script');
  writeFileSync(join(folder, 'secret.js'), 'secret');
});

afterAll(() => rmSync(folder, { recursive: true }));

describe('the app scheme', () => {
  it.each([
    ['app://usage-desk/', 'page', 'text/html; charset=utf-8'],
    ['app://usage-desk', 'page', 'text/html; charset=utf-8'],
    ['app://usage-desk/index.html?x=1#/contracts', 'page', 'text/html; charset=utf-8'],
    ['app://usage-desk/assets/a.js', 'script', 'text/javascript; charset=utf-8'],
  ])('serves %s with the policy', async (url, text, mediaType) => {
    const answer = await ask(url);
    expect([answer.status, await answer.text()]).toEqual([200, text]);
    expect(answer.headers.get('content-type')).toBe(mediaType);
    expect(answer.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it.each([
    'app://usage-desk/../secret.js',
    'app://usage-desk/%2e%2e/secret.js',
    'app://usage-desk/%2e%2e%2fsecret.js',
    'app://usage-desk/..%5csecret.js',
    'app://usage-desk/..\\secret.js',
    'app://usage-desk/assets/%2E%2E/%2E%2E/secret.js',
    'app://usage-desk//secret.js',
    'app://usage-desk/assets',
    'app://usage-desk/nothing.js',
    'app://attacker/index.html',
    'app://usage-desk.attacker/index.html',
    'app://usage-desk@attacker/index.html',
    'app:index.html',
    'file:///etc/passwd',
    'https://usage-desk/index.html',
  ])('has nothing at %s', async (url) => {
    const answer = await ask(url);
    expect([answer.status, await answer.text()]).toEqual([404, '']);
    expect(answer.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
  });

  it.each(['POST', 'PUT', 'HEAD', 'OPTIONS', 'DELETE'])('does not answer %s', async (method) => {
    expect((await ask('app://usage-desk/', method)).status).toBe(405);
  });
});
