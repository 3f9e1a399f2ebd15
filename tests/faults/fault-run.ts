/**
 * One run of the campaign: random submissions over many contracts, random faults and kills, then restarts until all is quiet, CloudTrail
 * at last, and a person's decision on what even that leaves open. After each stage the books are compared.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { UsageRecordView } from '../../src/contract/usage.ts';
import { createSeededRandom } from '../../src/main/practice/seeded-random.ts';
import { type FaultApp, Killed, startFaultApp } from './fault-app.ts';
import {
  type Books,
  type LoggedCall,
  type MeteredEntry,
  readLedger,
  violations,
} from './fault-invariants.ts';
import { randomBehaviour, randomFault } from './fault-plan.ts';
import { type Desk, quantityOfAnother, submitBacklog, submitSome } from './fault-submissions.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export interface RunResult {
  readonly seed: number;
  readonly violations: readonly string[];
  readonly records: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly withdrawn: number;
  /** Settled by CloudTrail, and by the person. */
  readonly byTrail: number;
  readonly byPerson: number;
  readonly calls: number;
  /** Calls that began while another of their product was under way. */
  readonly callsBeside: number;
  readonly recordsSent: number;
  readonly kills: number;
  readonly faults: Readonly<Record<string, number>>;
}

export async function runFaults(seed: number): Promise<RunResult> {
  const random = createSeededRandom(seed);
  const app = await startFaultApp({ seed, callsPerSecond: random.next() < 0.3 ? '10' : '' });
  const desk: Desk = { app, random, backlog: createSeededRandom(~seed), contracts: [] };
  try {
    await app.steer('PUT', 'behaviour', randomBehaviour(random));
    await backToWork(desk);
    await readContracts(desk);
    for (let round = random.whole(2, 4); round > 0; round -= 1) await troubledRound(desk);
    return await judge(desk, seed);
  } finally {
    await app.kill();
    await app.remove();
  }
}

/** Starts the child where it is dead and signs in. */
async function backToWork({ app }: Desk): Promise<void> {
  if (!app.isAlive()) await app.start();
  await app.call('session.signIn', { profile: 'seller' });
  for (;;) {
    const session = await app.call('session.get', {});
    if (session.ok && session.value.state === 'signed-in') return;
    if (session.ok && session.value.state === 'signed-out')
      throw new Error(`The sign-in failed: ${JSON.stringify(session.value.problem)}`);
    await sleep(5);
  }
}

async function readContracts({ app, random, contracts }: Desk): Promise<void> {
  for (;;) {
    const list = await app.call('contracts.list', { listId: null, knownVersion: 0 });
    if (!list.ok) throw new Error(JSON.stringify(list.error));
    if (list.value.state.kind === 'complete') {
      const open = list.value.rows.filter((row) => row.status.kind === 'active');
      for (const { agreementId, productId, licenseArns } of open.slice(0, 14)) {
        const details = await app.call('contracts.get', { agreementId });
        if (!details.ok || !details.value.dimensions.some((one) => one.kind === 'metered')) continue;
        const scheme =
          licenseArns.length === 1 && random.next() < 0.8 ? ('licence' as const) : ('product-code' as const);
        await app.call('products.chooseScheme', { productId, scheme });
        contracts.push(details.value);
      }
      return;
    }
    await sleep(10);
  }
}

/** Faults, submissions, time that passes, and often a kill at any moment of it. */
async function troubledRound(desk: Desk): Promise<void> {
  const { app, random, contracts } = desk;
  const keys = contracts.flatMap((one) => one.dimensions.map(({ key }) => key));
  const killsInFlight = random.next() < 0.4;
  const faults = Array.from({ length: random.whole(1, 6) }, () => randomFault(random, keys));
  // An answer that takes its time leaves room for a kill before it.
  const slow = { operation: 'BatchMeterUsage', times: 3, kind: 'slow', ms: random.whole(40, 250) };
  await app.steer('PUT', 'faults', killsInFlight ? [slow, ...faults] : faults);
  if (app.isAlive()) {
    await app.call('settings.change', { undoSeconds: random.pick([0, 0, 1]) }).catch(ignoreKill);
  }
  const killAfterMs = random.next() < 0.5 ? random.whole(0, 500) : null;
  const afterMs = random.whole(0, 60);
  const killing = killsInFlight
    ? untilInFlight(app)
        .then(() => sleep(afterMs))
        .then(() => app.kill())
    : killAfterMs === null
      ? null
      : sleep(killAfterMs).then(() => app.kill());
  try {
    if (desk.backlog.next() < 0.2) await submitBacklog(desk);
    for (let count = random.whole(2, 9); count > 0; count -= 1) await submitSome(desk);
    for (let count = random.whole(0, 3); count > 0; count -= 1) {
      await sleep(random.whole(5, 80));
      await app.shiftBy(random.whole(1, 400) * 1_000);
      await meddle(desk);
    }
  } catch (cause) {
    ignoreKill(cause);
  }
  await killing;
  if (!app.isAlive() || random.next() < 0.3) {
    await app.kill();
    await backToWork(desk);
  } else if (random.next() < 0.5) {
    await backToWork(desk);
  }
}

/** Until AWS works on a call that it has not answered; not for ever, as there may be none. */
async function untilInFlight(app: FaultApp): Promise<void> {
  for (let look = 0; look < 60; look += 1) {
    const calls = await ownCalls(app);
    if (calls.some(({ status, cut }) => status === undefined && !cut)) return;
    await sleep(10);
  }
}

function ignoreKill(cause: unknown): void {
  if (!(cause instanceof Killed)) throw cause;
}

const metered = async (app: FaultApp): Promise<readonly MeteredEntry[]> =>
  (await app.steer('GET', 'metered')) as readonly MeteredEntry[];

const pendingOf = async (app: FaultApp): Promise<readonly UsageRecordView[]> => {
  const page = await app.call('usage.list', {
    agreementId: null,
    status: 'pending',
    cursor: null,
    limit: 200,
  });
  if (!page.ok) throw new Error(JSON.stringify(page.error));
  return page.value.records;
};

/** What a person may do at any time. */
async function meddle({ app, random }: Desk): Promise<void> {
  if (random.next() < 0.6) return;
  for (const { recordId } of (await pendingOf(app)).slice(0, 3)) {
    const deed = random.whole(0, 3);
    if (deed === 0) await app.call('usage.giveUp', { recordId });
    if (deed === 1) await app.call('usage.tryNow', { recordIds: [recordId] });
    if (deed === 2) await app.call('usage.sendAnyway', { recordId });
    if (deed === 3) await app.call('usage.evidence', { recordId });
  }
}

/**
 * What the app takes for AWS's time, from the one that it has. An answer that was on its way while both were moved tells it the former time, until
 * the next one; what is due by it is due a little later then.
 */
async function clockOffsetMs(app: FaultApp): Promise<number> {
  const status = await app.call('system.status', {});
  return status.ok ? (status.value.clockOffsetMs ?? 0) : 0;
}

/** Waits until nothing is in flight, or due by the app's time, any more. */
async function settleDown(app: FaultApp): Promise<readonly UsageRecordView[]> {
  for (let look = 0; look < 2_000; look += 1) {
    const pending = await pendingOf(app);
    const nowMs = Date.now() + app.shiftMs() + (await clockOffsetMs(app));
    const isBusy = pending.some(
      ({ phase, nextTryUtc }) =>
        phase === 'sending' ||
        (phase === 'queued' && nextTryUtc === null) ||
        (nextTryUtc !== null && Date.parse(nextTryUtc) <= nowMs),
    );
    if (!isBusy) return pending;
    await sleep(10);
  }
  const found = JSON.stringify(await pendingOf(app));
  throw new Error(`It does not get quiet, its time ${await clockOffsetMs(app)} ms from AWS's: ${found}`);
}

async function judge(desk: Desk, seed: number): Promise<RunResult> {
  const { app } = desk;
  await app.steer('DELETE', 'faults');
  await backToWork(desk);
  await quiet(desk);
  await app.end();
  const before = await compare(desk, false);
  await backToWork(desk);
  // Beyond every deadline, and long enough for CloudTrail.
  await app.shiftBy(26 * hourMs);
  await quiet(desk);
  await askTrail(app);
  await decideByEvidence(app);
  await app.end();
  const after = await compare(desk, true);
  const calls = await ownCalls(app);
  const books = readLedger(app.dataDir);
  const { records } = books;
  const count = (status: string): number => records.filter((one) => one.status === status).length;
  const faults: Record<string, number> = {};
  for (const { fault } of calls) if (fault) faults[fault] = (faults[fault] ?? 0) + 1;
  return {
    seed,
    violations: [...new Set([...before, ...after, ...app.incidents])],
    records: records.length,
    accepted: count('accepted'),
    rejected: count('rejected'),
    withdrawn: count('withdrawn'),
    byTrail: records.filter((one) => one.decidedBy === 'CloudTrail').length,
    byPerson: records.filter((one) => one.decidedBy !== null && one.decidedBy !== 'CloudTrail').length,
    calls: calls.length,
    callsBeside: callsBeside(books),
    recordsSent: calls.reduce((sum, call) => sum + (call.request.UsageRecords?.length ?? 0), 0),
    kills: app.kills(),
    faults,
  };

  async function compare(of: Desk, isSettled: boolean): Promise<readonly string[]> {
    const entries = await metered(of.app);
    const another = entries.filter(({ quantity }) => quantity === quantityOfAnother);
    return violations(readLedger(of.app.dataDir), entries, await ownCalls(of.app), {
      foreign: new Set(another.map(({ meteringRecordId }) => meteringRecordId)),
      isSettled,
    });
  }
}

const ownCalls = async (app: FaultApp): Promise<readonly LoggedCall[]> =>
  ((await app.steer('GET', 'calls')) as readonly LoggedCall[]).filter(
    (call) => call.operation === 'BatchMeterUsage' && call.userAgent.includes('app/UsageDesk'),
  );

/** Lets time pass until nothing moves by itself any more; the person lifts what is held. */
async function quiet({ app }: Desk): Promise<void> {
  for (let round = 0; round < 40; round += 1) {
    const pending = await settleDown(app);
    const open = pending.filter(({ phase, nextTryUtc }) => phase !== 'unknown' || nextTryUtc !== null);
    if (open.length === 0) return;
    for (const { recordId, phase, reason } of open.filter((one) => one.phase === 'held')) {
      if (reason === 'became-too-old-while-waiting') await app.call('usage.sendAnyway', { recordId });
      else if (phase === 'held') await app.call('usage.tryNow', { recordIds: [recordId] });
    }
    await app.shiftBy(6 * minuteMs);
  }
  throw new Error(`It does not get quiet in hours: ${JSON.stringify(await pendingOf(app))}`);
}

/** CloudTrail is asked by the app itself; here is only waited for it. */
async function askTrail(app: FaultApp): Promise<void> {
  for (let look = 0; look < 400; look += 1) {
    const unknown = await pendingOf(app);
    if (unknown.length === 0) return;
    const evidence = await app.call('usage.evidence', {
      recordId: unknown[look % unknown.length]?.recordId ?? '',
    });
    if (!evidence.ok) throw new Error(JSON.stringify(evidence.error));
    if (look >= unknown.length) return;
  }
}

/** The person decides as CloudTrail's findings suggest. */
async function decideByEvidence(app: FaultApp): Promise<void> {
  for (const { recordId } of await pendingOf(app)) {
    const evidence = await app.call('usage.evidence', { recordId });
    if (!evidence.ok) throw new Error(JSON.stringify(evidence.error));
    if (!evidence.value.canDecide) continue;
    const notThere = [null, 'UnprocessedRecords', 'DuplicateRecord', 'CustomerNotSubscribed'];
    const isThere = evidence.value.trail.findings.some(
      (finding) => finding.isOurApp && finding.isSameRecord && !notThere.includes(finding.status),
    );
    const decided = await app.call('usage.decide', {
      recordId,
      decision: isThere ? 'recorded' : 'not-recorded',
      note: isThere
        ? 'CloudTrail shows an answer that this version does not know.'
        : 'CloudTrail shows nothing.',
    });
    if (!decided.ok) throw new Error(JSON.stringify(decided.error));
  }
}

function callsBeside({ records, attempts }: Books): number {
  const byProduct = Map.groupBy(records, ({ productId }) => productId);
  const ofProduct = [...byProduct.values()].map((those) => [
    ...new Map(
      those.flatMap(({ recordId }) => attempts.get(recordId) ?? []).map((one) => [one.attemptId, one]),
    ).values(),
  ]);
  return ofProduct.reduce(
    (sum, all) =>
      sum +
      all.filter(({ attemptId, startedMs }) =>
        all.some(
          (other) =>
            other.attemptId !== attemptId &&
            other.startedMs <= startedMs &&
            (other.endedMs === null || other.endedMs > startedMs),
        ),
      ).length,
    0,
  );
}
