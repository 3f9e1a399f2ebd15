/** A page on which nothing may go wrong unseen: console errors, policy violations, requests to the world. */
import type { BrowserContext, Page } from '@playwright/test';

export interface PageGuard {
  /** Problems so far, in plain words. */
  readonly problems: readonly string[];
  /** Console errors that match are expected from now on, such as of a server that the test kills. */
  readonly allow: (pattern: RegExp) => void;
}

const loopback = /^https?:\/\/(127\.0\.0\.1|localhost)(:\d+)?\//;
const inPage = /^(data|blob|about):/;
/** Runs in the page: a violation becomes a console error, which the guard hears. */
const tellViolations = `document.addEventListener('securitypolicyviolation', (event) => {
  console.error('policy violation: ' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sourceFile);
});`;

/** Watches every page of the context, those that open later included. */
export async function guardContext(context: BrowserContext): Promise<PageGuard> {
  const problems: string[] = [];
  const allowed: RegExp[] = [];
  const add = (problem: string): void => {
    if (!allowed.some((pattern) => pattern.test(problem))) problems.push(problem);
  };
  await context.addInitScript({ content: tellViolations });
  await context.route('**/*', async (route) => {
    const url = route.request().url();
    if (loopback.test(url) || inPage.test(url)) return route.continue();
    add(`a request left this computer: ${url}`);
    return route.abort();
  });
  const watch = (page: Page): void => {
    page.on('console', (message) => {
      if (message.type() === 'error') add(`console error: ${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => add(`uncaught error: ${error.message}`));
  };
  context.on('page', watch);
  return { problems, allow: (pattern) => void allowed.push(pattern) };
}
