/** The app as a task meets it, in whichever host it runs. What only one host has belongs to the specs of that host. */
import type { BrowserContext, Page } from '@playwright/test';
import type { PageGuard } from './guarded-page.ts';

export type HostName = 'browser' | 'shell' | 'electron';

export interface HostedApp {
  /** Where the page's addresses begin: `page.goto(`${app.origin}/#/settings`)`. Known once a page is open. */
  readonly origin: string;
  /** Base address of the practice AWS, for steering under `/_practice/`. Another one after each `reopen`. */
  readonly practiceUrl: string;
  readonly dataDir: string;
  /** Opens its page, or gives the one that its window shows. */
  readonly open: () => Promise<Page>;
  /** The person's part outside the app: allows the sign-in that the page waits for. */
  readonly approveSignIn: (page: Page) => Promise<void>;
  /** The path of the file that the app saves when `act` is done, in the way of its host: a download, or a dialog that is answered. */
  readonly saved: (page: Page, act: () => Promise<void>) => Promise<string>;
  /** Chooses the file that the app asks for when `act` is done, in the way of its host. */
  readonly chosen: (page: Page, path: string, act: () => Promise<void>) => Promise<void>;
  /** Ends it in good order. */
  readonly stop: () => Promise<void>;
  /** SIGKILL: nothing gets a chance to clean up. */
  readonly kill: () => Promise<void>;
  /** Starts it on the same data, after ending it where it still runs; gives the page, which may be another one. */
  readonly reopen: () => Promise<Page>;
  /** Ends it, however it is, and what it left. */
  readonly close: () => Promise<void>;
}

export interface HostOptions {
  /** With what lies in it already. Removed by who made it. */
  readonly dataDir: string;
  /** More options of `npm start`; practice is one of them already. */
  readonly args: readonly string[];
  /** More variables of its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Where the browser host's page opens. */
  readonly context: BrowserContext;
  /** The system's colours. */
  readonly dark: boolean;
  /** Told of whatever goes wrong in a page, from as early as the host can hear it. */
  readonly guard: PageGuard;
}

export type Host = (options: HostOptions) => Promise<HostedApp>;

/** What a step of a task needs of the app behind its page. */
export type AppBehind = Pick<HostedApp, 'approveSignIn'>;

const apps = new WeakMap<Page, AppBehind>();

/** From now on this page is known to be the app's. */
export function belongsTo(page: Page, app: AppBehind): Page {
  apps.set(page, app);
  return page;
}

/** Whose page it is. Throws for a page that no host opened. */
export function appOf(page: Page): AppBehind {
  const app = apps.get(page);
  if (app === undefined) throw new Error(`No host opened the page ${page.url()}`);
  return app;
}
