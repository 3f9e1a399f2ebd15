/**
 * The sender against a bare loop over the same SDK client with the same batches side by side and no ledger; how many calls one bad record in a
 * hundred costs; and, at AWS's rate, how much of it is used, also when all is of one product and AWS is far away.
 * `node tests/bench/sender.bench.ts`; `--quick` takes fewer records.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createMeteringGateway } from '../../src/main/adapters/aws/metering.ts';
import { openLedger } from '../../src/main/adapters/storage/ledger/open-ledger.ts';
import { createSystemClock } from '../../src/main/adapters/system/system-clock.ts';
import { recordsPerCall } from '../../src/main/core/domain/metering-body.ts';
import type { NewUsageRecord, StoredRecord } from '../../src/main/core/domain/usage-record.ts';
import type { MeteringGateway } from '../../src/main/core/ports.ts';
import { createSender } from '../../src/main/core/services/sender.ts';
import { freshState } from '../support/fresh-state.ts';
import { type BenchRow, formatTable } from './support/bench-row.ts';
import { alternate, median } from './support/measure.ts';
import { type MeteringBench, startMeteringBench } from './support/metering-bench.ts';

const sizes = { records: 10_000, rounds: 3, callsAtRate: 150 };
const quickSizes = { records: 2_000, rounds: 2, callsAtRate: 50 };
const callsAtOnce = 4;
/** As from another continent. */
const slowAnswerMs = 300;

interface Sent {
  readonly seconds: number;
  readonly calls: number;
  /** Of this process: ledger, sender and SDK. */
  readonly cpuSeconds: number;
}

/** Sends everything through the ledger and the sender. */
async function sendAll(
  bench: MeteringBench,
  all: readonly NewUsageRecord[],
  callsPerSecond: number,
): Promise<Sent> {
  await bench.steer('DELETE', 'metered');
  const clock = createSystemClock();
  const opened = openLedger({ path: join(bench.dir, `${randomUUID()}.sqlite`), now: clock.now });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  const ledger = opened.value;
  const identity = {
    ...{ profile: 'bench', accountId: bench.sellerAccountId, accountName: null, roleName: null },
    principalArn: `arn:aws:iam::${bench.sellerAccountId}:user/bench`,
  };
  const byContract = Map.groupBy(all, (record) => record.agreementId);
  for (const ofContract of byContract.values()) {
    const submitted = ledger.submit({
      submissionId: randomUUID(),
      reviewId: randomUUID(),
      reviewHash: '0'.repeat(64),
      reviewedMs: clock.now(),
      confirmedMs: clock.now(),
      confirmationText: 'bench',
      reviewJson: '{}',
      sellerAccountId: bench.sellerAccountId,
      sellerRoleName: null,
      sellerPrincipalArn: identity.principalArn,
      profile: 'bench',
      records: ofContract,
    });
    if (!submitted.ok) throw new Error(JSON.stringify(submitted.error));
  }
  let calls = 0;
  const gateway = createMeteringGateway({ connection: bench.connection, clock });
  const counted: MeteringGateway = {
    ...gateway,
    prepare: async (sellerAccountId) => {
      const prepared = await gateway.prepare(sellerAccountId);
      if (!prepared.ok) return prepared;
      const send: typeof prepared.value.send = (request) => {
        calls += 1;
        return prepared.value.send(request);
      };
      return { ok: true, value: { ...prepared.value, send } };
    },
  };
  const done = Promise.withResolvers<void>();
  const isDone = (): boolean => {
    const counts = ledger.counts(null);
    return counts.ok && counts.value.pending === 0;
  };
  const sender = createSender({
    ledger,
    gateway: counted,
    clock,
    session: {
      identity: () => identity,
      view: () => ({ state: 'signed-out', problem: null }),
      noteEnd: (problem) => done.reject(new Error(problem.kind)),
    },
    incidents: {
      report: (cause) => {
        done.reject(cause);
        return '';
      },
      note: () => undefined,
    },
    // The end is looked for only near the end, so that looking costs nothing.
    publish: () => {
      if (calls >= Math.floor(all.length / recordsPerCall) && isDone()) done.resolve();
    },
    random: Math.random,
    callsPerSecond,
    closePatienceMs: 1_000,
  });
  const startedMs = performance.now();
  const cpu = process.cpuUsage();
  sender.start();
  await done.promise;
  const seconds = (performance.now() - startedMs) / 1_000;
  const used = process.cpuUsage(cpu);
  await sender.close();
  ledger.close();
  return { seconds, calls, cpuSeconds: (used.user + used.system) / 1e6 };
}

/** What a call needs of a record is all in what was confirmed. */
function asStored(record: NewUsageRecord): StoredRecord {
  return {
    ...record,
    ...{
      submissionId: '',
      submittedMs: 0,
      sellerAccountId: '',
      sellerRoleName: null,
      sellerPrincipalArn: '',
    },
    ...freshState,
    phase: 'sending',
    attemptCount: 1,
  };
}

/** The same batches through the same client, as many side by side as the sender has, and nothing kept. */
async function sendBare(bench: MeteringBench, all: readonly NewUsageRecord[]): Promise<Sent> {
  await bench.steer('DELETE', 'metered');
  const gateway = createMeteringGateway({ connection: bench.connection, clock: createSystemClock() });
  const lanes = Map.groupBy(all, (record) => record.productId).values();
  const batches = [...lanes].flatMap((lane) =>
    Array.from({ length: Math.ceil(lane.length / recordsPerCall) }, (_, at) =>
      lane.slice(at * recordsPerCall, (at + 1) * recordsPerCall),
    ),
  );
  let calls = 0;
  const startedMs = performance.now();
  const cpu = process.cpuUsage();
  const work = async (): Promise<void> => {
    for (let batch = batches.pop(); batch !== undefined; batch = batches.pop()) {
      calls += 1;
      const prepared = await gateway.prepare(bench.sellerAccountId);
      if (!prepared.ok) throw new Error(JSON.stringify(prepared.error));
      const answer = await prepared.value.send({
        meteringRegion: 'us-east-1',
        sellerAccountId: bench.sellerAccountId,
        records: batch.map(asStored),
      });
      if (answer.outcomes.some((one) => one.kind !== 'recorded'))
        throw new Error(`The bare loop met ${JSON.stringify(answer.outcomes)}`);
    }
  };
  await Promise.all(Array.from({ length: callsAtOnce }, work));
  const seconds = (performance.now() - startedMs) / 1_000;
  const used = process.cpuUsage(cpu);
  return { seconds, calls, cpuSeconds: (used.user + used.system) / 1e6 };
}

/** Measures everything against a practice AWS of its own. */
export async function run({
  quick = false,
}: {
  readonly quick?: boolean;
} = {}): Promise<readonly BenchRow[]> {
  const { records, rounds, callsAtRate } = quick ? quickSizes : sizes;
  const bench = await startMeteringBench(200);
  try {
    const clean = bench.records(records, null);
    const { values, baselines } = await alternate({
      rounds,
      warmUp: 1,
      value: () => sendAll(bench, clean, Number.POSITIVE_INFINITY),
      baseline: () => sendBare(bench, clean),
    });
    const rate = (sent: readonly Sent[]): number => records / median(sent.map(({ seconds }) => seconds));
    const bad = await sendAll(bench, bench.records(records, 100), Number.POSITIVE_INFINITY);
    const cleanCalls = median(values.map(({ calls }) => calls));
    const atRate = await sendAll(bench, bench.records(callsAtRate * recordsPerCall, null), 10);
    const share = atRate.calls / atRate.seconds;
    const [ofProduct = []] = [...Map.groupBy(clean, ({ productId }) => productId).values()].sort(
      (a, b) => b.length - a.length,
    );
    await bench.steer('PUT', 'faults', [
      { operation: 'BatchMeterUsage', times: 'always', kind: 'slow', ms: slowAnswerMs },
    ]);
    const fromAfar = await sendAll(bench, ofProduct.slice(0, callsAtRate * recordsPerCall), 10);
    await bench.steer('PUT', 'faults', []);
    // Until the last call leaves; its answer uses nothing of the rate.
    const shareFromAfar = fromAfar.calls / (fromAfar.seconds - slowAnswerMs / 1_000);
    const rows: readonly BenchRow[] = [
      {
        name: `${records.toLocaleString('en')} records through the sender, to a bare loop`,
        value: rate(values),
        baseline: rate(baselines),
        unit: 'records/s',
        ratio: rate(values) / rate(baselines),
        aim: 0.6,
        aimIs: 'at-least',
      },
      {
        name: 'calls with 1 % bad records, to a clean run',
        value: bad.calls,
        baseline: cleanCalls,
        unit: 'calls',
        ratio: bad.calls / cleanCalls,
        aim: 2,
      },
      {
        name: 'calls at AWS’s rate, to the rate',
        value: share,
        baseline: 10,
        unit: 'calls/s',
        ratio: share / 10,
        aim: 0.95,
        aimIs: 'at-least',
      },
      {
        name: `the same with one product and answers after ${slowAnswerMs} ms`,
        value: shareFromAfar,
        baseline: 10,
        unit: 'calls/s',
        ratio: shareFromAfar / 10,
        aim: 0.95,
        aimIs: 'at-least',
      },
      {
        name: 'processor time at AWS’s rate, to the time that passes',
        value: atRate.cpuSeconds,
        baseline: atRate.seconds,
        unit: 's',
        ratio: atRate.cpuSeconds / atRate.seconds,
      },
    ];
    return rows;
  } finally {
    await bench.stop();
  }
}

if (import.meta.main) {
  const rows = await run({ quick: process.argv.includes('--quick') });
  process.stdout.write(`${formatTable(rows)}\n`);
}
