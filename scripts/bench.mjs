/** `npm run bench`: every benchmark under tests/bench, and one table of them all; arguments are passed on to each. */
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { ensureBuilt, ensurePackages, main, ownNode, root, run } from './ensure.mjs';

await main(async () => {
  await ensurePackages();
  await ensureBuilt();
  await ensureChromium();
  const runner = join(root, 'tests', 'bench', 'support', 'run-all.ts');
  process.exitCode = await run(ownNode, [
    '--disable-warning=ExperimentalWarning',
    runner,
    ...process.argv.slice(2),
  ]);
});
