/**
 * The sender where anything happens at any time: slow and lost answers, a full disk, ends of the app, other sign-ins, a clock that jumps, people who
 * decide. The laws that hold all the same stand in `sender-chance-laws.ts`.
 */
import { expect, it, vi } from 'vitest';
import { givenUp, sentAnyway } from '../../../src/main/core/domain/settle.ts';
import { anHourMs, aRecord, sellerAccountId, valueIn } from '../storage/ledger-fixture.ts';
import { aChanceDesk, type ChanceDesk } from './sender-chance.ts';
import { isAtRest } from './sender-chance-laws.ts';
import { hourMs, minuteMs, settle } from './sender-desk.ts';

// Vitest's timers don't reach Node's promised ones, by which a sender that is closed loses its patience.
vi.mock('node:timers/promises', () => ({
  setTimeout: (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms)),
}));

type Deed = (at: ChanceDesk) => void | Promise<void>;

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'] as const;

const product = (name: string) => ({
  productId: `prod-${name}`,
  licenseArn: `arn:aws:license-manager::294406891311:license:l-${name}`,
});

/** Confirms usage of one product, at times more than several calls hold, or with dimensions that AWS refuses. */
const confirm: Deed = ({ chance, desk, nextSerial }) => {
  const { add, clock, sender } = desk();
  const ofProduct = product(chance.pick(names));
  const wrongShare = chance.pick([0, 0, 0.01, 0.05]);
  const count = chance.falls(0.3) ? chance.whole(60, 180) : chance.whole(1, 30);
  const records = Array.from({ length: count }, () => {
    const dimensionKey = `${chance.falls(wrongShare) ? 'wrong' : 'right'}_${nextSerial()}`;
    const isNear = chance.falls(0.1);
    const deadlineMs = isNear ? clock.now() + chance.whole(20, 120) * minuteMs : anHourMs + 24 * hourMs;
    return aRecord({ ...ofProduct, dimensionKey, deadlineMs });
  });
  add(...records);
  if (chance.falls(0.9)) sender.wake();
};

const answerSome: Deed = async ({ calls, chance }) => {
  for (let count = chance.whole(1, 5); count > 0; count -= 1) {
    calls.letGo(1);
    if (chance.falls(0.3)) await settle(chance.whole(0, 2));
  }
};

const letTimePass: Deed = ({ chance, desk }) => {
  desk().clock.advance(chance.whole(0, 2) * 20_000 + chance.whole(0, 3_000));
  vi.advanceTimersByTime(chance.whole(0, 3_000));
};

const moveTheClock: Deed = ({ chance, desk }) => {
  const { clock } = desk();
  clock.loseOffset();
  clock.jump(chance.whole(-60_000, 60_000));
};

/** A person takes a record back, or sends it although it grew too old. */
const decide: Deed = ({ chance, desk, ledger }) => {
  const { clock, sender } = desk();
  const [first, ...others] = valueIn(ledger.pending());
  if (!first) return;
  const record = chance.pick([first, ...others]);
  const change = sentAnyway(record, clock.now()) ?? givenUp(record, clock.now());
  if (change === null) return;
  valueIn(ledger.change({ atMs: clock.now(), actor: 'person', records: [change] }));
  sender.wake();
};

const fillOrClearTheDisk: Deed = ({ chance, disk }) => {
  disk.isFull = chance.falls(0.5);
};

const tryNow: Deed = ({ chance, desk, ledger }) => {
  const some = valueIn(ledger.pending()).filter(() => chance.falls(0.05));
  // One that can't be tried now is refused with all.
  desk().sender.tryNow(some.map(({ recordId }) => recordId));
};

/** What may happen, each with its share of all. */
const deeds: readonly (readonly [share: number, deed: Deed])[] = [
  [450, answerSome],
  [150, ({ chance, prepares }) => prepares.letGo(chance.whole(1, 3))],
  [80, confirm],
  [100, letTimePass],
  [20, fillOrClearTheDisk],
  [20, ({ restart }) => restart()],
  [50, ({ chance, desk }) => desk().signIn(chance.falls(0.85) ? sellerAccountId : '999900001111')],
  [30, ({ desk }) => desk().sender.wake()],
  [30, tryNow],
  [30, decide],
  [20, moveTheClock],
  [20, ({ desk }) => desk().clock.learnOffset(0)],
  [10, ({ desk }) => desk().clock.advance(hourMs)],
];
const inAll = deeds.reduce((sum, [share]) => sum + share, 0);

async function doAnything(at: ChanceDesk): Promise<void> {
  let dice = at.chance.whole(1, inAll);
  for (const [share, deed] of deeds) {
    dice -= share;
    if (dice > 0) continue;
    await deed(at);
    break;
  }
  if (at.chance.falls(0.7)) await settle(at.chance.whole(0, 5));
}

/** Somebody signs in, and all is well from now on: what is not settled then, moves until it is, and wants no other push. */
async function comeToRest({ calls, calm, desk, disk, ledger, laws, prepares }: ChanceDesk): Promise<void> {
  const { clock, sender, signIn } = desk();
  calm();
  signIn(sellerAccountId);
  for (let round = 0; round < 150; round += 1) {
    calls.letGo();
    prepares.letGo();
    await settle(6);
    // What the calls of former sign-ins brought may have had to wait for the disk.
    disk.isFull = false;
    if (calls.size() > 0) continue;
    if (valueIn(ledger.pending()).every(isAtRest)) break;
    clock.advance(20_000);
    vi.advanceTimersByTime(2_000);
    await settle(4);
  }
  laws.atRest();
  laws.demand(
    'no write problem stays',
    sender.writeProblem() === null,
    JSON.stringify(sender.writeProblem()),
  );
}

/** No lane was left stuck: each sends a backlog, with as many calls at once as it may have. */
async function sendBacklogs({ calls, desk, laws, nextSerial }: ChanceDesk): Promise<void> {
  const { add, clock, record, sender } = desk();
  for (const name of names) {
    const fresh = { ...product(name), deadlineMs: clock.now() + 20 * hourMs, windowMs: 100 * hourMs };
    const records = Array.from({ length: 150 }, () =>
      aRecord({ ...fresh, dimensionKey: `fresh_${nextSerial()}` }),
    );
    add(...records);
    sender.wake();
    await settle(6);
    let most = 0;
    while (calls.size() > 0) {
      most = Math.max(most, calls.size());
      calls.letGo(1);
      await settle(6);
    }
    const left = records.filter(({ recordId }) => record(recordId).status !== 'accepted');
    laws.demand('each product sends a fresh backlog', left.length === 0, `${name}: ${left.length} left`);
    laws.demand('each product has four calls at once', most === 4, `${name}: ${most} at most`);
  }
}

it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 29])(
  'nothing is lost, sent twice or left stuck, whatever happens when, seed %i',
  async (seed) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const at = aChanceDesk(seed, vi.advanceTimersByTime);
      await confirm(at);
      at.desk().sender.start();
      for (let step = at.chance.whole(60, 120); step > 0; step -= 1) await doAnything(at);
      await comeToRest(at);
      await sendBacklogs(at);
      await at.end();
      expect(at.laws.broken()).toEqual([]);
    } finally {
      vi.useRealTimers();
    }
  },
);
