/** Sleep, a lost network and a clock that is set: what hours do to records under way. */
import { describe, expect, it } from 'vitest';
import { meteringBodyOf } from '../../../src/main/core/domain/metering-body.ts';
import type { RecordOutcome } from '../../../src/main/core/domain/usage-record.ts';
import { aRecord } from '../storage/ledger-fixture.ts';
import { aDesk, hourMs, minuteMs, settle } from './sender-desk.ts';

describe('the sender through hours without AWS', () => {
  /** A desk whose calls find no network until the returned function is called. */
  function aDeskOffline() {
    const desk = aDesk();
    let isGone = true;
    const offline: RecordOutcome = {
      ...{ kind: 'not-recorded', next: 'wait', reason: 'offline' },
      ...{ awsErrorName: null, awsMessage: null },
    };
    desk.gateway.judgeBy(({ records }) =>
      records.map(() => (isGone ? offline : { kind: 'recorded', meteringRecordId: 'm-1' })),
    );
    const one = aRecord();
    desk.add(one);
    const connect = (): void => {
      isGone = false;
    };
    return { ...desk, one, connect };
  }

  it('tries at least every minute while the network is gone, and sends the identical record when it is back', async () => {
    const { clock, gateway, record, sender, one, connect } = aDeskOffline();
    sender.start();
    await settle();
    for (let minute = 0; minute < 180; minute += 1) {
      clock.advance(minuteMs);
      await settle(4);
      const { phase, reason, nextTryMs } = record(one.recordId);
      expect([phase, reason]).toEqual(['waiting', 'offline']);
      expect((nextTryMs ?? Number.POSITIVE_INFINITY) - clock.now()).toBeLessThanOrEqual(minuteMs);
    }
    const tries = gateway.sent.length;
    connect();
    clock.advance(minuteMs);
    await settle();
    expect(record(one.recordId).status).toBe('accepted');
    expect(gateway.sent).toHaveLength(tries + 1);
    const bodies = gateway.sent.map(({ records: [first, ...rest] }) => [
      rest.length,
      first && meteringBodyOf([first]),
    ]);
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
  });

  it('asks once the network was gone for longer than the window', async () => {
    const { clock, gateway, record, sender, one, connect } = aDeskOffline();
    sender.start();
    await settle();
    const tries = gateway.sent.length;
    connect();
    clock.jump(7 * hourMs);
    sender.wake();
    await settle();
    expect(gateway.sent).toHaveLength(tries);
    expect(record(one.recordId)).toMatchObject({ phase: 'held', reason: 'became-too-old-while-waiting' });
  });

  it('resends an unknown record after the computer slept for hours, and decides nothing before the time is known', async () => {
    const { add, clock, gateway, record, sender } = aDesk();
    const one = aRecord();
    add(one);
    gateway.answerNext({
      kind: 'may-be-recorded',
      reason: 'outcome-unknown',
      awsErrorName: null,
      awsMessage: null,
    });
    sender.start();
    await settle();
    clock.loseOffset();
    clock.jump(9 * hourMs);
    sender.wake();
    await settle();
    expect(gateway.sent).toHaveLength(2);
    expect(gateway.sent[1]?.records.map(({ startMs }) => startMs)).toEqual([one.startMs]);
    expect(record(one.recordId)).toMatchObject({ status: 'accepted', attemptCount: 2 });
  });

  it('sends a waiting record on time though the clock was set back by hours', async () => {
    const { add, clock, gateway, record, sender } = aDesk();
    const one = aRecord();
    add(one);
    gateway.answerNext({
      ...{ kind: 'not-recorded', next: 'wait', reason: 'throttled' },
      ...{ awsErrorName: null, awsMessage: null },
    });
    sender.start();
    await settle();
    expect(record(one.recordId).phase).toBe('waiting');
    clock.jump(-3 * hourMs);
    sender.wake();
    await settle();
    expect(gateway.sent).toHaveLength(2);
    expect(record(one.recordId).status).toBe('accepted');
  });
});
