import type { Page } from '@playwright/test';
import type { PageSide } from './support/page-side.ts';
import { expect, test } from './support/shared-shell.ts';

const home = 'https://usage-desk.app.test/index.html';

/** Opens a window as the page would. */
const open = (page: Page, address: string) =>
  page.evaluate((to) => void (globalThis as unknown as PageSide).open(to), address);

/** Gives the page a turn in which to go wherever it was sent. */
const settle = (page: Page) => page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));

const elsewhere = [
  'https://evil.example/',
  'https://evil.example/?next=app://usage-desk/index.html',
  'https://usage-desk.app.test.evil.example/',
  'https://usage-desk@evil.example/',
  'http://127.0.0.1:9/',
  'https://docs.aws.amazon.com/',
  'file:///etc/passwd',
  'data:text/html,<h1>data</h1>',
  'javascript:document.title="taken"',
];

test('the page goes nowhere else, whatever address it is sent to', async ({ shell, page, guard }) => {
  guard.allow(/Not allowed to|policy violation|Content Security Policy/i);
  for (const address of elsewhere) {
    await page.evaluate((to) => {
      const side = globalThis as unknown as PageSide;
      side.location.href = to;
    }, address);
    await settle(page);
    expect(page.url(), address).toBe(home);
  }
  await expect(page.getByRole('main')).toBeVisible();
  const stopped = shell
    .factsOf('event')
    .filter((event) => (event as { name: string }).name === 'will-navigate') as {
    readonly url: string;
    readonly prevented: boolean;
  }[];
  expect(stopped.length).toBeGreaterThanOrEqual(5);
  expect(stopped.filter(({ prevented }) => !prevented)).toEqual([]);
});

test('a click on a link to elsewhere goes nowhere either', { tag: '@all' }, async ({ page }) => {
  await page.evaluate(() => {
    const side = globalThis as unknown as PageSide;
    const link = side.document.createElement('a');
    link.href = 'https://evil.example/';
    link.textContent = 'A prize';
    side.document.body.prepend(link);
  });
  await page.getByText('A prize').click();
  await settle(page);
  expect(page.url()).toBe(home);
});

test('a form can be sent nowhere', { tag: '@all' }, async ({ page, guard }) => {
  guard.allow(/policy violation|Content Security Policy/i);
  await page.evaluate(() => {
    const side = globalThis as unknown as PageSide;
    const form = side.document.createElement('form');
    form.action = 'https://evil.example/take';
    form.method = 'post';
    side.document.body.append(form);
    form.submit();
  });
  await settle(page);
  expect(page.url()).toBe(home);
});

test('a redirect from our own address to elsewhere is not followed', async ({ shell, page }) => {
  await shell.order('plant-redirect', { address: 'app://usage-desk/leave', to: 'https://evil.example/' });
  await page.evaluate(() => {
    const side = globalThis as unknown as PageSide;
    side.location.href = '/leave';
  });
  await settle(page);
  expect(page.url()).toBe(home);
  expect(shell.factsOf('event')).toContainEqual(
    expect.objectContaining({ name: 'will-redirect', url: 'https://evil.example/', prevented: true }),
  );
});

test('no window opens, and only links to AWS leave for the system browser', async ({
  shell,
  page,
  guard,
}) => {
  guard.allow(/Not allowed to load local resource/);
  const addresses = [
    'https://evil.example/',
    'about:blank',
    'file:///etc/passwd',
    'https://docs.aws.amazon.com/marketplace/',
  ];
  for (const address of addresses) {
    await open(page, address);
  }
  expect(await shell.openedAddress()).toBe('https://docs.aws.amazon.com/marketplace/');
  const opened = shell.factsOf('webContents.windowOpen') as { readonly action: string }[];
  expect(opened.length).toBeGreaterThanOrEqual(3);
  expect(opened.every(({ action }) => action === 'deny')).toBe(true);
  await expect
    .poll(
      () =>
        page
          .context()
          .pages()
          .filter((one) => one.url() !== 'about:blank').length,
    )
    .toBe(1);
  expect(await shell.order('windows')).toHaveLength(1);
});

const oddLinks = [
  'https://docs.aws.amazon.com@evil.example/',
  'https://docs.aws.amazon.com.evil.example/',
  'https://docs.aws.amazon.com:8443/',
  'http://docs.aws.amazon.com/',
  'https://user:secret@docs.aws.amazon.com/',
  'https://docs.aws.amazon.com%2eevil.example/',
  'https://s3.amazonaws.com/bucket/page.html',
  'mailto:a@example.com',
  'ms-settings:privacy',
  'smb://evil.example/share',
  'javascript:alert(1)',
];

test('a link with an odd address opens nothing outside', async ({ shell, page, guard }) => {
  guard.allow(
    /policy violation|Content Security Policy|scheme does not have a registered handler|Not allowed to launch/i,
  );
  for (const address of oddLinks) await open(page, address).catch(() => undefined);
  await open(page, 'https://console.aws.amazon.com/last');
  // They are opened in order, so that the last one tells that no other was.
  expect(await shell.openedAddress()).toBe('https://console.aws.amazon.com/last');
  expect(shell.factsOf('shell.openExternal')).toEqual([]);
});

test('frames from elsewhere stay empty, and webviews are no more than unknown elements', async ({
  shell,
  page,
  guard,
}) => {
  guard.allow(/policy violation|Content Security Policy|Trusted/i);
  await page
    .evaluate(() => {
      const side = globalThis as unknown as PageSide;
      for (const address of [
        'https://evil.example/',
        'data:text/html,x',
        '/index.html',
        'file:///etc/passwd',
      ]) {
        const frame = side.document.createElement('iframe');
        frame.src = address;
        side.document.body.append(frame);
        const object = side.document.createElement('object');
        object.data = address;
        side.document.body.append(object);
      }
      const view = side.document.createElement('webview');
      view.setAttribute('src', 'https://evil.example/');
      view.setAttribute('allowpopups', '');
      side.document.body.append(view);
    })
    .catch(() => undefined);
  await settle(page);
  const loaded = page.frames().filter((frame) => !/^(about:blank|chrome-error:.*|)$/.test(frame.url()));
  expect(loaded.map((frame) => frame.url())).toEqual([home]);
  expect(await shell.order('attach-webview', 'https://evil.example/')).toBe(true);
});

test('every permission is refused, but copying text', async ({ shell, page }) => {
  const all = [
    ...[
      'ar',
      'automatic-fullscreen',
      'background-fetch',
      'background-sync',
      'clipboard-read',
      'display-capture',
      'fileSystem',
    ],
    ...[
      'fullscreen',
      'geolocation',
      'hid',
      'idle-detection',
      'keyboardLock',
      'local-fonts',
      'local-network',
      'loopback-network',
    ],
    ...[
      'media',
      'mediaKeySystem',
      'midi',
      'midiSysex',
      'nfc',
      'notifications',
      'openExternal',
      'payment-handler',
    ],
    ...[
      'persistent-storage',
      'pointerLock',
      'screen-wake-lock',
      'sensors',
      'serial',
      'speaker-selection',
      'storage-access',
    ],
    ...['top-level-storage-access', 'usb', 'vr', 'web-app-installation', 'window-management', 'unknown'],
  ];
  for (const permission of all) {
    const answer = await shell.order('permission', { permission, address: 'app://usage-desk/index.html' });
    expect(answer, permission).toBe(false);
  }
  const copying = 'clipboard-sanitized-write';
  expect(
    await shell.order('permission', { permission: copying, address: 'app://usage-desk/index.html' }),
  ).toBe(true);
  expect(await shell.order('permission', { permission: copying, address: 'https://evil.example/' })).toBe(
    false,
  );
  expect(await shell.order('device-permission')).toBe(false);
  const seen = await page.evaluate(async () => {
    const state = async (name: string) =>
      (await (navigator as unknown as PageSide).permissions.query({ name })).state;
    return [
      await state('geolocation'),
      await state('notifications'),
      await state('camera'),
      await state('microphone'),
    ];
  });
  expect(seen).toEqual(['denied', 'denied', 'denied', 'denied']);
});

test('requests to anywhere but the page itself end before they begin', async ({ shell, page, guard }) => {
  guard.allow(/policy violation|Content Security Policy|Failed to load|Refused|Fetch API/i);
  const answers = await page.evaluate(async () => {
    const attempt = (address: string) =>
      fetch(address).then(
        () => 'answered',
        () => 'refused',
      );
    return await Promise.all(
      [
        'https://evil.example/',
        'http://127.0.0.1:9/',
        'http://169.254.169.254/latest/meta-data/',
        'file:///etc/passwd',
      ].map(attempt),
    );
  });
  expect(answers).toEqual(['refused', 'refused', 'refused', 'refused']);
  // Past the policy, where a page of another make would be, the session refuses as well.
  await shell.order('plant-page', {
    address: 'https://evil.example/',
    html: '<img src="https://evil.example/pixel"><h1>taken</h1>',
  });
  await expect.poll(() => shell.factsOf('session.cancelledRequest')).toContain('https://evil.example/pixel');
});

test('a download begun by the page is prevented', async ({ shell, page, guard }) => {
  guard.allow(/policy violation|Content Security Policy|Not allowed/i);
  await page.evaluate(() => {
    const side = globalThis as unknown as PageSide;
    const link = side.document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['MZ'], { type: 'application/octet-stream' }));
    link.download = 'update.exe';
    side.document.body.append(link);
    link.click();
  });
  await expect
    .poll(() => shell.factsOf('event'))
    .toContainEqual(expect.objectContaining({ name: 'will-download', prevented: true }));
});
