/** `npm run practice-aws`: the simulated AWS alone. */
import { join } from 'node:path';
import { ensureBuilt, ensurePackages, main, ownNode, root, runToTheEnd } from './ensure.mjs';

await main(async () => {
  await ensurePackages();
  await ensureBuilt();
  runToTheEnd(ownNode, [join(root, 'out', 'main', 'practice-aws.mjs'), ...process.argv.slice(2)]);
});
