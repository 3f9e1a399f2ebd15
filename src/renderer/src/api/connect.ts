/** Picks the way to the core once, at start. Nobody else asks where the page runs. */
import type { AppApi } from '../../../contract/api.ts';
import { type Bridge, createBridgeClient } from './bridge-client.ts';
import { createLoopbackClient } from './loopback-client.ts';

declare global {
  interface Window {
    /** Put there by the preload of the desktop window; absent in a browser. */
    readonly usageDesk?: Bridge;
  }
}

/** The bridge of the desktop window where there is one, else the loopback server that served this page. */
export function connect(): AppApi {
  return window.usageDesk === undefined ? createLoopbackClient() : createBridgeClient(window.usageDesk);
}
