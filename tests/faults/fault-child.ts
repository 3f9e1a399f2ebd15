/**
 * The core without a page, to be killed: takes calls as lines of JSON, answers with lines of JSON, and lives at the instant it is
 * told. `node fault-child.ts DATA_DIR SHIFT_MS CALLS_PER_SECOND`.
 */
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { installShiftedDate } from '../../src/main/adapters/system/shifted-date.ts';

const [dataDir = '', shiftMs = '0', callsPerSecond = ''] = process.argv.slice(2);
const date = installShiftedDate();
date.shiftTo(Number(shiftMs));
// Loaded only now: what it brings may keep a reference to `Date`.
const [{ compose }, { createDispatch }, { createEventHub }, { ok }] = await Promise.all([
  import('../../src/main/compose.ts'),
  import('../../src/main/dispatch/dispatch.ts'),
  import('../../src/main/dispatch/event-hub.ts'),
  import('../../src/contract/result.ts'),
]);

const say = (line: unknown): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
const incidents = {
  report: (cause: unknown, context: string): string => {
    say({
      incident: `${context}: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`,
    });
    return 'incident';
  },
  note: () => undefined,
};
const app = await compose({
  appVersion: '0.0.0-faults',
  practice: true,
  dataDir,
  logPath: join(dataDir, 'log.txt'),
  hub: createEventHub(),
  incidents,
  tuning: {
    meteringTimeouts: { connectionTimeout: 300, requestTimeout: 300, wholeCall: 400 },
    meteringCallsPerSecond: callsPerSecond === '' ? Number.POSITIVE_INFINITY : Number(callsPerSecond),
    trailLookupsPerSecond: Number.POSITIVE_INFINITY,
  },
  host: {
    capabilities: { save: 'dialog', openBrowser: false, asksBeforeClosing: false },
    save: {
      saveText: () => Promise.resolve(ok({ kind: 'cancelled' })),
      saveBytes: () => Promise.resolve(ok({ kind: 'cancelled' })),
    },
    files: { open: () => Promise.resolve(ok({ kind: 'cancelled' })) },
    browser: { open: () => Promise.resolve(false) },
    practice: { start: () => Promise.resolve(ok({ kind: 'restarting' })) },
  },
});
const dispatch = createDispatch(app.handlers, incidents);

createInterface({ input: process.stdin }).on('line', (line) => {
  const order = JSON.parse(line) as { id: number; call?: string; input?: unknown; shiftMs?: number };
  if (order.shiftMs !== undefined) {
    date.shiftTo(order.shiftMs);
    app.timeShifted();
    say({ id: order.id, result: null });
    return;
  }
  dispatch(order.call ?? '', order.input).then(
    (result) => say({ id: order.id, result }),
    (cause: unknown) => incidents.report(cause, 'dispatch'),
  );
});
process.stdin.on('end', () => void app.close().then(() => process.exit(0)));
say({ ready: true });
