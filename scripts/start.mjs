/** `npm start`: installs and builds what is missing, then runs the desktop host, or the browser host where it can't be had. */
import { join } from 'node:path';
import { findElectron } from './electron-binary.mjs';
import { ensureBuilt, ensurePackages, main, ownNode, root, runToTheEnd, say } from './ensure.mjs';

const args = process.argv.slice(2);

await main(async () => {
  await ensurePackages();
  await ensureBuilt();
  const electron = args.includes('--browser') ? null : await findElectron();
  if (electron?.path) {
    runToTheEnd(electron.path, [root, ...args], { env: process.env });
    return;
  }
  if (electron !== null) say(`Usage Desk runs in your browser, because ${electron.reason}.`);
  // The person's own environment: what the app starts must not find this project's tools first.
  runToTheEnd(ownNode, [join(root, 'out', 'main', 'serve.mjs'), ...args], {
    env: process.env,
    channel: true,
  });
});
