/** `npm run test:faults -- --runs N --seed S [--jobs N] [--report FILE]`: the fault campaign, see tests/faults. */
import { join } from 'node:path';
import { ensurePackages, main, ownNode, root, run } from './ensure.mjs';

await main(async () => {
  await ensurePackages();
  process.exitCode = await run(ownNode, [
    '--disable-warning=ExperimentalWarning',
    join(root, 'tests', 'faults', 'campaign.ts'),
    ...process.argv.slice(2),
  ]);
});
