/** Pages on which nothing may go wrong unseen: console errors, policy violations, and requests to the world. */
import { type BrowserContext, type ConsoleMessage, expect, type Page } from '@playwright/test';
import { tellViolations } from '../../support/tell-violations.ts';

export interface PageGuard {
  /** All that was heard, in plain words, also what was expected. */
  readonly heard: readonly string[];
  /** Problems that match are what the spec is about, such as console errors when it kills the server. */
  readonly allow: (pattern: RegExp) => void;
  /** Tells of a problem that somebody else heard, such as the stand-in for Electron in its own windows. */
  readonly tell: (problem: string) => void;
  /** Watches every page of the context, those that open later included. */
  readonly watchContext: (context: BrowserContext) => Promise<void>;
  /** Watches a page that is open already, in a browser that is not ours to route; hears what it has said before. */
  readonly watch: (page: Page) => Promise<void>;
  /** Fails the test when there were problems. What comes later, such as a page that misses its app, is not heard. */
  readonly expectNone: () => void;
}

const loopback = /^https?:\/\/(127\.0\.0\.1|localhost)(:\d+)?\//;
const onThisComputer = /^(data|blob|about|file):/;

export function createGuard(): PageGuard {
  const heard: string[] = [];
  const problems: string[] = [];
  const allowed: RegExp[] = [];
  let over = false;
  const tell = (problem: string): void => {
    if (over) return;
    heard.push(problem);
    if (!allowed.some((pattern) => pattern.test(problem))) problems.push(problem);
  };
  const tellMessage = (message: ConsoleMessage): void => {
    if (message.type() === 'error') tell(`console error: ${message.text()} (${message.location().url})`);
  };
  const tellError = (error: Error): void => tell(`uncaught error: ${error.message}`);
  const listen = (page: Page): void => {
    page.on('console', tellMessage);
    page.on('pageerror', tellError);
  };
  return {
    heard,
    allow: (pattern) => void allowed.push(pattern),
    tell,
    watchContext: async (context) => {
      await context.addInitScript({ content: tellViolations });
      // Heard, not held back: no name is looked up in this browser (`playwright.config.ts`), and a route would take every request apart.
      context.on('request', (request) => {
        const url = request.url();
        if (!loopback.test(url) && !onThisComputer.test(url)) tell(`a request left this computer: ${url}`);
      });
      context.on('page', listen);
    },
    watch: async (page) => {
      listen(page);
      for (const message of await page.consoleMessages()) tellMessage(message);
      for (const error of await page.pageErrors()) tellError(error);
      await page.addInitScript({ content: tellViolations });
      await page.evaluate(tellViolations);
    },
    expectNone: () => {
      over = true;
      expect(problems, 'problems of the page').toEqual([]);
    },
  };
}
