/** The built shell on the stand-in for Electron. */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { decide } from '../../../integration/aws/practice-bench.ts';
import { prepareShell } from '../../../shell/support/prepare-shell.ts';
import type { ShellProcess } from '../../../shell/support/shell-process.ts';
import { belongsTo, type HostedApp, type HostOptions } from '../hosted-app.ts';
import { practiceAddress } from '../practice-address.ts';
import { waitForFile } from '../wait-for-file.ts';

export async function openInShell({ dataDir, args, env, dark, guard }: HostOptions): Promise<HostedApp> {
  const prepared = prepareShell({ dataDir, args: ['--practice', ...args], env, guard });
  const started: ShellProcess[] = [];
  const start = (): ShellProcess => {
    const next = prepared.start();
    started.push(next);
    return next;
  };
  let shell = start();
  let origin = '';
  const open = async (): Promise<Page> => {
    if (dark) await shell.order('system-dark', true);
    const page = belongsTo(await shell.page(), app);
    origin = new URL(page.url()).origin;
    return page;
  };
  const app: HostedApp = {
    get origin() {
      return origin;
    },
    get practiceUrl() {
      return practiceAddress(dataDir);
    },
    dataDir,
    open,
    approveSignIn: async () => void (await decide(await prepared.openedAddress(), 'allow')),
    saved: async (_page, act) => {
      await act();
      const filePath = join(mkdtempSync(join(prepared.home, 'saved-')), 'file');
      await shell.answer('dialog.showSaveDialog', { canceled: false, filePath });
      await waitForFile(filePath);
      return filePath;
    },
    chosen: async (_page, path, act) => {
      await act();
      await shell.answer('dialog.showOpenDialog', { canceled: false, filePaths: [path] });
    },
    stop: async () => void (await shell.quit()),
    kill: () => shell.kill(),
    reopen: async () => {
      if (shell.isAlive()) await shell.quit();
      shell = start();
      return await open();
    },
    close: async () => {
      for (const one of started) await one.kill();
      await prepared.remove();
    },
  };
  return app;
}
