/** Every request of a page passes here: navigations are put to the shell's guards, addresses of its scheme to its handler, the rest ends. */
import type { WebContents } from 'electron';
import type { CDPSession } from 'playwright-core';
import { toElectron } from './address-seam.ts';
import { record } from './control.ts';
import { answerOwnScheme } from './protocol.ts';
import { allowsRequest } from './session.ts';
import type { ContentsEvents } from './web-contents.ts';

export interface Interception {
  readonly session: CDPSession;
  readonly events: ContentsEvents;
  readonly contents: WebContents;
}

/** A page that a spec puts at a foreign address, past every guard: what a hole in Chromium would allow. */
const planted = new Map<string, string>();

/** Lets one address answer with this HTML, whatever the shell says. */
export function plantPage(address: string, html: string): void {
  planted.set(address, html);
}

/** Addresses that answer with a redirect, as a defect of a handler could. */
const redirects = new Map<string, string>();

export function plantRedirect(address: string, to: string): void {
  redirects.set(address, to);
}

/** From here on no address answers with what a spec made of it. */
export function forgetPlanted(): void {
  planted.clear();
  redirects.clear();
}

export async function interceptRequests({ session, events }: Interception): Promise<void> {
  let mainFrameId: string | null = null;
  /** Navigations that the page itself began; those that the shell loads are not put to its guards. */
  const begun = new Set<string>();

  const guards = (address: string, isMainFrame: boolean, redirected: boolean): boolean => {
    const facts = { url: toElectron(address), isMainFrame, isSameDocument: false };
    if (redirected) return events.emitPreventable('will-redirect', facts, facts.url, false, isMainFrame);
    const prevented = events.emitPreventable('will-frame-navigate', facts);
    return (isMainFrame && events.emitPreventable('will-navigate', facts, facts.url)) || prevented;
  };

  session.on('Page.frameNavigated', ({ frame }) => {
    if (frame.parentId === undefined) mainFrameId = frame.id;
  });
  session.on('Page.frameRequestedNavigation', ({ frameId, url, disposition }) => {
    if (disposition !== 'currentTab') return;
    if (/^https?:/i.test(url)) begun.add(`${frameId} ${url}`);
    // Nothing of it passes the network, so the guards are heard, but only Chromium can stop it.
    else if (frameId === mainFrameId) guards(url, true, false);
  });
  session.on('Fetch.requestPaused', (paused) => {
    void decide(paused).catch(() =>
      session
        .send('Fetch.failRequest', { requestId: paused.requestId, errorReason: 'Failed' })
        .catch(() => undefined),
    );
  });
  await session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });

  type Paused = Parameters<Parameters<typeof session.on<'Fetch.requestPaused'>>[1]>[0];
  async function decide({
    requestId,
    request,
    resourceType,
    frameId,
    redirectedRequestId,
  }: Paused): Promise<void> {
    const end = (errorReason: 'Aborted' | 'BlockedByClient' | 'ConnectionFailed') =>
      session.send('Fetch.failRequest', { requestId, errorReason });
    const html = planted.get(request.url);
    if (html !== undefined) {
      await fulfil(requestId, new Response(html, { headers: { 'content-type': 'text/html' } }));
      return;
    }
    if (resourceType === 'Document') {
      const own = begun.delete(`${frameId} ${request.url}`);
      const redirected = redirectedRequestId !== undefined;
      const isMainFrame = mainFrameId === null || frameId === mainFrameId;
      if ((own || redirected) && guards(request.url, isMainFrame, redirected)) {
        await end('Aborted');
        return;
      }
    }
    const location = redirects.get(request.url);
    if (location !== undefined) {
      await fulfil(requestId, new Response(null, { status: 302, headers: { location } }));
      return;
    }
    const allowed = await allowsRequest({ url: request.url, method: request.method, resourceType });
    if (!allowed) {
      await end('BlockedByClient');
      return;
    }
    const answer = await answerOwnScheme(request);
    if (answer !== null) {
      await fulfil(requestId, answer);
      return;
    }
    record('stand-in.problem', `a request left this computer: ${request.url}`);
    await end('ConnectionFailed');
  }

  async function fulfil(requestId: string, answer: Response): Promise<void> {
    const body = Buffer.from(await answer.arrayBuffer()).toString('base64');
    await session.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: answer.status,
      responseHeaders: [...answer.headers].map(([name, value]) => ({ name, value })),
      body,
    });
  }
}
