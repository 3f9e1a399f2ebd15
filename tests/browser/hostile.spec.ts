/** A page that was taken over, and a page of another origin on the same computer, against the browser host. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from './support/browser-app.ts';
import type { RunningApp } from './support/running-app.ts';

/** What a violation of the policy and a refused address look like on the console. */
const refusals =
  /policy violation|Content Security Policy|Trusted|Failed to load resource|Not allowed to|blocked by CORS|Refused|ERR_/i;

test.beforeEach(async ({ page, guard }) => {
  guard.allow(refusals);
  await expect(page.getByRole('main')).toBeVisible();
});

/** The state of the core as far as a hostile call could have changed it. */
const askState = `(async () => {
  const ask = (name, input) => fetch('/api/' + name, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(input),
  }).then((answer) => answer.json());
  const { value } = await ask('settings.get', {});
  return JSON.stringify(value);
})()`;

test('a page that tries to run what it was not shipped with is stopped by the policy', async ({
  page,
  guard,
}) => {
  const ran = await page.evaluate(`(async () => {
    // Not in the very turn of the evaluation, in which the debugger lets more pass than a page may.
    await new Promise((done) => setTimeout(done));
    const tries = [
      () => eval('globalThis.taken = 1'),
      () => new Function('globalThis.taken = 2')(),
      () => { document.body.innerHTML = '<img src=x onerror="globalThis.taken = 3">'; },
      () => { const script = document.createElement('script'); script.src = 'data:text/javascript,globalThis.taken=4'; document.body.append(script); },
      () => { document.body.setAttribute('onclick', 'globalThis.taken = 5'); document.body.click(); },
      () => new Worker('data:text/javascript,postMessage(1)'),
    ];
    let refused = 0;
    for (const attempt of tries) try { attempt(); } catch { refused += 1; }
    await new Promise((done) => setTimeout(done, 200));
    return { taken: globalThis.taken ?? null, refused };
  })()`);
  expect(ran).toEqual({ taken: null, refused: 6 });
  // What was stopped is heard, as it would be in any other test, which it would fail.
  await expect
    .poll(() => guard.heard)
    .toContainEqual(expect.stringContaining('policy violation: require-trusted-types-for'));
  await expect(page.getByRole('main')).toBeVisible();
});

test('frames and objects stay empty, our own page in a frame included', async ({ app, page }) => {
  await page
    .evaluate(`for (const address of ['http://127.0.0.1:9/', 'data:text/html,x', '/', 'file:///etc/passwd']) {
    const frame = document.createElement('iframe'); frame.src = address; document.body.append(frame);
    const object = document.createElement('object');
    try { object.data = address; } catch {}
    document.body.append(object);
  }`)
    .catch(() => undefined);
  await page.evaluate('new Promise((done) => setTimeout(done, 300))');
  const shown = page.frames().filter((frame) => !/^(about:blank|chrome-error:.*|)$/.test(frame.url()));
  expect(shown.map((frame) => new URL(frame.url()).origin)).toEqual([app.origin]);
});

test('a form can be sent nowhere, and nothing can be fetched from elsewhere', async ({ app, page }) => {
  const answers = await page.evaluate(`Promise.all(
    ['http://127.0.0.1:9/', 'http://169.254.169.254/latest/meta-data/', 'http://localhost:9/', 'file:///etc/passwd'].map((address) =>
      fetch(address, { mode: 'no-cors' }).then(() => 'answered', () => 'refused')))`);
  expect(answers).toEqual(['refused', 'refused', 'refused', 'refused']);
  await page.evaluate(`(() => {
    const form = document.createElement('form');
    form.action = 'http://127.0.0.1:9/take'; form.method = 'post';
    document.body.append(form); form.submit();
  })()`);
  await page.evaluate('new Promise((done) => setTimeout(done, 300))');
  expect(new URL(page.url()).origin).toBe(app.origin);
});

test('no permission is granted to the page', async ({ page }) => {
  const states = await page.evaluate(`Promise.all(
    ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read', 'persistent-storage'].map((name) =>
      navigator.permissions.query({ name }).then(({ state }) => state, () => 'unknown')))`);
  expect(states).not.toContain('granted');
});

test('paths that walk out of the page are not found, however they are encoded', async ({ app }) => {
  const walks = [
    '/../package.json',
    '/%2e%2e/package.json',
    '/%2e%2e%2fpackage.json',
    '/..%2f..%2fpackage.json',
    '/..%5c..%5cpackage.json',
    '/assets/..%2f..%2fmain%2fserve.mjs',
    '/%252e%252e%252fpackage.json',
    '/..%c0%afpackage.json',
    '/%00index.html',
    '/index.html%00.js',
    '//etc/passwd',
    '/.git/config',
    '/main/serve.mjs',
    '/%',
  ];
  for (const path of walks) {
    const answer = await rawGet(app, path);
    expect(answer, path).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(answer, path).not.toMatch(/usage-desk"|root:x:|import /);
  }
});

test('a page that leaves and comes back finds its session, and the page it went to hears no referrer', async ({
  page,
}) => {
  const stranger = await startStranger();
  await page.evaluate((to) => {
    Object.assign(globalThis, { location: to });
  }, stranger.origin);
  await page.waitForURL(`${stranger.origin}/**`);
  for (const { referer } of stranger.heard) expect(referer).toBe('');
  expect(await page.evaluate('window.opener')).toBeNull();
  await page.goBack();
  await expect(page.getByRole('main')).toBeVisible();
  await stranger.close();
});

test('a page of another port can neither call, read, embed nor listen, although the browser has a session', async ({
  app,
  page,
  context,
}) => {
  const before = await page.evaluate(askState);
  const stranger = await startStranger();
  const theirs = await context.newPage();
  await theirs.goto(stranger.origin);
  const answers = await theirs.evaluate(`(async () => {
    const target = ${JSON.stringify(app.origin)};
    const attempt = (path, init) => fetch(target + path, { credentials: 'include', ...init }).then(
      async (answer) => answer.type === 'opaque' ? 'opaque' : answer.status + ' ' + (await answer.text()), () => 'refused');
    const body = JSON.stringify({ theme: 'dark' });
    return await Promise.all([
      attempt('/api/settings.change', { method: 'POST', body, headers: { 'content-type': 'application/json' } }),
      attempt('/api/settings.change', { method: 'POST', body, headers: { 'content-type': 'text/plain' } }),
      attempt('/api/settings.change', { method: 'POST', mode: 'no-cors', body }),
      attempt('/api/settings.get', { method: 'POST', body: '{}' }),
      attempt('/index.html'),
      new Promise((done) => {
        const events = new EventSource(target + '/api/events', { withCredentials: true });
        events.onopen = () => done('open'); events.onerror = () => { events.close(); done('refused'); };
      }),
      new Promise((done) => {
        const script = document.createElement('script');
        script.src = target + '/assets/index.js'; script.onload = () => done('loaded'); script.onerror = () => done('refused');
        document.body.append(script);
      }),
    ]);
  })()`);
  expect(answers).toEqual([
    'refused',
    'refused',
    expect.stringMatching(/refused|opaque/),
    'refused',
    'refused',
    'refused',
    'refused',
  ]);
  await theirs.evaluate((to) => {
    const { document } = globalThis as unknown as {
      readonly document: {
        readonly body: { readonly append: (element: unknown) => void };
        readonly createElement: (name: string) => { src: string };
      };
    };
    const frame = document.createElement('iframe');
    frame.src = to;
    document.body.append(frame);
  }, `${app.origin}/`);
  await expect.poll(() => theirs.frames().length).toBe(2);
  expect(await theirs.frames()[1]?.locator('main').count()).toBe(0);
  expect(await page.evaluate(askState)).toBe(before);
  await stranger.close();
});

test('a request to the world gets nowhere in these tests, and is heard', async ({ context, guard }) => {
  guard.allow(/evil\.example/);
  const stranger = await startStranger();
  const theirs = await context.newPage();
  await theirs.goto(stranger.origin);
  for (const address of ['https://evil.example/', 'http://192.0.2.1/?of=evil.example']) {
    const answer = await theirs.evaluate(
      (to) => fetch(to, { mode: 'no-cors' }).then(() => 'answered', String),
      address,
    );
    expect(answer).toMatch(/Failed to fetch/);
    expect(guard.heard).toContain(`a request left this computer: ${address}`);
    await expect.poll(() => guard.heard).toContainEqual(expect.stringContaining('ERR_NAME_NOT_RESOLVED'));
  }
  await stranger.close();
});

test('a window that the page opens elsewhere is cut off from it', async ({ context, page }) => {
  const stranger = await startStranger();
  const [opened] = await Promise.all([
    context.waitForEvent('page'),
    page.evaluate(`void (globalThis.opened = window.open(${JSON.stringify(stranger.origin)}))`),
  ]);
  await opened.waitForURL(`${stranger.origin}/**`);
  expect(await opened.evaluate('window.opener')).toBeNull();
  // To its opener it is gone, once the browser has parted the two.
  await expect.poll(() => page.evaluate('opened.closed')).toBe(true);
  await stranger.close();
});

test('a window that another page opened on the app can’t be reached by its opener', async ({
  app,
  context,
  page,
}) => {
  await expect(page.getByRole('main')).toBeVisible();
  const stranger = await startStranger();
  const theirs = await context.newPage();
  await theirs.goto(stranger.origin);
  const [opened] = await Promise.all([
    context.waitForEvent('page'),
    theirs.evaluate(`void (globalThis.opened = window.open(${JSON.stringify(`${app.origin}/`)}))`),
  ]);
  await opened.waitForLoadState();
  expect(await opened.evaluate('window.opener')).toBeNull();
  expect(await theirs.evaluate('opened.closed')).toBe(true);
  await stranger.close();
});

interface Stranger {
  readonly origin: string;
  readonly heard: readonly { readonly cookie: string; readonly referer: string }[];
  readonly close: () => Promise<void>;
}

/** Another program's page on another port of this computer: same site, another origin. */
async function startStranger(): Promise<Stranger> {
  const heard: { readonly cookie: string; readonly referer: string }[] = [];
  const server = createServer((request, response) => {
    heard.push({ cookie: request.headers.cookie ?? '', referer: request.headers.referer ?? '' });
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<!doctype html><title>Stranger</title><link rel=icon href=data:,>');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    heard,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A path as it is written: browsers and Node's own client would tidy it first. */
async function rawGet(app: RunningApp, path: string): Promise<string> {
  const { port } = new URL(app.origin);
  const socket = connect(Number(port), '127.0.0.1');
  socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);
  return await text(socket);
}
