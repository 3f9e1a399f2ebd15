import { contentSecurityPolicy } from '../../src/main/hosts/security-headers.ts';
import type { PageSide } from './support/page-side.ts';
import { expect, test } from './support/shared-shell.ts';

test('the page gets one object with two functions, frozen, and nothing of Electron or Node', async ({
  page,
}) => {
  const seen = await page.evaluate(() => {
    const side = globalThis as unknown as PageSide;
    const bridge: unknown = side.usageDesk;
    const names = Object.getOwnPropertyNames(bridge);
    return {
      names: names.sort(),
      kinds: names.map((name) => typeof Reflect.get(Object(bridge), name)),
      frozen: Object.isFrozen(bridge),
      property: Object.getOwnPropertyDescriptor(side, 'usageDesk')?.writable,
      configurable: Object.getOwnPropertyDescriptor(side, 'usageDesk')?.configurable,
      prototype: Object.getPrototypeOf(bridge) === Object.prototype,
      leaks: [
        'require',
        'process',
        'module',
        'Buffer',
        'global',
        'ipcRenderer',
        'electron',
        '__toElectron',
        '__fromElectron',
      ].filter((name) => name in side),
    };
  });
  expect(seen).toEqual({
    names: ['call', 'subscribe'],
    kinds: ['function', 'function'],
    frozen: true,
    property: false,
    configurable: false,
    prototype: true,
    leaks: [],
  });
});

test('the bridge can neither be replaced nor widened, and knows no name beyond the contract', async ({
  page,
}) => {
  const answers = await page.evaluate(async () => {
    const side = globalThis as unknown as PageSide;
    const attempt = (act: () => unknown): string => {
      try {
        act();
        return 'done';
      } catch (cause) {
        return cause instanceof TypeError ? 'refused' : String(cause);
      }
    };
    const bridge = side.usageDesk;
    return {
      replaced: attempt(() => Object.defineProperty(side, 'usageDesk', { value: {} })),
      widened: attempt(() => Object.defineProperty(bridge, 'send', { value: () => undefined })),
      called: await Promise.all(
        ['__proto__', 'constructor', 'usage-desk:call:system.status', ''].map((name) =>
          bridge.call(name, {}),
        ),
      ),
      subscribed: typeof bridge.subscribe('will-quit', () => undefined),
    };
  });
  expect(answers).toEqual({
    replaced: 'refused',
    widened: 'refused',
    called: Array.from({ length: 4 }, () => ({ ok: false, error: { kind: 'unknown-call' } })),
    subscribed: 'function',
  });
});

test('a listener of the page hears the payload alone, never the event object of IPC', async ({ page }) => {
  const heard = await page.evaluate(async () => {
    const side = globalThis as unknown as PageSide;
    const bridge = side.usageDesk;
    const told = new Promise<unknown[]>((resolve) => {
      const stop = bridge.subscribe('settings.changed', (...args: unknown[]) => {
        stop();
        resolve(args);
      });
    });
    await bridge.call('settings.change', { theme: 'dark' });
    return await told;
  });
  expect(heard).toEqual([{}]);
});

test('what the page does to its own world does not reach the preload', async ({ page }) => {
  const answer = await page.evaluate(async () => {
    const side = globalThis as unknown as PageSide;
    Object.defineProperty(Object.prototype, 'ok', { value: true, configurable: true });
    Set.prototype.has = () => true;
    Object.assign(globalThis, { dispatchEvent: () => true });
    return await side.usageDesk.call('no.such.call', {});
  });
  expect(answer).toEqual({ ok: false, error: { kind: 'unknown-call' } });
});

test('the window is sandboxed and isolated, and changes no default that guards it', async ({
  shell,
  page,
}) => {
  await expect(page.getByRole('main')).toBeVisible();
  expect(shell.factsOf('app.enableSandbox')).toHaveLength(1);
  const [options] = shell.factsOf('BrowserWindow') as [{ readonly webPreferences: Record<string, unknown> }];
  const { preload, ...preferences } = options.webPreferences;
  expect(preload).toMatch(/preload[/\\]index\.cjs$/);
  // All of it: a preference that is not here, such as `webSecurity`, is as Electron has it.
  expect(preferences).toEqual({
    ...{ sandbox: true, contextIsolation: true, webviewTag: false, spellcheck: false, devTools: true },
    ...{ nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false },
  });
});

test('every answer of the app scheme carries the policy, and the page runs under it', async ({
  shell,
  page,
}) => {
  for (const path of ['/', '/index.html', '/missing.js', '/..%2f..%2fpackage.json']) {
    const answer = await shell.order('ask-scheme', { url: `app://usage-desk${path}`, method: 'GET' });
    expect(answer, path).toMatchObject({
      headers: expect.arrayContaining([
        ['content-security-policy', contentSecurityPolicy],
        ['x-content-type-options', 'nosniff'],
      ]),
    });
  }
  await expect(page.getByRole('main')).toBeVisible();
});

test('inline script, eval and unsafe HTML are stopped by the policy', async ({ page, guard }) => {
  guard.allow(/policy violation|Content Security Policy|Trusted|eval/i);
  const done = await page.evaluate(() => {
    const side = globalThis as unknown as PageSide;
    const attempt = (act: () => unknown): string => {
      try {
        act();
        return 'done';
      } catch {
        return 'refused';
      }
    };
    const script = side.document.createElement('script');
    return {
      html: attempt(() => {
        side.document.body.innerHTML = '<img src=x onerror=alert(1)>';
      }),
      inline: attempt(() => {
        script.text = 'window.inlineRan = true';
        side.document.head.append(script);
      }),
      inlineRan: Reflect.get(side, 'inlineRan') ?? false,
    };
  });
  expect(done).toEqual({ html: 'refused', inline: 'refused', inlineRan: false });
  // What was stopped is heard, as it would be in any other test, which it would fail.
  await expect
    .poll(() => guard.heard)
    .toContainEqual(expect.stringContaining('policy violation: require-trusted-types-for'));
});
