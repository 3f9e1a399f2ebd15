/** The built shell in real Electron. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { electronBinary, projectFolder } from '../../../desktop/support/electron-binary.ts';
import { decide } from '../../../integration/aws/practice-bench.ts';
import { belongsTo, type HostedApp, type HostOptions } from '../hosted-app.ts';
import { practiceAddress } from '../practice-address.ts';
import { waitForFile } from '../wait-for-file.ts';

export async function openInElectron({ dataDir, args, env, dark, guard }: HostOptions): Promise<HostedApp> {
  const start = (): Promise<ElectronApplication> =>
    _electron.launch({
      executablePath: electronBinary,
      // Nothing is opened outside: the address of the sign-in page stands in the page.
      args: [projectFolder, '--practice', '--no-open', '--data-dir', dataDir, ...args],
      cwd: projectFolder,
      env: { ...textsOf(process.env), TZ: 'Europe/Berlin', ...env },
    });
  const saves = mkdtempSync(join(tmpdir(), 'usage-desk-saved-'));
  let electron = await start();
  let running = true;
  let origin = '';
  const end = async (): Promise<void> => {
    if (running) await electron.close();
    running = false;
  };
  const open = async (): Promise<Page> => {
    const page = belongsTo(await electron.firstWindow(), app);
    await page.waitForLoadState();
    if (dark) await page.emulateMedia({ colorScheme: 'dark' });
    origin = originOf(page.url());
    await guard.watch(page);
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
    approveSignIn: async (page) => {
      const link = page.getByRole('link', { name: /open the sign-in page/i });
      await decide((await link.getAttribute('href')) ?? '', 'allow');
    },
    saved: async (_page, act) => {
      const filePath = join(mkdtempSync(join(saves, 'file-')), 'file');
      await electron.evaluate(({ dialog }, path) => {
        dialog.showSaveDialog = async () => ({ canceled: false, filePath: path });
      }, filePath);
      await act();
      await waitForFile(filePath);
      return filePath;
    },
    chosen: async (_page, path, act) => {
      await electron.evaluate(({ dialog }, filePath) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
      }, path);
      await act();
    },
    stop: end,
    kill: async () => {
      const child = electron.process();
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
      running = false;
    },
    reopen: async () => {
      await end();
      electron = await start();
      running = true;
      return await open();
    },
    close: async () => {
      await end();
      rmSync(saves, { recursive: true, force: true });
    },
  };
  return app;
}

/** Node's parser gives schemes of one's own no origin. */
function originOf(address: string): string {
  const { protocol, host } = new URL(address);
  return `${protocol}//${host}`;
}

const textsOf = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
