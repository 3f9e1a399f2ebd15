/** `npm run screenshots`: pictures of the screens, as tests/screenshots has them. */
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { ensureBuilt, ensurePackages, main, ownEnv, ownNode, root, run } from './ensure.mjs';

await main(async () => {
  await ensurePackages();
  await ensureBuilt();
  await ensureChromium();
  const cli = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  const env = { ...ownEnv(), USAGE_DESK_SCREENSHOTS: '1' };
  process.exitCode = await run(ownNode, [cli, 'test', '--project', 'screenshots', ...process.argv.slice(2)], {
    env,
  });
});
