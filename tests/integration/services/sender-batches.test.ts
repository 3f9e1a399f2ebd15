import { describe, expect, it, vi } from 'vitest';
import { givenUp } from '../../../src/main/core/domain/settle.ts';
import type { NewUsageRecord, RecordOutcome } from '../../../src/main/core/domain/usage-record.ts';
import type { Ledger, MeteringRequest } from '../../../src/main/core/ports.ts';
import { aLedger, anHourMs, aRecord, valueIn } from '../storage/ledger-fixture.ts';
import { aDesk, minuteMs, settle } from './sender-desk.ts';

/** Records of one product, each in an hour slot of its own by its dimension. */
const several = (count: number, change: (index: number) => Partial<NewUsageRecord> = () => ({})) =>
  Array.from({ length: count }, (_, index) =>
    aRecord({ dimensionKey: `dimension_${index}`, ...change(index) }),
  );

const fail = (): never => {
  throw new Error('It can not be taken back.');
};

const product = (name: string): Partial<NewUsageRecord> => ({
  productId: `prod-${name}`,
  licenseArn: `arn:aws:license-manager::294406891311:license:l-${name}`,
});

/** Refuses the whole call for each record whose dimension is `wrong…`, as AWS does. */
function refuseWrongDimensions({ records }: MeteringRequest): readonly RecordOutcome[] {
  const wrong = records.find(({ dimensionKey }) => dimensionKey.startsWith('wrong'));
  return records.map(() =>
    wrong
      ? {
          kind: 'refused',
          reason: 'invalid-usage-dimension',
          awsErrorName: 'InvalidUsageDimensionException',
          awsMessage: `The usage dimension ${wrong.dimensionKey} does not match.`,
        }
      : { kind: 'recorded', meteringRecordId: 'mr' },
  );
}

const hold = (reason: 'not-allowed'): RecordOutcome => ({
  kind: 'not-recorded',
  next: 'hold',
  reason,
  awsErrorName: 'AccessDeniedException',
  awsMessage: null,
});

describe('calls of several records', () => {
  it('carry up to 25 records of one product, and never two products, schemes or Regions', async () => {
    const { add, gateway, sender } = aDesk();
    add(
      ...several(30, () => product('a')),
      ...several(3, () => product('b')),
      ...several(2, () => ({
        ...product('c'),
        scheme: 'product-code',
        licenseArn: null,
        productCode: 'code-c',
      })),
      ...several(2, () => ({ ...product('d'), meteringRegion: 'eu-west-1' })),
    );
    sender.start();
    await settle(60);
    expect(gateway.sent.map((call) => call.records.length).sort((a, b) => b - a)).toEqual([25, 5, 3, 2, 2]);
    for (const { records, meteringRegion } of gateway.sent) {
      expect(new Set(records.map((one) => `${one.productId} ${one.scheme}`)).size).toBe(1);
      expect(records.every((one) => one.meteringRegion === meteringRegion)).toBe(true);
    }
  });

  it('are narrowed until the record at fault stands alone and the others are through', async () => {
    const { add, gateway, ledger, record, sender } = aDesk();
    const records = several(25, (index) => (index === 7 ? { dimensionKey: 'wrong_one' } : {}));
    gateway.judgeBy(refuseWrongDimensions);
    add(...records);
    sender.start();
    await settle(60);
    expect(gateway.sent.map((call) => call.records.length)).toEqual([25, 1, 24]);
    for (const [index, { recordId }] of records.entries()) {
      expect(record(recordId)).toMatchObject(
        index === 7
          ? { status: 'rejected', reason: 'invalid-usage-dimension' }
          : { status: 'accepted', reason: null, awsErrorName: null },
      );
    }
    expect(valueIn(ledger.attempts(records[0]?.recordId ?? ''))).toMatchObject([
      { outcome: 'not-recorded', reason: 'invalid-usage-dimension', recordCount: 25 },
      { outcome: 'recorded', reason: null, recordCount: 24 },
    ]);
    expect(valueIn(ledger.attempts(records[7]?.recordId ?? ''))).toMatchObject([
      { outcome: 'not-recorded', reason: 'invalid-usage-dimension' },
      { outcome: 'refused', reason: 'invalid-usage-dimension', recordCount: 1 },
    ]);
  });

  it('are surely not recorded while narrowed: a person can take such a record back', async () => {
    const { add, gateway, record, sender, ledger, clock } = aDesk();
    const records = several(10, (index) => (index < 2 ? { dimensionKey: `wrong_${index}` } : {}));
    gateway.judgeBy(refuseWrongDimensions);
    add(...records);
    const answer = gateway.hold();
    sender.start();
    await settle();
    answer();
    const secondAnswer = gateway.hold();
    await settle();
    const waits = record(records[5]?.recordId ?? '');
    expect(waits).toMatchObject({ status: 'pending', phase: 'queued', mayBeRecorded: false });
    valueIn(
      ledger.change({
        atMs: clock.now(),
        actor: 'person',
        records: [givenUp(waits, clock.now()) ?? fail()],
      }),
    );
    sender.wake();
    secondAnswer();
    await settle(60);
    const sentAfterwards = gateway.sent.slice(1).flatMap((call) => call.records.map((one) => one.recordId));
    expect(sentAfterwards).not.toContain(waits.recordId);
    expect(records.map(({ recordId }) => record(recordId).status).sort()).toEqual(
      ['withdrawn', 'rejected', 'rejected', ...Array.from({ length: 7 }, () => 'accepted')].sort(),
    );
  });

  it('begin their narrowing anew after a crash, with what is not settled', async () => {
    const { ledger } = aLedger();
    const records = several(10, (index) => (index === 4 ? { dimensionKey: 'wrong' } : {}));
    const first = aDesk(ledger);
    first.gateway.judgeBy(refuseWrongDimensions);
    first.add(...records);
    const refuse = first.gateway.hold();
    first.sender.start();
    await settle();
    first.gateway.hold();
    refuse();
    await settle();
    await first.sender.close();
    const second = aDesk(ledger);
    second.gateway.judgeBy(refuseWrongDimensions);
    second.sender.start();
    await settle();
    second.clock.advance(10 * minuteMs);
    await settle(60);
    const states = records.map(({ recordId }) => second.record(recordId));
    expect(states.filter((one) => one.status === 'accepted')).toHaveLength(9);
    // It was in flight when the app ended, so that no refusal can reject it any more.
    expect(states[4]).toMatchObject({ status: 'pending', phase: 'unknown', nextTryMs: null });
  });

  it.each(['region-disabled', 'invalid-product-code'] as const)(
    'are not narrowed when AWS refuses the %s, which concerns them all',
    async (reason) => {
      const { add, gateway, record, sender } = aDesk();
      const records = several(5);
      gateway.answerNext({ kind: 'refused', reason, awsErrorName: null, awsMessage: null });
      add(...records);
      sender.start();
      await settle();
      expect(gateway.sent).toHaveLength(1);
      expect(records.every(({ recordId }) => record(recordId).reason === reason)).toBe(true);
    },
  );

  it('are held together when the role may not meter, and go together afterwards', async () => {
    const { add, gateway, sender } = aDesk();
    const records = several(5);
    gateway.answerNext(hold('not-allowed'));
    add(...records);
    sender.start();
    await settle();
    sender.tryNow(records.map(({ recordId }) => recordId));
    await settle();
    expect(gateway.sent.map((call) => call.records.length)).toEqual([5, 5]);
  });

  it('wait together when AWS throttles, so that 25 single calls do not follow', async () => {
    const { add, clock, gateway, sender } = aDesk();
    gateway.answerNext({
      kind: 'not-recorded',
      next: 'wait',
      reason: 'throttled',
      awsErrorName: null,
      awsMessage: null,
    });
    add(...several(25, (index) => ({ deadlineMs: anHourMs + (20 * 60 + index) * minuteMs })));
    sender.start();
    await settle();
    clock.advance(minuteMs);
    await settle();
    expect(gateway.sent.map((call) => call.records.length)).toEqual([25, 25]);
  });

  it('settle each record by its own answer', async () => {
    const { add, gateway, record, sender } = aDesk();
    const records = several(4);
    const said = { awsErrorName: null, awsMessage: null };
    gateway.judgeBy(() => [
      { kind: 'recorded', meteringRecordId: 'mr-1' },
      { kind: 'refused', reason: 'customer-not-subscribed', ...said },
      { kind: 'refused', reason: 'duplicate-record', ...said },
      { kind: 'may-be-recorded', reason: 'unrecognised-answer', ...said },
    ]);
    add(...records);
    sender.start();
    await settle();
    expect(records.map(({ recordId }) => record(recordId))).toMatchObject([
      { status: 'accepted', meteringRecordId: 'mr-1' },
      { status: 'rejected', reason: 'customer-not-subscribed' },
      { status: 'rejected', reason: 'duplicate-record' },
      { status: 'pending', phase: 'unknown', reason: 'unrecognised-answer' },
    ]);
  });

  it('keep records whose outcome is unknown apart from fresh ones, and shrink while no answer comes', async () => {
    const { add, clock, gateway, sender } = aDesk();
    const lost: RecordOutcome = {
      kind: 'may-be-recorded',
      reason: 'outcome-unknown',
      awsErrorName: null,
      awsMessage: null,
    };
    gateway.judgeBy(({ records }) => records.map(() => lost));
    add(...several(8));
    sender.start();
    await settle();
    add(...several(3, (index) => ({ dimensionKey: `later_${index}` })));
    for (let minutes = 0; minutes < 60; minutes += 1) {
      clock.advance(minuteMs);
      await settle(40);
    }
    for (const { records } of gateway.sent) {
      expect(new Set(records.map((one) => one.mayBeRecorded)).size).toBe(1);
    }
    expect(gateway.sent.at(-1)?.records).toHaveLength(1);
  });
});

/** Lets each call wait for its turn; `most` are the most that were open at once. */
function gated(gateway: ReturnType<typeof aDesk>['gateway']) {
  const gates: (() => void)[] = [];
  const seen = { most: 0 };
  let open = 0;
  gateway.pauseBy(async () => {
    open += 1;
    seen.most = Math.max(seen.most, open);
    await new Promise<void>((resolve) => gates.push(resolve));
    open -= 1;
  });
  const answer = async (count = 1): Promise<void> => {
    for (const gate of gates.splice(0, count)) gate();
    await settle(40);
  };
  return { gates, seen, answer };
}

describe('products side by side', () => {
  it('are sent up to four at once, one call each', async () => {
    const { add, gateway, sender } = aDesk();
    add(...['a', 'b', 'c', 'd', 'e'].flatMap((name) => several(2, () => product(name))));
    const { gates, seen, answer } = gated(gateway);
    sender.start();
    await settle();
    expect(gates).toHaveLength(4);
    while (gates.length > 0) await answer();
    expect(seen.most).toBe(4);
    const products = gateway.sent.map((call) => call.records[0]?.productId);
    expect(new Set(products).size).toBe(5);
  });

  it('do not hold each other up: one that hangs leaves the others their way', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { add, gateway, record, sender } = aDesk();
      const names = ['a', 'b', 'c', 'd', 'e', 'f'];
      const records = names.flatMap((name) => several(1, () => product(name)));
      gateway.pauseBy(({ records: [first] }) =>
        'abcd'.includes(first?.productId.at(-1) ?? '') ? new Promise(() => {}) : Promise.resolve(),
      );
      add(...records);
      sender.start();
      await settle();
      expect(gateway.sent).toHaveLength(4);
      vi.advanceTimersByTime(2_500);
      await settle();
      expect(
        records.map(({ recordId }) => record(recordId).status).filter((one) => one === 'accepted'),
      ).toHaveLength(2);
      const closing = sender.close();
      vi.advanceTimersByTime(1_000);
      await closing;
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('products that hang with several calls each', () => {
  it('leave another its way', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { add, gateway, record, sender } = aDesk();
      const hanging = ['a', 'b', 'c', 'd'];
      const taken = new Set<string>();
      // Takes one call of each product, so that each goes through; none is answered afterwards.
      gateway.pauseBy(({ records: [first] }) => {
        const productId = first?.productId ?? '';
        if (productId === 'prod-late') return Promise.resolve();
        if (taken.has(productId)) return new Promise(() => {});
        taken.add(productId);
        return Promise.resolve();
      });
      add(...hanging.flatMap((name) => several(150, () => product(name))));
      sender.start();
      await settle(40);
      for (let seconds = 0; seconds < 10; seconds += 1) {
        vi.advanceTimersByTime(1_000);
        await settle();
      }
      expect(taken.size).toBe(4);
      const late = aRecord(product('late'));
      add(late);
      sender.wake();
      await settle();
      expect(record(late.recordId).status).toBe('accepted');
      const closing = sender.close();
      vi.advanceTimersByTime(1_000);
      await closing;
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('calls of one product', () => {
  it('are sent alone until AWS has taken one, and then up to four at once, each record once', async () => {
    const { add, gateway, record, sender } = aDesk();
    const records = several(175);
    const { gates, seen, answer } = gated(gateway);
    add(...records);
    sender.start();
    await settle();
    expect(gates).toHaveLength(1);
    await answer();
    expect(gates).toHaveLength(4);
    while (gates.length > 0) await answer();
    expect(seen.most).toBe(4);
    const sent = gateway.sent.flatMap((call) => call.records.map(({ recordId }) => recordId));
    expect(sent).toHaveLength(175);
    expect(new Set(sent).size).toBe(175);
    expect(records.every(({ recordId }) => record(recordId).status === 'accepted')).toBe(true);
  });

  it('leave the first place to another product that has something due', async () => {
    const { add, gateway, sender } = aDesk();
    const { gates, answer } = gated(gateway);
    add(...several(150, () => product('a')));
    sender.start();
    await settle();
    await answer();
    expect(gates).toHaveLength(4);
    add(...several(1, () => product('b')));
    sender.wake();
    await answer();
    expect(gateway.sent.at(-1)?.records[0]?.productId).toBe('prod-b');
  });

  it('go alone again while those at fault are looked for, one refused call after the other', async () => {
    const { add, gateway, record, sender } = aDesk();
    const isWrong = (index: number): boolean => index === 30 || index === 60;
    const records = several(125, (index) => (isWrong(index) ? { dimensionKey: `wrong_${index}` } : {}));
    gateway.judgeBy(refuseWrongDimensions);
    const { gates, seen, answer } = gated(gateway);
    add(...records);
    sender.start();
    await settle();
    await answer();
    expect(gates).toHaveLength(4);
    // The two refused calls among them, and what had left beside them.
    await answer(4);
    expect(gates).toHaveLength(1);
    seen.most = 0;
    const isLookedFor = (): boolean =>
      records.some(({ recordId }, index) => isWrong(index) && record(recordId).status === 'pending');
    while (isLookedFor()) {
      expect(gates).toHaveLength(1);
      await answer();
    }
    expect(seen.most).toBe(1);
    while (gates.length > 0) await answer();
    for (const [index, { recordId }] of records.entries()) {
      expect(record(recordId).status).toBe(isWrong(index) ? 'rejected' : 'accepted');
    }
  });

  it('do not leave any more when another is refused while they wait for their turn', async () => {
    const { add, gateway, record, sender } = aDesk();
    const records = several(150, (index) => (index === 30 ? { dimensionKey: 'wrong' } : {}));
    gateway.judgeBy(refuseWrongDimensions);
    const { gates, answer } = gated(gateway);
    add(...records);
    sender.start();
    await settle();
    await answer();
    expect(gates).toHaveLength(4);
    // The second is through and makes room for a next one; the first is refused in the same turn.
    const [refuse, through] = gates.splice(0, 2);
    through?.();
    refuse?.();
    await settle(40);
    expect(gates).toHaveLength(2);
    while (gates.length > 0) await answer();
    const wrong = records[30]?.recordId ?? '';
    expect(record(wrong).status).toBe('rejected');
    // Refused with its call, and then alone: what was known of it is not forgotten.
    expect(gateway.sent.filter((call) => call.records.some((one) => one.recordId === wrong))).toHaveLength(2);
  });

  it('do not keep a record near its deadline waiting until all at fault are found', async () => {
    const { add, clock, gateway, record, sender } = aDesk();
    const records = several(125, (index) => (index < 25 ? {} : { dimensionKey: `wrong_${index}` }));
    gateway.judgeBy(refuseWrongDimensions);
    const { gates, answer } = gated(gateway);
    add(...records);
    sender.start();
    await settle();
    await answer();
    await answer(4);
    expect(gates).toHaveLength(1);
    const near = aRecord({ dimensionKey: 'near', deadlineMs: clock.now() + minuteMs });
    add(near);
    sender.wake();
    // The trial that is under way, then the record itself.
    await answer();
    await answer();
    expect(record(near.recordId).status).toBe('accepted');
    while (gates.length > 0) await answer();
    const states = records.map(({ recordId }) => record(recordId).status);
    expect(states.filter((status) => status === 'rejected')).toHaveLength(100);
  });

  it('begin by the same commit as the answer before them', async () => {
    const { ledger } = aLedger();
    const commits: number[] = [];
    const watched: Ledger = {
      ...ledger,
      together: (writes) => {
        commits.push(writes.length);
        return ledger.together(writes);
      },
    };
    const { add, gateway, sender } = aDesk(watched);
    const { gates, answer } = gated(gateway);
    add(...several(150));
    sender.start();
    await settle();
    await answer();
    expect(gates).toHaveLength(4);
    const before = commits.length;
    await answer();
    expect(gates).toHaveLength(4);
    expect(commits.slice(before)).toEqual([2]);
  });
});

describe('a batch on a disk that fills up', () => {
  it('keeps all its answers, sends nothing new, and writes them as soon as there is room', async () => {
    const { ledger } = aLedger();
    let full = true;
    const failing: Ledger = {
      ...ledger,
      endAttempt: (end) =>
        full ? { ok: false, error: { kind: 'disk-full', path: 'ledger' } } : ledger.endAttempt(end),
    };
    const { add, clock, gateway, record, sender } = aDesk(failing);
    const records = several(30);
    add(...records);
    sender.start();
    await settle();
    clock.advance(minuteMs);
    await settle();
    expect(gateway.sent).toHaveLength(1);
    expect(records.filter(({ recordId }) => record(recordId).phase === 'sending')).toHaveLength(25);
    full = false;
    clock.advance(minuteMs);
    await settle(40);
    expect(records.every(({ recordId }) => record(recordId).status === 'accepted')).toBe(true);
    expect(gateway.sent).toHaveLength(2);
  });
});

describe('a clock that jumps', () => {
  it('does not make a waiting record wait for a moment that a wrong clock had named', async () => {
    const { add, clock, gateway, record, sender } = aDesk();
    const [one = aRecord()] = several(1);
    gateway.answerNext({
      kind: 'not-recorded',
      next: 'wait',
      reason: 'throttled',
      awsErrorName: null,
      awsMessage: null,
    });
    add(one);
    sender.start();
    await settle();
    clock.jump(-20 * minuteMs);
    sender.wake();
    await settle();
    expect(record(one.recordId).status).toBe('accepted');
  });
});
