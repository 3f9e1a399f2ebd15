/** The browser host's start, in plain Node: own the data, live or practise, compose, serve on loopback, say where. */
import { homedir } from 'node:os';
import { join } from 'node:path';
import packageFacts from '../../package.json' with { type: 'json' };
import { becomeOwner, summonOwner } from './adapters/storage/owner.ts';
import { createIncidentLog } from './adapters/system/incident-log.ts';
import type { IncidentLog } from './core/ports.ts';
import { createDispatch } from './dispatch/dispatch.ts';
import { createEventHub } from './dispatch/event-hub.ts';
import { defaultDataFolder, modeFolder } from './hosts/data-folder.ts';
import { createDownloads } from './hosts/loopback/downloads.ts';
import { removeLaunchFiles, writeLaunchFile } from './hosts/loopback/launch-file.ts';
import { createPracticeChild, readyPrefix } from './hosts/loopback/practice-child.ts';
import { startLoopback } from './hosts/loopback/server.ts';
import { createUploads } from './hosts/loopback/uploads.ts';
import { originsOf } from './hosts/openable-address.ts';
import { parseStartOptions, type StartOptions } from './hosts/start-options.ts';
import { createBrowserOpener, createSystemBrowser } from './hosts/system-browser.ts';
import { describeStartFailure } from './start-failure.ts';
import { type Mode, startLive, startPractice } from './start-mode.ts';

/** Longer than this nobody waits for an end; what is on its way to AWS is in the ledger and is taken up by the next start. */
const longestEndMs = 1_800;

async function main(): Promise<void> {
  outliveReaders();
  const workDir = process.env.INIT_CWD ?? process.cwd();
  const parsed = parseStartOptions(process.argv.slice(2), { workDir });
  if (parsed.kind === 'refused') {
    process.stderr.write(`${parsed.message}\n`);
    process.exit(1);
  }
  const { options } = parsed;
  const facts = { platform: process.platform, home: homedir(), env: process.env };
  const rootDir = options.dataDir ?? defaultDataFolder(facts);
  const dataDir = modeFolder(rootDir, options.practice);
  try {
    await run(options, rootDir, dataDir);
  } catch (cause) {
    process.stderr.write(`${describeStartFailure(cause, { dataDir, port: options.port })}\n`);
    process.exit(1);
  }
}

async function run(options: StartOptions, rootDir: string, dataDir: string): Promise<void> {
  let show = (): void => undefined;
  const owner = becomeOwner({ dataDir, onSummons: () => show() });
  if (owner === null) {
    summonOwner(dataDir);
    process.stdout.write(`Usage Desk runs on ${dataDir} already: it prints and opens a new address there.\n`);
    process.exit(0);
  }
  removeLaunchFiles(dataDir);
  const mode = options.practice ? await startPractice(dataDir) : startLive();
  const host = await startHost(options, rootDir, dataDir, mode);
  show = () => {
    const address = host.newLaunchAddress();
    process.stdout.write(`${readyPrefix}${address}\n`);
    if (options.openLaunch) void host.openInBrowser(writeLaunchFile(dataDir, address));
  };
  endOnSignals(async () => {
    await host.close();
    await mode.close();
    removeLaunchFiles(dataDir);
    owner.release();
  });
  show();
}

async function startHost(options: StartOptions, rootDir: string, dataDir: string, mode: Mode) {
  const logPath = join(dataDir, 'usage-desk.log');
  const incidents = createIncidentLog({ path: logPath });
  reportDefects(incidents);
  const hub = createEventHub((cause) => void incidents.report(cause, 'event listener'));
  const now = (): number => performance.now();
  const downloads = createDownloads({ now });
  const uploads = createUploads({ now });
  const openInBrowser = createSystemBrowser({
    workerPath: join(import.meta.dirname, 'open-address.mjs'),
    env: mode.originalEnv,
  });
  const practice = createPracticeChild({
    entry: import.meta.filename,
    args: [
      ...['--practice', '--port', '0', '--data-dir', rootDir],
      options.openSignIn ? '--no-launch' : '--no-open',
    ],
    env: mode.originalEnv,
    summon: () => summonOwner(modeFolder(rootDir, true)),
  });
  // Loaded only now: what it brings reads AWS settings and the present.
  const [{ compose }, { findEndpointOverrides }] = await Promise.all([
    import('./compose.ts'),
    import('./adapters/aws/endpoint-overrides.ts'),
  ]);
  const app = await compose({
    appVersion: packageFacts.version,
    practice: options.practice,
    steering: mode.steering,
    dataDir,
    logPath,
    hub,
    incidents,
    host: {
      capabilities: { save: 'download', openBrowser: options.openSignIn, asksBeforeClosing: false },
      save: downloads,
      files: uploads,
      browser: createBrowserOpener({
        open: openInBrowser,
        allowed: options.openSignIn,
        signInOrigins: () => originsOf(findEndpointOverrides(process.env).map(({ url }) => url)),
        incidents,
      }),
      practice,
    },
  });
  mode.onShift(app.timeShifted);
  const dispatch = createDispatch(app.handlers, incidents);
  const pageDir = join(import.meta.dirname, '..', 'renderer');
  const loopback = await startLoopback({
    ...{ dispatch, hub, downloads, uploads, incidents, pageDir, now },
    port: options.port,
  });
  return {
    newLaunchAddress: loopback.newLaunchAddress,
    openInBrowser,
    close: async () => {
      practice.close();
      await loopback.close();
      await app.close();
    },
  };
}

/** Ends once and with code 0, whichever signal came first: a Ctrl-C reaches this process and is passed on to it too. */
function endOnSignals(close: () => Promise<void>): void {
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(0), longestEndMs).unref();
    close().then(
      () => process.exit(0),
      (cause: unknown) => {
        process.stderr.write(`Usage Desk did not end cleanly: ${String(cause)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.on('SIGHUP', end);
  // The app that started this one is gone.
  process.on('disconnect', end);
}

/** Who reads what is printed may go away (`… | head -1`, a closed terminal): a line that can't be written is no reason to end. */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

/** What nobody caught is a defect: the log has it, and only a broken process is worth ending. */
function reportDefects(incidents: IncidentLog): void {
  process.on('unhandledRejection', (cause) => void incidents.report(cause, 'unhandled rejection'));
  process.on('uncaughtException', (cause) => {
    const incidentId = incidents.report(cause, 'uncaught exception');
    process.stderr.write(`Usage Desk met a defect and ended. Its log has it as ${incidentId}.\n`);
    process.exit(1);
  });
}

await main();
