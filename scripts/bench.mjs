/** `npm run bench`: every benchmark under tests/bench, one after the other; arguments are passed on to each. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { ensureBuilt, ensurePackages, main, ownNode, root, run, say } from './ensure.mjs';

await main(async () => {
  await ensurePackages();
  await ensureBuilt();
  await ensureChromium();
  const folder = join(root, 'tests', 'bench');
  const files = readdirSync(folder).filter((name) => name.endsWith('.bench.ts'));
  let failed = false;
  for (const file of files.sort()) {
    process.stdout.write(`\n${file}\n\n`);
    const code = await run(ownNode, [
      '--disable-warning=ExperimentalWarning',
      join(folder, file),
      ...process.argv.slice(2),
    ]);
    if (code !== 0) failed = true;
  }
  if (failed) say('\nA benchmark failed or missed its aim.');
  process.exitCode = failed ? 1 : 0;
});
