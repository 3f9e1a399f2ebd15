/** The system browser, started with the person's own environment. */
import { Worker } from 'node:worker_threads';
import type { BrowserOpener, IncidentLog } from '../core/ports.ts';
import { openableAddress } from './openable-address.ts';

/** Opens an address or a file; false when nothing could be started. Never rejects. */
export type OpenInBrowser = (target: string) => Promise<boolean>;

export function createSystemBrowser(deps: {
  /** The built `open-address`. */
  readonly workerPath: string;
  /** The environment before practice changed it. */
  readonly env: NodeJS.ProcessEnv;
}): OpenInBrowser {
  return (target) =>
    new Promise((resolve) => {
      const worker = new Worker(deps.workerPath, { workerData: target, env: { ...deps.env } });
      worker.once('error', () => resolve(false));
      worker.once('exit', (code) => resolve(code === 0));
      worker.unref();
    });
}

/** The core's way to sign-in pages: checks each address once more, whoever computed it. */
export function createBrowserOpener(deps: {
  readonly open: OpenInBrowser;
  /** False where the app was told to open nothing. */
  readonly allowed: boolean;
  readonly signInOrigins: () => readonly string[];
  readonly incidents: IncidentLog;
}): BrowserOpener {
  return {
    open: async (address) => {
      if (!deps.allowed) return false;
      const url = openableAddress(address, deps.signInOrigins());
      if (url !== null) return await deps.open(url.href);
      deps.incidents.note('An address that is no sign-in page was not opened.');
      return false;
    },
  };
}
