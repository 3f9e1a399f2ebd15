/**
 * How long a start takes, from the start of the process to the first contracts, against the least that such a start can be: the same
 * host with an empty page, and the first page of agreements by a bare SDK client. Both in live mode against a simulated AWS in a process of its
 * own, in one Chromium that runs already, each start with a context of its own. The app has started on the same data before.
 * `node tests/bench/start.bench.ts` prints the table; `--quick` makes fewer rounds.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { preparePracticeHome } from '../../src/main/practice/practice-home.ts';
import { startChild } from '../support/child-process.ts';
import { type BenchRow, formatTable } from './support/bench-row.ts';
import { buildEmptyHost } from './support/build-empty-host.ts';
import { alternate, toRow } from './support/measure.ts';
import { type Marks, type Program, timeStart } from './support/timed-start.ts';

const out = resolve(import.meta.dirname, '../../out/main');
const aim = 1.5;

/** Signs in without a person, so that no human pace is measured. */
const profile = 'static-key';

function appProgram(dataDir: string, home: NodeJS.ProcessEnv): Program {
  return {
    args: [join(out, 'serve.mjs'), '--browser', '--no-open', '--port', '0', '--data-dir', dataDir],
    readyPrefix: 'Usage Desk is ready: ',
    env: { ...process.env, ...home },
    steps: [
      { name: 'page', selector: `button[aria-label="Continue with ${profile}"]`, click: true },
      { name: 'contracts', selector: 'tbody a[href*="/contracts/"]' },
    ],
  };
}

/** As a person does once on a computer whose settings lead elsewhere than to AWS. It also makes the ledger and the files. */
async function allowEndpoints(browser: Browser, { args, readyPrefix, env }: Program): Promise<void> {
  const child = await startChild(args, readyPrefix, env);
  const page = await browser.newPage();
  try {
    await page.goto(child.address);
    await page.getByRole('button', { name: 'Allow these addresses' }).click();
    await page.getByText('Calls go to another place than AWS').waitFor();
  } finally {
    await page.close();
    await child.end('SIGTERM');
  }
}

async function emptyProgram(folder: string, home: NodeJS.ProcessEnv): Promise<Program> {
  const { entry, pageDir } = await buildEmptyHost(folder);
  // Keys in the environment are the SDK's shortest way to credentials.
  const keys = {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIAPRACTICEUSAGEKEY',
    AWS_SECRET_ACCESS_KEY: 'practice/only/not/a/secret/0000000000000',
  };
  return {
    args: [entry, pageDir],
    readyPrefix: 'Ready: ',
    env: { ...process.env, ...home, ...keys },
    steps: [
      { name: 'page', selector: '#root[data-step="loaded"], #root[data-step="listed"]' },
      { name: 'contracts', selector: '#root[data-step="listed"]' },
    ],
  };
}

/** The whole, which has the aim, and then its parts. */
function toRows(values: readonly Marks[], baselines: readonly Marks[]): readonly BenchRow[] {
  const between = (from: string | null, to: string) => (marks: Marks) =>
    (marks[to] ?? Number.NaN) - (from === null ? 0 : (marks[from] ?? Number.NaN));
  const row = (name: string, part: (marks: Marks) => number, more: { readonly aim?: number } = {}) =>
    toRow({ name, ...more }, values.map(part), baselines.map(part));
  return [
    row(
      'start of the process to first contracts, to empty page plus first list call',
      between(null, 'contracts'),
      { aim },
    ),
    row('of it: start of the process to launch address', between(null, 'ready')),
    row('of it: launch address to sign-in page, to empty page', between('ready', 'page')),
    row(
      'of it: sign-in click to first contracts, to bare SDK in a fresh process',
      between('page', 'contracts'),
    ),
  ];
}

function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** Needs the build in `out`. About a minute. */
export async function run({
  quick = false,
}: {
  readonly quick?: boolean;
} = {}): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'usage-desk-bench-'));
  const practice = await startChild([join(out, 'practice-aws.mjs')], 'Practice AWS is ready: ');
  const browser = await launchChromium();
  try {
    const home = await preparePracticeHome(join(folder, 'home'), practice.address);
    const app = appProgram(join(folder, 'data'), home);
    await allowEndpoints(browser, app);
    const empty = await emptyProgram(folder, home);
    const { values, baselines } = await alternate({
      rounds: quick ? 3 : 7,
      warmUp: 1,
      value: () => timeStart(browser, app),
      baseline: () => timeStart(browser, empty),
    });
    return toRows(values, baselines);
  } finally {
    await browser.close();
    await practice.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const rows = await run({ quick: process.argv.includes('--quick') });
  process.stdout.write(`${formatTable(rows)}\n`);
}
