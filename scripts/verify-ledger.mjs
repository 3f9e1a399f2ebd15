/** `npm run verify-ledger`: verifies a ledger's audit trail from outside the app; it only reads, and the app may run. */
import { join } from 'node:path';
import { ensurePackages, main, ownNode, root, runToTheEnd } from './ensure.mjs';

await main(async () => {
  await ensurePackages();
  // From the sources, so that nothing has to be built first.
  runToTheEnd(ownNode, [join(root, 'src', 'main', 'verify-ledger.ts'), ...process.argv.slice(2)], {
    env: process.env,
  });
});
