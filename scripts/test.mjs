/**
 * `npm test`: style, types, unit and integration tests, the build, and the end-to-end tests in Chromium, on a machine that
 * may have nothing yet. `npm run test:all` adds another time zone and every spec of the desktop window. Every step runs even when one before it failed; the last line is the sum of all tests.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { ensureBuilt, ensurePackages, main, ownEnv, ownNode, root, run, say } from './ensure.mjs';

const all = process.argv.includes('--all');
const reports = mkdtempSync(join(tmpdir(), 'usage-desk-test-'));
const env = { ...ownEnv(), TZ: 'UTC', CI: process.env.CI ?? '1' };
const tool = (path) => join(root, 'node_modules', ...path.split('/'));
const node = (path, args, more = env) => run(ownNode, [tool(path), ...args], { env: more });
let passed = 0;
let failed = 0;

await main(async () => {
  await ensurePackages();
  await check('format and lint', () =>
    node('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']),
  );
  await check('types of the core', () => node('typescript/bin/tsc', ['-p', 'tsconfig.node.json']));
  await check('types of the page', () => node('typescript/bin/tsc', ['-p', 'tsconfig.web.json']));
  await vitest(env, 'vitest.json');
  // Half-hour zones and the other half of the world find what UTC hides.
  if (all) await vitest({ ...env, TZ: 'Asia/Kolkata' }, 'vitest-kolkata.json');
  const built = await check('build', ensureBuilt);
  if (built) await playwright();
  rmSync(reports, { recursive: true, force: true });
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
});

/** One check counts as one test. */
async function check(name, step) {
  const problem = await outcomeOf(step);
  process.stdout.write(`${name}: ${problem === null ? 'passed' : `FAILED (${problem})`}\n`);
  if (problem === null) passed += 1;
  else failed += 1;
  return problem === null;
}

async function outcomeOf(step) {
  try {
    const code = await step();
    return code === undefined || code === 0 ? null : `exit code ${code}`;
  } catch (cause) {
    return cause.message;
  }
}

async function vitest(environment, name) {
  const file = join(reports, name);
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await node('vitest/vitest.mjs', args, environment);
  const report = readJson(file);
  count('vitest', code, report?.numPassedTests ?? 0, report?.numFailedTests ?? 0);
}

async function playwright() {
  const file = join(reports, 'playwright.json');
  try {
    await ensureChromium();
  } catch (cause) {
    say(cause.message);
    count('playwright', 1, 0, 0);
    return;
  }
  const more = { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file, ...(all ? { USAGE_DESK_TEST_ALL: '1' } : {}) };
  const code = await node('@playwright/test/cli.js', ['test', '--reporter=list,json'], more);
  const stats = readJson(file)?.stats;
  count('playwright', code, (stats?.expected ?? 0) + (stats?.flaky ?? 0), stats?.unexpected ?? 0);
}

/** A runner that failed without a failed test, such as one that could not start, counts as one failure. */
function count(name, code, ofPassed, ofFailed) {
  const reallyFailed = code !== 0 && ofFailed === 0 ? 1 : ofFailed;
  process.stdout.write(`${name}: ${ofPassed} tests passed and ${reallyFailed} failed\n`);
  passed += ofPassed;
  failed += reallyFailed;
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
