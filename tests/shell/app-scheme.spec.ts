import { expect, test } from './support/shared-shell.ts';

const walks = [
  '/../package.json',
  '/%2e%2e/package.json',
  '/%2e%2e%2fpackage.json',
  '/..%2f..%2fpackage.json',
  '/..%5c..%5cpackage.json',
  '/assets/..%2f..%2fmain%2findex.mjs',
  '/%252e%252e%252fpackage.json',
  '/..%c0%afpackage.json',
  '/%00index.html',
  '/index.html%00.js',
  '//etc/passwd',
  '/etc/passwd',
  '/C:/Windows/win.ini',
  '/assets/',
  '/.git/config',
  '/main/index.mjs',
  '/preload/index.cjs',
  '/%',
];

test('paths that walk out of the page are not found, asked by the page or by anyone', async ({
  shell,
  page,
  guard,
}) => {
  guard.allow(/Failed to load resource/);
  for (const path of walks) {
    const direct = await shell.order('ask-scheme', { url: `app://usage-desk${path}`, method: 'GET' });
    expect(direct, path).toMatchObject({ status: 404, body: '' });
  }
  const origin = new URL(page.url()).origin;
  const answers = await page.evaluate(
    (addresses) => Promise.all(addresses.map(async (address) => (await fetch(address)).status)),
    walks.map((path) => `${origin}${path}`),
  );
  expect(answers).toEqual(walks.map(() => 404));
});

test('the scheme answers GET and nothing else, on its one host', async ({ shell, page }) => {
  await expect(page.getByRole('main')).toBeVisible();
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD']) {
    const answer = await shell.order('ask-scheme', { url: 'app://usage-desk/index.html', method });
    expect(answer, method).toMatchObject({ status: 405 });
  }
  for (const host of ['evil', 'usage-desk.evil', 'usage-desk:80']) {
    const answer = await shell.order('ask-scheme', { url: `app://${host}/index.html`, method: 'GET' });
    expect(answer, host).toMatchObject({ status: 404 });
  }
});

test('the scheme is registered as standard and secure, and no more is asked for it', async ({
  shell,
  page,
}) => {
  await expect(page.getByRole('main')).toBeVisible();
  expect(shell.factsOf('protocol.registerSchemesAsPrivileged')).toEqual([
    [{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }],
  ]);
});
