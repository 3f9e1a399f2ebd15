/**
 * A desk that meets chance: the disk, AWS, the credentials and the end of the app are as the seed has them, until `calm`. What waits for AWS is let
 * go by the test. The same seed meets the same chance.
 */
import type { AppError } from '../../../src/contract/errors.ts';
import { err, type Result } from '../../../src/contract/result.ts';
import type { Ledger, MeteringRequest } from '../../../src/main/core/ports.ts';
import { createSeededRandom } from '../../../src/main/practice/seeded-random.ts';
import { aLedger, sellerAccountId } from '../storage/ledger-fixture.ts';
import { type Chance, judged, judgedByChance, prepareTrouble } from './sender-chance-answers.ts';
import { createLaws, type Laws } from './sender-chance-laws.ts';
import { aDesk, identityOf, settle } from './sender-desk.ts';

type Desk = ReturnType<typeof aDesk>;

/** What waits until the test lets it go. */
interface Queue {
  readonly wait: () => Promise<void>;
  /** Lets up to so many go, in any order. */
  readonly letGo: (most?: number) => void;
  readonly size: () => number;
}

export interface ChanceDesk {
  readonly chance: Chance;
  readonly ledger: Ledger;
  readonly laws: Laws;
  /** The desk since the last restart. */
  readonly desk: () => Desk;
  readonly calls: Queue;
  readonly prepares: Queue;
  readonly disk: { isFull: boolean };
  /** Each number once. */
  readonly nextSerial: () => number;
  /** Closes the sender, which may lose patience with the calls that are under way, and starts another on the same ledger. */
  readonly restart: () => Promise<void>;
  /** AWS and the credentials do what they should, with all that is asked of them from now on. */
  readonly calm: () => void;
  /** Closes the sender for good. */
  readonly end: () => Promise<void>;
}

export function aChanceDesk(seed: number, advanceTimers: (ms: number) => void): ChanceDesk {
  const chance = aChance(seed);
  const { ledger, path } = aLedger();
  const laws = createLaws(ledger);
  const calls = createQueue(chance);
  const prepares = createQueue(chance);
  const disk = { isFull: false };
  const defect = new Error('A defect on the way to credentials.');
  let isCalm = false;
  let serial = 0;
  let life = begin();

  function begin() {
    const state = { isOver: false };
    /** Those that left before the calm; AWS may answer them later. */
    const troubled = new Set<MeteringRequest>();
    const who = isCalm || chance.falls(0.8) ? identityOf(sellerAccountId) : null;
    const onDisk = aLedgerOnDisk(ledger, {
      isRefused: (share) => disk.isFull && chance.falls(share),
      demand: laws.demand,
      isOver: () => state.isOver,
    });
    const desk = aDesk(onDisk, who);
    const { gateway } = desk;
    gateway.pauseBy(async (request) => {
      if (!isCalm) troubled.add(request);
      laws.demand('nothing is sent after the end', !state.isOver);
      laws.leaves(request.records);
      await calls.wait();
    });
    gateway.judgeBy((request) => {
      const outcomes = troubled.has(request) ? judgedByChance(request, chance) : judged(request);
      laws.answered(request.records, outcomes);
      return outcomes;
    });
    gateway.prepareBy(async () => {
      if (isCalm) return null;
      if (chance.falls(0.3)) await prepares.wait();
      if (chance.falls(0.02)) throw defect;
      return prepareTrouble(chance);
    });
    gateway.onAskTime(() => {
      if (isCalm || chance.falls(0.5)) desk.clock.learnOffset(0);
    });
    return { desk, state };
  }

  async function close(): Promise<void> {
    const { desk, state } = life;
    const closing = desk.sender.close();
    if (chance.falls(0.5)) {
      calls.letGo(chance.whole(0, 3));
      prepares.letGo(chance.whole(0, 2));
      await settle(chance.whole(0, 6));
    }
    advanceTimers(1_000);
    await closing;
    state.isOver = true;
    for (const cause of desk.incidents) {
      laws.demand('no defect shows but the one that was planted', cause === defect, String(cause));
    }
  }

  return {
    ...{ chance, ledger, laws, calls, prepares, disk },
    desk: () => life.desk,
    nextSerial: () => {
      serial += 1;
      return serial;
    },
    restart: async () => {
      await close();
      // Nobody hears these answers any more.
      calls.letGo();
      prepares.letGo();
      await settle(5);
      const nowMs = life.desk.clock.now();
      life = begin();
      life.desk.clock.jump(nowMs - life.desk.clock.now());
      if (chance.falls(0.5)) life.desk.clock.loseOffset();
      life.desk.sender.start();
    },
    calm: () => {
      isCalm = true;
    },
    end: async () => {
      await close();
      laws.closed(path);
    },
  };
}

function aChance(seed: number): Chance {
  const random = createSeededRandom(seed);
  return { ...random, falls: (share) => random.next() < share };
}

function createQueue(chance: Chance): Queue {
  const waiting: (() => void)[] = [];
  return {
    wait: () => new Promise((resolve) => waiting.push(resolve)),
    letGo: (most = waiting.length) => {
      for (let count = Math.min(most, waiting.length); count > 0; count -= 1) {
        for (const go of waiting.splice(chance.whole(0, waiting.length - 1), 1)) go();
      }
    },
    size: () => waiting.length,
  };
}

interface Disk {
  /** Whether it refuses what it is given now, as it refuses such a share of all while it is full. */
  readonly isRefused: (share: number) => boolean;
  /** Whether nobody may write any more. */
  readonly isOver: () => boolean;
  readonly demand: Laws['demand'];
}

/** The ledger on a disk that may be full: some writes find room all the same, as a smaller one may. */
function aLedgerOnDisk(ledger: Ledger, { isRefused, isOver, demand }: Disk): Ledger {
  const full = err<AppError>({ kind: 'disk-full', path: 'ledger' });
  const noRoom = (): never => {
    throw Object.assign(new Error('The disk is full.'), { code: 'ENOSPC', syscall: 'write' });
  };
  const unlessFull = <T>(share: number, write: () => Result<T>): Result<T> => {
    demand('nothing is written after the end', !isOver());
    return isRefused(share) ? full : write();
  };
  /** Attempts whose answer it had no room for. */
  const waiting = new Set<string>();
  return {
    ...ledger,
    beginAttempt: (attempt) =>
      unlessFull(0.4, () => {
        demand('nothing begins while an answer waits for the disk', waiting.size === 0);
        return ledger.beginAttempt(attempt);
      }),
    endAttempt: (end) => {
      const ended = unlessFull(0.5, () => ledger.endAttempt(end));
      if (ended.ok) waiting.delete(end.attemptId);
      else waiting.add(end.attemptId);
      return ended;
    },
    change: (change) => unlessFull(0.5, () => ledger.change(change)),
    pending: (phases) => (isRefused(0.1) ? full : ledger.pending(phases)),
    // The commit itself finds no room: all that came before is taken back.
    together: (group) => ledger.together(isRefused(0.4) ? [...group, noRoom] : group),
  };
}
