/** A process that owns the data folder given as its argument, says so, and tells of each summons until it is killed. */
import { becomeOwner } from '../../src/main/adapters/storage/owner.ts';

const [dataDir = ''] = process.argv.slice(2);
const owner = becomeOwner({ dataDir, onSummons: () => void process.stdout.write('summoned\n') });
process.stdout.write(owner === null ? 'taken\n' : 'owner\n');
if (owner !== null) setInterval(() => undefined, 60_000);
