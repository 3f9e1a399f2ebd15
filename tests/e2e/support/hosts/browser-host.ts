/** The loopback server, and Chromium in the place of the person's browser. */
import { type Download, expect, type Page } from '@playwright/test';
import { startApp } from '../../../browser/support/running-app.ts';
import { belongsTo, type HostedApp, type HostOptions } from '../hosted-app.ts';

export async function openInBrowser({ dataDir, args, env, context }: HostOptions): Promise<HostedApp> {
  const running = await startApp({ dataDir, args, env });
  let page: Page | null = null;
  const enter = async (): Promise<Page> => {
    page ??= belongsTo(await context.newPage(), app);
    await page.goto(running.launchAddress);
    return page;
  };
  const app: HostedApp = {
    get origin() {
      return running.origin;
    },
    get practiceUrl() {
      return running.practiceUrl;
    },
    dataDir,
    open: enter,
    approveSignIn,
    saved: async (from, act) => {
      const [download] = await Promise.all([from.waitForEvent('download', isMain), act()]);
      return await download.path();
    },
    chosen: async (from, path, act) => {
      const [chooser] = await Promise.all([from.waitForEvent('filechooser'), act()]);
      await chooser.setFiles(path);
    },
    stop: async () => void (await running.stop()),
    kill: running.kill,
    reopen: async () => {
      await running.restart();
      return await enter();
    },
    close: async () => void (await running.stop()),
  };
  return app;
}

/** Not the file beside a CSV, a download of its own that may come first. */
const isMain = (download: Download): boolean => !download.suggestedFilename().endsWith('.csv.json');

/** In the window that the page's link opens, as in any browser. */
export async function approveSignIn(page: Page): Promise<void> {
  const link = page.getByRole('link', { name: /open the sign-in page/i });
  const [popup] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  await popup.getByRole('button', { name: /allow/i }).click();
  await expect(popup.getByText(/close/i).first()).toBeVisible();
  await popup.close();
}
