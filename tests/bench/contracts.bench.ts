/**
 * Ten thousand contracts: the list in the core against a bare SDK paginator over the same pages, and in the page, which begins with the kept list,
 * against an empty frame and an empty list. AWS's rates are out of the way, as they are the same for both. Needs the build in `out`; memory is
 * read from /proc, so on Linux only. `node tests/bench/contracts.bench.ts` prints the table; `--quick` makes fewer rounds.
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { preparePracticeHome } from '../../src/main/practice/practice-home.ts';
import { startChild } from '../support/child-process.ts';
import { type BenchRow, formatTable } from './support/bench-row.ts';
import { readBare, readByApp } from './support/contract-lists.ts';
import { lookAtList } from './support/list-in-page.ts';
import { alternate, median, toRow } from './support/measure.ts';

const practiceEntry = resolve(import.meta.dirname, '../../src/main/practice/practice-main.ts');
/** Two frames at 60 a second: what a key press may cost beyond an empty frame. */
const twoFramesMs = 32;
const mostCoreMiB = 150;

const beyond = (name: string, value: number, limit: number, unit?: string): BenchRow => ({
  name,
  value,
  baseline: limit,
  ratio: value / limit,
  aim: 1,
  ...(unit === undefined ? {} : { unit }),
});

export async function run({
  quick = false,
}: {
  readonly quick?: boolean;
} = {}): Promise<readonly BenchRow[]> {
  const contracts = quick ? 2_000 : 10_000;
  const folder = mkdtempSync(join(tmpdir(), 'usage-desk-bench-'));
  const practice = await startChild(
    [practiceEntry, '--agreements', String(contracts), '--seed', '7'],
    'Practice AWS is ready: ',
  );
  const steer = async (path: string, body: unknown): Promise<void> => {
    await fetch(`${practice.address}/_practice/${path}`, { method: 'PUT', body: JSON.stringify(body) });
  };
  try {
    await steer('behaviour', { rateLimits: false });
    const home = await preparePracticeHome(join(folder, 'home'), practice.address);
    for (const [setting, value] of Object.entries(home)) {
      if (value === undefined) delete process.env[setting];
      else process.env[setting] = value;
    }
    const full = join(folder, 'full');
    const live = (dataDir: string) => join(dataDir, 'live');
    const starts = await alternate({
      rounds: quick ? 5 : 9,
      warmUp: 2,
      value: (round) => readByApp(live(join(folder, `start-${round}`)), 'first-rows'),
      baseline: () => readBare('first-page'),
    });
    const lists = await alternate({
      rounds: quick ? 1 : 3,
      warmUp: 0,
      value: (round) => readByApp(live(round === 0 ? full : join(folder, `data-${round}`)), 'refreshed'),
      baseline: () => readBare('last-page'),
    });
    // At AWS's rate a refresh takes longer than the look at the page: the kept list stands still.
    await steer('faults', [
      { operation: 'SearchAgreements', kind: 'AccessDeniedException', times: 'always' },
    ]);
    const withList = await lookAtList({ dataDir: full, env: home, rounds: quick ? 8 : 20, rows: contracts });
    await steer('faults', []);
    await steer('default-world', { agreements: 0 });
    // What the list's app was told of the endpoint holds for this one as well.
    const none = join(folder, 'none');
    mkdirSync(live(none), { recursive: true });
    copyFileSync(join(live(full), 'preferences.json'), join(live(none), 'preferences.json'));
    const withNone = await lookAtList({ dataDir: none, env: home, rounds: 0, rows: 0 });
    const name = `${contracts} contracts`;
    return [
      toRow(
        { name: 'first rows of the list, to the first page’s own time', aim: 1.2 },
        starts.values.map((list) => list.firstRowsMs),
        starts.baselines.map((list) => list.firstPageMs),
      ),
      toRow(
        { name: `complete list of ${name}, active ones first and then all, to the bare paginator` },
        lists.values.map((list) => list.completeMs),
        lists.baselines.map((list) => list.completeMs),
      ),
      toRow(
        { name: `complete refresh of ${name}, to the bare paginator`, aim: 1.5 },
        lists.values.map((list) => list.refreshedMs),
        lists.baselines.map((list) => list.completeMs),
      ),
      beyond(
        'key press to painted result, beyond an empty frame',
        median(withList.keyMs) - median(withList.frameMs),
        twoFramesMs,
      ),
      beyond(
        'sort to painted result, beyond an empty frame',
        median(withList.sortMs) - median(withList.frameMs),
        twoFramesMs,
      ),
      beyond(
        'next page to painted result, beyond an empty frame',
        median(withList.pageMs) - median(withList.frameMs),
        twoFramesMs,
      ),
      toRow(
        { name: `start to the kept list of ${name}, to the start with none` },
        [withList.startMs],
        [withNone.startMs],
      ),
      beyond(
        `memory of the core at ${name}, beyond an empty list`,
        withList.coreMiB - withNone.coreMiB,
        mostCoreMiB,
        'MiB',
      ),
      beyond(
        `memory of the page at ${name}, beyond an empty list`,
        withList.pageMiB - withNone.pageMiB,
        mostCoreMiB,
        'MiB',
      ),
    ];
  } finally {
    await practice.end('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

if (import.meta.main) {
  const rows = await run({ quick: process.argv.includes('--quick') });
  process.stdout.write(`${formatTable(rows)}\n`);
  process.exit();
}
