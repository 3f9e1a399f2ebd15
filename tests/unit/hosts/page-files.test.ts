import { describe, expect, it } from 'vitest';
import { findPageFile } from '../../../src/main/hosts/page-files.ts';

const dir = '/opt/usage-desk/renderer';

describe('a path of the page', () => {
  it.each([
    ['/', `${dir}/index.html`, 'text/html; charset=utf-8', 'no-store'],
    ['/index.html', `${dir}/index.html`, 'text/html; charset=utf-8', 'no-store'],
    [
      '/assets/index-a1.js',
      `${dir}/assets/index-a1.js`,
      'text/javascript; charset=utf-8',
      'private, max-age=31536000, immutable',
    ],
    [
      '/assets/index%2Da1.css',
      `${dir}/assets/index-a1.css`,
      'text/css; charset=utf-8',
      'private, max-age=31536000, immutable',
    ],
    ['/assets/a%20b.svg', `${dir}/assets/a b.svg`, 'image/svg+xml', 'private, max-age=31536000, immutable'],
  ])('%s is a file inside the built folder', (path, file, mediaType, cacheControl) => {
    expect(findPageFile(dir, path)).toEqual({ path: file, mediaType, cacheControl });
  });

  it.each([
    '/../main/serve.js',
    '/assets/../../main/serve.js',
    '/%2e%2e/main/serve.js',
    '/%2E%2E%2Fmain%2Fserve.js',
    '/assets/%2e%2e/%2e%2e/main/serve.js',
    '/..%2f..%2fetc/passwd.html',
    '/..%5c..%5cmain%5cserve.js',
    '/..\\..\\main\\serve.js',
    '/assets\\index.js',
    '/./index.html',
    '//etc/passwd.html',
    '/%2fetc/passwd.html',
    '//127.0.0.1/share/index.html',
    '/C:/windows/win.html',
    '/index.html%00.js',
    '/index.html\u0000',
    '/index.html::$DATA',
    '/%',
    '/%zz.html',
    '/%c0%ae%c0%ae/index.html',
    '/.git/config.json',
    '/assets',
    '/assets/',
    '/serve.ts',
    '/index.js.map',
    'index.html',
    '',
  ])('%j is nothing', (path) => {
    expect(findPageFile(dir, path)).toBeNull();
  });

  it('that was encoded twice is decoded once, and then names no file of ours', () => {
    expect(findPageFile(dir, '/%252e%252e/index.html')?.path).toBe(`${dir}/%2e%2e/index.html`);
  });
});
