/** A page on which nothing may go wrong unseen: console errors, policy violations, and in a browser of our own requests to the world. */
import { type BrowserContext, expect, type Page } from '@playwright/test';

export interface PageGuard {
  /** Problems so far, in plain words. */
  readonly problems: readonly string[];
  /** Problems that match are what the spec is about, such as console errors when it kills the server. */
  readonly allow: (pattern: RegExp) => void;
  /** Watches every page of the context, those that open later included. */
  readonly watchContext: (context: BrowserContext) => Promise<void>;
  /** Watches a page that is open already, in a browser that is not ours to route. */
  readonly watch: (page: Page) => Promise<void>;
  /** Fails the test when there were problems. */
  readonly expectNone: () => void;
}

const loopback = /^https?:\/\/(127\.0\.0\.1|localhost)(:\d+)?\//;
const inPage = /^(data|blob|about):/;
/** Runs in the page: a violation becomes a console error, which the guard hears. The browser's own report names no directive. */
const tellViolations = `document.addEventListener('securitypolicyviolation', (event) => {
  console.error('policy violation: ' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sourceFile);
});`;

export function createGuard(): PageGuard {
  const problems: string[] = [];
  const allowed: RegExp[] = [];
  const add = (problem: string): void => {
    if (!allowed.some((pattern) => pattern.test(problem))) problems.push(problem);
  };
  const listen = (page: Page): void => {
    page.on('console', (message) => {
      if (message.type() === 'error') add(`console error: ${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => add(`uncaught error: ${error.message}`));
  };
  return {
    problems,
    allow: (pattern) => void allowed.push(pattern),
    watchContext: async (context) => {
      await context.addInitScript({ content: tellViolations });
      await context.route('**/*', async (route) => {
        const url = route.request().url();
        if (loopback.test(url) || inPage.test(url)) return route.continue();
        add(`a request left this computer: ${url}`);
        return route.abort();
      });
      context.on('page', listen);
    },
    watch: async (page) => {
      listen(page);
      await page.evaluate(tellViolations);
    },
    expectNone: () => expect(problems, 'problems of the page').toEqual([]),
  };
}
