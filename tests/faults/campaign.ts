/** `npm run test:faults -- --runs N --seed S [--jobs N] [--report FILE]`: N runs from seed S on. Exit code 1 when an invariant broke. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type RunResult, runFaults } from './fault-run.ts';

const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { runs: text, seed: text, jobs: text, report: text } });
const runs = Number(values.runs ?? 20);
const firstSeed = Number(values.seed ?? 1);
const jobs = Number(values.jobs ?? 2);

const results: RunResult[] = [];
const failed: { readonly seed: number; readonly why: readonly string[] }[] = [];
const startedMs = performance.now();
let nextSeed = firstSeed;
let isEnding = false;
// The runs that have begun end, and the sum is told of those.
process.once('SIGINT', () => {
  isEnding = true;
});

async function work(): Promise<void> {
  while (nextSeed < firstSeed + runs && !isEnding) {
    const seed = nextSeed;
    nextSeed += 1;
    const fromMs = performance.now();
    const outcome = await tryRun(seed);
    const seconds = Math.round((performance.now() - fromMs) / 1_000);
    if (seconds > 30) process.stdout.write(`seed ${seed} took ${seconds} s\n`);
    if (outcome.result) results.push(outcome.result);
    if (outcome.why.length > 0) {
      failed.push({ seed, why: outcome.why });
      process.stdout.write(`seed ${seed} FAILED\n  ${outcome.why.slice(0, 5).join('\n  ')}\n`);
    } else if (results.length % 10 === 0) {
      const sinceMs = performance.now() - startedMs;
      process.stdout.write(
        `${results.length} runs, ${failed.length} failed, ${Math.round(sinceMs / 1_000)} s\n`,
      );
    }
  }
}

async function tryRun(seed: number): Promise<{ result: RunResult | null; why: readonly string[] }> {
  try {
    const result = await runFaults(seed);
    return { result, why: result.violations };
  } catch (cause) {
    return { result: null, why: [cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)] };
  }
}

function summary(): string {
  const sum = (pick: (result: RunResult) => number): string =>
    results.reduce((total, result) => total + pick(result), 0).toLocaleString('en-US');
  const faults = new Map<string, number>();
  for (const result of results) {
    for (const [kind, count] of Object.entries(result.faults))
      faults.set(kind, (faults.get(kind) ?? 0) + count);
  }
  const rows: readonly (readonly [string, string])[] = [
    ['Runs', `${nextSeed - firstSeed} (seeds ${firstSeed} to ${nextSeed - 1})`],
    [
      'Failed',
      String(failed.length) + (failed.length > 0 ? `: ${failed.map(({ seed }) => seed).join(', ')}` : ''),
    ],
    ['Records confirmed', sum((one) => one.records)],
    ['… accepted', sum((one) => one.accepted)],
    ['… rejected', sum((one) => one.rejected)],
    ['… taken back', sum((one) => one.withdrawn)],
    ['… settled by CloudTrail', sum((one) => one.byTrail)],
    ['… decided by the person on the evidence', sum((one) => one.byPerson)],
    ['Calls', sum((one) => one.calls)],
    ['… beside another of their product', sum((one) => one.callsBeside)],
    ['Records in them', sum((one) => one.recordsSent)],
    ['SIGKILLs', sum((one) => one.kills)],
    ['Faults met by calls', sum((one) => Object.values(one.faults).reduce((all, count) => all + count, 0))],
    ...[...faults]
      .sort((a, b) => b[1] - a[1])
      .map(([kind, count]) => [`… ${kind}`, count.toLocaleString('en-US')] as const),
  ];
  return rows.map(([name, value]) => `| ${name} | ${value} |`).join('\n');
}

await Promise.all(Array.from({ length: jobs }, work));
const table = `| | |\n| --- | ---: |\n${summary()}\n`;
process.stdout.write(`\n${table}`);
if (values.report !== undefined) writeFileSync(values.report, table);
process.exitCode = failed.length === 0 ? 0 : 1;
