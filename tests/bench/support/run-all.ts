/**
 * Runs every benchmark of the folder above, one after the other, and prints one table. `--quick` goes to each. A missed aim is
 * marked in the table; only a benchmark that broke gives exit code 1.
 */
import { fork } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type BenchRow, formatTable, meetsAim } from './bench-row.ts';

const folder = resolve(import.meta.dirname, '..');
const say = (line: string) => process.stderr.write(`${line}\n`);

/** Its rows, or null when it broke, which it says on stderr itself. */
function runOne(file: string): Promise<readonly BenchRow[] | null> {
  return new Promise((done) => {
    let rows: readonly BenchRow[] | null = null;
    const child = fork(
      join(import.meta.dirname, 'run-one.ts'),
      [join(folder, file), ...process.argv.slice(2)],
      { execArgv: ['--disable-warning=ExperimentalWarning'] },
    );
    child.on('message', (message) => {
      rows = message as readonly BenchRow[];
    });
    child.once('exit', () => done(rows));
  });
}

const rows: BenchRow[] = [];
const files = readdirSync(folder).filter((name) => name.endsWith('.bench.ts'));
for (const file of files.sort()) {
  say(`${file} …`);
  const measured = await runOne(file);
  if (measured === null) {
    say(`${file} broke: its rows are missing.`);
    process.exitCode = 1;
  } else rows.push(...measured);
}
process.stdout.write(`${formatTable(rows)}\n`);
const missed = rows.filter((row) => !meetsAim(row)).length;
if (missed > 0) say(`Aims missed: ${missed}. The table marks them.`);
