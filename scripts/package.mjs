/**
 * `npm run package`: the app as a person without Node gets it, in `dist`, for this computer's system. Arguments go to electron-builder. Where no
 * Electron binary can be had it says so and packages nothing.
 */
import { join } from 'node:path';
import { findDistribution } from './electron-binary.mjs';
import { ensureBuilt, ensurePackages, main, ownNode, root, run, say } from './ensure.mjs';

await main(async () => {
  await ensurePackages();
  await ensureBuilt();
  const { folder, reason } = await findDistribution();
  if (folder === undefined) {
    say(`Nothing was packaged, because ${reason}. Name the folder of one in ELECTRON_OVERRIDE_DIST_PATH.`);
    process.exitCode = 1;
    return;
  }
  const builder = join(root, 'node_modules', 'electron-builder', 'cli.js');
  // The distribution that is here already: the packager would download another.
  const config = ['--config', 'electron-builder.config.ts', `--config.electronDist=${folder}`];
  process.exitCode = await run(ownNode, [builder, ...config, '--publish', 'never', ...process.argv.slice(2)]);
});
