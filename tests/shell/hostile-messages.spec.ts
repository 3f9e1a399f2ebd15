import type { Page } from '@playwright/test';
import { callNames } from '../../src/contract/names.ts';
import { callChannel } from '../../src/preload/channels.ts';
import type { PageSide } from './support/page-side.ts';
import { expect, test } from './support/shared-shell.ts';

/** An empty sub-frame, which acts as the page's own origin. */
const addFrame = (page: Page) =>
  page.evaluate(() => {
    const side = globalThis as unknown as PageSide;
    side.document.body.append(side.document.createElement('iframe'));
  });

const forbidden = { ok: true, value: { ok: false, error: { kind: 'forbidden' } } };
const status = callChannel('system.status');

test('a call from a sub-frame is refused on every channel, even of our own origin', async ({
  shell,
  page,
}) => {
  await addFrame(page);
  for (const name of callNames) {
    const answer = await shell.order('rogue-call', {
      from: 'sub-frame',
      channel: callChannel(name),
      args: [{}],
    });
    expect(answer, name).toEqual(forbidden);
  }
});

test('a call whose frame is gone when it arrives is refused', async ({ shell, page }) => {
  await addFrame(page);
  expect(await shell.order('rogue-call', { from: 'removed-sub-frame', channel: status, args: [{}] })).toEqual(
    forbidden,
  );
});

test('a window that shows a foreign page gets no answer from the core', async ({ shell, page, guard }) => {
  // Its icon, which the session keeps from being fetched.
  guard.allow(/ERR_BLOCKED_BY_CLIENT/);
  await shell.order('plant-page', { address: 'https://evil.example/', html: '<h1>taken</h1>' });
  await expect(page.getByRole('heading', { name: 'taken' })).toBeVisible();
  const answers = await page.evaluate(() => {
    const side = globalThis as unknown as PageSide;
    const bridge = side.usageDesk;
    return Promise.all(['system.status', 'settings.get', 'session.get'].map((name) => bridge.call(name, {})));
  });
  expect(answers).toEqual(Array.from({ length: 3 }, () => ({ ok: false, error: { kind: 'forbidden' } })));
  expect(await shell.order('rogue-call', { from: 'main', channel: status, args: [{}] })).toEqual(forbidden);
});

test('a sub-frame has no bridge of its own', async ({ page }) => {
  const inFrame = await page.evaluate(() => {
    const side = globalThis as unknown as PageSide;
    const frame = side.document.createElement('iframe');
    side.document.body.append(frame);
    return typeof Reflect.get(Object(frame.contentWindow), 'usageDesk');
  });
  expect(inFrame).toBe('undefined');
});

test('payloads that no form would send are refused in words, and change nothing', async ({ page }) => {
  const answers = await page.evaluate(async () => {
    const side = globalThis as unknown as PageSide;
    const bridge = side.usageDesk;
    const cyclic: Record<string, unknown> = { theme: 'dark' };
    cyclic.self = cyclic;
    const polluting: unknown = JSON.parse('{"theme":"dark","__proto__":{"polluted":true}}');
    const deep: unknown[] = [];
    let at = deep;
    for (let depth = 0; depth < 900; depth += 1) {
      const next: unknown[] = [];
      at.push(next);
      at = next;
    }
    const inputs: Record<string, unknown> = {
      cyclic,
      polluting,
      deep,
      bigint: { theme: 1n },
      date: new Date(0),
      nothing: undefined,
      text: 'dark',
      list: [{ theme: 'dark' }],
      nan: { theme: Number.NaN },
      oversized: { theme: 'x'.repeat(2_000_000) },
      constructor: { constructor: { prototype: { polluted: true } } },
    };
    const answered: [string, unknown][] = [];
    for (const [name, input] of Object.entries(inputs)) {
      answered.push([
        name,
        await bridge.call('settings.change', input).catch((cause: unknown) => String(cause)),
      ]);
    }
    return { answered, theme: (await bridge.call('settings.get', {})).value.theme };
  });
  for (const [name, answer] of answers.answered) {
    expect(answer, name).toMatchObject({ ok: false, error: { kind: 'invalid-input' } });
  }
  expect(answers.theme).toBe('system');
});

test('what no clone can carry is refused before it leaves the page', async ({ page }) => {
  const answers = await page.evaluate(async () => {
    const side = globalThis as unknown as PageSide;
    const bridge = side.usageDesk;
    const attempt = (input: unknown): Promise<string> =>
      Promise.resolve()
        .then(() => bridge.call('settings.change', input))
        .then(
          (answer) => JSON.stringify(answer),
          (cause: unknown) => `thrown: ${String(cause)}`,
        );
    return [await attempt({ theme: () => 'dark' }), await attempt({ theme: Symbol('dark') })];
  });
  for (const answer of answers) expect(answer).toMatch(/^thrown: .*clone/i);
});

test('a channel that is not the contract’s has no handler', async ({ shell, page }) => {
  await expect(page.getByRole('main')).toBeVisible();
  for (const channel of [
    'usage-desk:call:constructor',
    'usage-desk:call:',
    'ELECTRON_BROWSER_REQUIRE',
    'ping',
  ]) {
    expect(await shell.order('rogue-call', { from: 'main', channel, args: [{}] })).toEqual({
      ok: false,
      value: `Error invoking remote method '${channel}': Error: No handler registered for '${channel}'`,
    });
  }
});
