/** Runs one benchmark in this process, so that none inherits another's heap, and sends its rows to the parent. */
import type { BenchRow } from './bench-row.ts';

const [file = '', ...args] = process.argv.slice(2);
const bench: {
  readonly run: (options: { readonly quick: boolean }) => Promise<readonly BenchRow[]>;
} = await import(file);
const rows = await bench.run({ quick: args.includes('--quick') });
process.send?.(rows, () => process.exit(0));
