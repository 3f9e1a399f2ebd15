/** Orders that reach into a window, for hostile specs: what a broken renderer could send, and pages that no guard would let in. */
import { toChromium } from './address-seam.ts';
import { firstOpen } from './browser-window.ts';
import { debuggingAddress } from './chromium.ts';
import { onOrder } from './control.ts';
import { invoke } from './ipc-main.ts';
import { answerOwnScheme } from './protocol.ts';
import { forgetPlanted, plantPage, plantRedirect } from './requests.ts';
import { answerPermissionOrders } from './session.ts';

export interface RogueCall {
  /** Which of Chromium's own frames sends it: the window's, its newest sub-frame, or a sub-frame that is removed on the way. */
  readonly from: 'main' | 'sub-frame' | 'removed-sub-frame';
  readonly channel: string;
  readonly args: readonly unknown[];
}

onOrder<undefined>('debugging-address', debuggingAddress);

/** Sends over IPC past the preload, as a renderer that was taken over can. */
onOrder<RogueCall>('rogue-call', async ({ from, channel, args }) => {
  const { contents } = firstOpen();
  // A frame that the page has just made is known once Chromium has told of it.
  await (await contents.page).evaluate('0');
  const frames = contents.frames();
  const frame = from === 'main' ? frames.main() : frames.sub();
  if (frame === null) throw new Error('There is no such frame');
  if (from === 'removed-sub-frame') {
    const page = await contents.page;
    await page.evaluate("document.querySelectorAll('iframe').forEach((frame) => frame.remove())");
    // Chromium tells of it on its own time, and the message must not arrive before.
    while (frame.now() !== null) await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return await invoke({ channel, args, sender: contents.webContents, frame });
});

/** Puts the window at a foreign address with this HTML, past every guard. */
onOrder<{ address: string; html: string }>('plant-page', async ({ address, html }) => {
  plantPage(toChromium(address), html);
  const page = await firstOpen().contents.page;
  await page.goto(toChromium(address));
});

/** Makes an address answer with a redirect. */
onOrder<{ address: string; to: string }>('plant-redirect', ({ address, to }) =>
  plantRedirect(toChromium(address), to),
);

onOrder<undefined>('forget-planted', forgetPlanted);

/** Done when whatever the page has said up to now is told: Chromium keeps the order. */
onOrder<undefined>('hear-all', async () => {
  await (await firstOpen().contents.page).evaluate('0');
});

/** Fires `will-attach-webview`, which Chromium has no cause for; whether it was prevented. */
onOrder<string>('attach-webview', (src) =>
  firstOpen().contents.events.emitPreventable('will-attach-webview', {}, {}, { src }),
);

/** Asks the shell's scheme directly, with a host or method that the page itself can't use. */
onOrder<{ url: string; method: string }>('ask-scheme', async ({ url, method }) => {
  const answer = await answerOwnScheme({ url, method, headers: {} });
  return answer === null
    ? null
    : { status: answer.status, headers: [...answer.headers], body: (await answer.text()).slice(0, 200) };
});

onOrder<undefined>('crash-page', () => firstOpen().contents.webContents.forcefullyCrashRenderer());

answerPermissionOrders(() => firstOpen().contents.webContents);
