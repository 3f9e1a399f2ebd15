/**
 * What a host adds to a call: the same calls to the same core through each way that a page has, against in-process dispatch and against a
 * bare HTTP server without gate and session. Client and server share one process and one thread.
 * `node tests/bench/hosts.bench.ts` prints the table; `--quick` makes fewer rounds.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallName } from '../../src/contract/calls.ts';
import { type BenchRow, formatTable } from './support/bench-row.ts';
import { type ComposedApp, composeApp } from './support/composed-app.ts';
import { agreementOf, pageSize } from './support/ledger-stores.ts';
import { compare } from './support/measure.ts';
import { inProcess, throughBareHttp, throughLoopback, type Way } from './support/ways.ts';

interface Asked {
  readonly title: string;
  readonly name: CallName;
  readonly input: unknown;
}

const asked: readonly Asked[] = [
  { title: 'system.status', name: 'system.status', input: {} },
  {
    title: `usage.list of ${pageSize} records`,
    name: 'usage.list',
    input: { agreementId: agreementOf(0), status: null, cursor: null, limit: pageSize },
  },
];

/** Twenty contracts, so that each has more than one page. */
const recordCount = 2_000;

/** A call that fails fast would look like a fast call. */
function check(title: string, answer: unknown): void {
  const ok = typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === true;
  if (!ok) throw new Error(`${title} failed: ${JSON.stringify(answer)}`);
}

function times(way: Way, { title, name, input }: Asked) {
  return async () => check(title, await way.call(name, input));
}

/** Pairs of a way and what it is compared with. Another host is one more pair. */
async function openWays(app: ComposedApp, folder: string): Promise<readonly (readonly [Way, Way])[]> {
  const loopback = await throughLoopback(app, folder);
  return [
    [loopback, await throughBareHttp(app)],
    [loopback, inProcess(app)],
  ];
}

/** A few seconds. */
export async function run({
  quick = false,
}: {
  readonly quick?: boolean;
} = {}): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'usage-desk-bench-'));
  const app = await composeApp(join(folder, 'data'), recordCount);
  const pairs = await openWays(app, folder);
  try {
    const rows: BenchRow[] = [];
    for (const [way, against] of pairs) {
      for (const one of asked) {
        rows.push(
          await compare({
            name: `${one.title} through ${way.name}, to ${against.name}`,
            rounds: quick ? 300 : 2_000,
            value: times(way, one),
            baseline: times(against, one),
          }),
        );
      }
    }
    return rows;
  } finally {
    for (const way of new Set(pairs.flat())) await way.close();
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const rows = await run({ quick: process.argv.includes('--quick') });
  process.stdout.write(`${formatTable(rows)}\n`);
}
