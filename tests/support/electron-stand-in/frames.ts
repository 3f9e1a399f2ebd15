/** The frames of one window, from what Chromium tells of them, in the shape of Electron's `WebFrameMain`. */
import type { WebFrameMain } from 'electron';
import type { CDPSession } from 'playwright-core';
import { toElectron } from './address-seam.ts';
import { refuseTheRest } from './refuse-the-rest.ts';
import { preloadWorld } from './worlds.ts';

interface Frame {
  readonly id: string;
  readonly parentId: string | null;
  /** As Chromium names them. */
  url: string;
  origin: string;
  /** Another document is another loader. */
  loaderId: string;
  gone: boolean;
}

export interface Frames {
  /** The frame whose preload world has this execution context, at this moment. */
  readonly ofContext: (contextId: number) => FrameHandle | null;
  readonly sub: () => FrameHandle | null;
  readonly main: () => FrameHandle | null;
  /** The execution context of the main frame's preload world. */
  readonly preloadContextId: () => number | null;
}

/** A frame as it was when it sent something. */
export interface FrameHandle {
  readonly isMain: boolean;
  /** Null once the frame was destroyed or has navigated, as `event.senderFrame` is. */
  readonly now: () => WebFrameMain | null;
}

/** Follows the frames of a page whose `Page` and `Runtime` domains are enabled afterwards. */
export function followFrames(cdp: CDPSession): Frames {
  const frames = new Map<string, Frame>();
  const contexts = new Map<number, string>();
  let mainId: string | null = null;
  const frameOf = (id: string, parentId: string | null): Frame => {
    const known = frames.get(id);
    if (known !== undefined) return known;
    const frame = { id, parentId, url: 'about:blank', origin: '', loaderId: '', gone: false };
    frames.set(id, frame);
    return frame;
  };
  cdp.on('Page.frameAttached', ({ frameId, parentFrameId }) => frameOf(frameId, parentFrameId));
  cdp.on('Page.frameDetached', ({ frameId }) => {
    const frame = frames.get(frameId);
    if (frame !== undefined) frame.gone = true;
    frames.delete(frameId);
  });
  cdp.on('Page.frameNavigated', ({ frame: { id, parentId, url, loaderId } }) => {
    if (parentId === undefined) mainId = id;
    Object.assign(frameOf(id, parentId ?? null), { url, loaderId });
  });
  cdp.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
    const frame = frames.get(frameId);
    if (frame !== undefined) frame.url = url;
  });
  cdp.on('Runtime.executionContextCreated', ({ context }) => {
    // Declared as texts, which `isDefault` is not.
    const facts: Record<string, unknown> = context.auxData ?? {};
    const frameId = facts.frameId;
    if (typeof frameId !== 'string') return;
    const frame = frameOf(frameId, mainId === frameId ? null : mainId);
    // The page's own world names the origin that the frame acts as, which an empty frame has from its parent.
    if (facts.isDefault === true) frame.origin = context.origin;
    if (context.name === preloadWorld) contexts.set(context.id, frameId);
  });
  cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) =>
    contexts.delete(executionContextId),
  );
  cdp.on('Runtime.executionContextsCleared', () => contexts.clear());

  const handle = (frame: Frame | undefined): FrameHandle | null => {
    if (frame === undefined) return null;
    const { loaderId } = frame;
    return {
      isMain: frame.id === mainId,
      now: () => (frame.gone || frame.loaderId !== loaderId ? null : shapeOf(frame)),
    };
  };
  const shapeOf = (frame: Frame): WebFrameMain =>
    refuseTheRest<WebFrameMain>('WebFrameMain', {
      url: toElectron(frame.url),
      origin: originOf(frame.origin),
      parent: frame.parentId === null ? null : parentOf(frame.parentId),
      detached: frame.gone,
      isDestroyed: () => frame.gone,
    });
  const parentOf = (id: string): WebFrameMain | null => {
    const parent = frames.get(id);
    return parent === undefined ? null : shapeOf(parent);
  };
  return {
    ofContext: (contextId) => handle(frames.get(contexts.get(contextId) ?? '')),
    main: () => handle(frames.get(mainId ?? '')),
    sub: () => handle([...frames.values()].findLast(({ parentId }) => parentId !== null)),
    preloadContextId: () => [...contexts].find(([, frameId]) => frameId === mainId)?.[0] ?? null,
  };
}

/** An opaque origin is `null` as text, in Electron as in pages. */
const originOf = (origin: string): string =>
  origin === '' || origin === '://' ? 'null' : toElectron(origin);
