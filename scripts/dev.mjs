/** `npm run dev`: hot reload in the desktop host, or with `--browser`, or where that can't be had, in the browser. */
import { join } from 'node:path';
import { findElectron } from './electron-binary.mjs';
import { ensureBuilt, ensurePackages, main, ownNode, root, runToTheEnd, say } from './ensure.mjs';

const args = process.argv.slice(2);

await main(async () => {
  await ensurePackages();
  await ensureBuilt();
  const electron = args.includes('--browser') ? null : await findElectron();
  if (electron?.path) {
    const cli = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
    runToTheEnd(ownNode, [cli, '--watch', '--', ...args]);
    return;
  }
  if (electron !== null) say(`Usage Desk runs in your browser, because ${electron.reason}.`);
  runToTheEnd(ownNode, [join(root, 'scripts', 'dev-browser.mjs'), ...args]);
});
