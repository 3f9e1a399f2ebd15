/** On a real ledger and a real sender, with AWS and the time under the test's hand. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { UsageFact } from '../../../src/contract/events.ts';
import { openToldFacts } from '../../../src/main/adapters/storage/told-facts.ts';
import type { Ledger } from '../../../src/main/core/ports.ts';
import { createUsageFacts } from '../../../src/main/core/services/usage-facts.ts';
import { createMemoryPreferences } from '../../fakes/memory-preferences.ts';
import { aLedger, anHourMs, aRecord, noIncidents, temporaryFolder } from '../storage/ledger-fixture.ts';
import { aDesk, hourMs, minuteMs, settle } from './sender-desk.ts';

const refused = {
  kind: 'refused',
  reason: 'invalid-usage-dimension',
  awsErrorName: 'InvalidUsageDimensionException',
  awsMessage: null,
} as const;
const notAllowed = {
  kind: 'not-recorded',
  next: 'hold',
  reason: 'not-allowed',
  awsErrorName: 'AccessDeniedException',
  awsMessage: null,
} as const;

const aPath = () => join(temporaryFolder(), 'told.json');

/** A desk whose facts are watched; `path` is where those that were told are kept. */
async function aWatchedDesk(path: string, ledger: Ledger = aLedger().ledger) {
  const desk = aDesk(ledger);
  const told: UsageFact[] = [];
  const changed: string[] = [];
  const facts = createUsageFacts({
    ledger,
    clock: desk.clock,
    preferences: createMemoryPreferences(),
    told: await openToldFacts({ path, incidents: noIncidents }),
    publish: (name, payload) => {
      if (name === 'usage.facts' && 'facts' in payload) told.push(...payload.facts);
      if (name === 'usage.changed' && 'agreementIds' in payload) changed.push(...payload.agreementIds);
    },
  });
  facts.start();
  /** Lets the sender work, tells of it, and lets the facts look. */
  const work = async () => {
    await settle();
    facts.wake();
    desk.clock.advance(1_000);
    await settle();
  };
  return { ...desk, told, changed, facts, work };
}

it('tells a rejected record once, with what a notification needs', async () => {
  const { add, gateway, sender, told, work } = await aWatchedDesk(aPath());
  sender.start();
  gateway.answerNext(refused);
  add(aRecord({ recordId: 'aaaaaaaa-0000-4000-8000-000000000001' }));
  sender.wake();
  await work();
  await work();
  expect(told).toEqual([
    expect.objectContaining({
      ...{ kind: 'rejected', reason: 'invalid-usage-dimension', quantity: 3 },
      ...{ dimensionName: 'API calls', deadlineUtc: '2026-11-21T14:00:00Z' },
    }),
  ]);
});

it('tells what needs a person once, also over a restart, and anew when it happens again after it was lifted', async () => {
  const path = aPath();
  const first = await aWatchedDesk(path);
  const { add, gateway, sender, told, work } = first;
  sender.start();
  gateway.answerNext(notAllowed);
  const recordId = 'aaaaaaaa-0000-4000-8000-000000000002';
  add(aRecord({ recordId }));
  sender.wake();
  await work();
  await work();
  expect(told).toMatchObject([{ kind: 'needs-person', reason: 'not-allowed', recordId }]);

  // A restart doesn't tell it again.
  await first.facts.close();
  await sender.close();
  const again = await aWatchedDesk(path, first.ledger);
  await again.work();
  expect(again.told).toEqual([]);

  again.sender.start();
  const letGo = again.gateway.hold();
  expect(again.sender.tryNow([recordId]).ok).toBe(true);
  await again.work();
  expect(again.told).toEqual([]);
  again.gateway.answerNext(notAllowed);
  letGo();
  await again.work();
  expect(again.told).toMatchObject([{ kind: 'needs-person', recordId }]);
});

it('tells after a restart of a record that was rejected just before the app was killed, and once', async () => {
  const path = aPath();
  const before = await aWatchedDesk(path);
  await before.facts.close();

  const killed = await aWatchedDesk(path, before.ledger);
  killed.sender.start();
  killed.gateway.answerNext(refused);
  const recordId = 'aaaaaaaa-0000-4000-8000-000000000003';
  killed.add(aRecord({ recordId }));
  killed.sender.wake();
  await settle();
  expect(killed.record(recordId).status).toBe('rejected');
  expect(killed.told).toEqual([]);

  const next = await aWatchedDesk(path, before.ledger);
  await next.work();
  expect(next.told).toMatchObject([{ kind: 'rejected', recordId }]);
  await next.work();
  expect(next.told).toHaveLength(1);
  await next.facts.close();

  const last = await aWatchedDesk(path, before.ledger);
  await last.work();
  expect(last.told).toEqual([]);
});

it('tells that a record which met trouble is near its deadline, when it comes near', async () => {
  const { add, gateway, sender, clock, told, work } = await aWatchedDesk(aPath());
  sender.start();
  gateway.answerNext(notAllowed);
  add(aRecord({ startMs: anHourMs, deadlineMs: anHourMs + 2 * hourMs }));
  sender.wake();
  await work();
  expect(told.map(({ kind }) => kind)).toEqual(['needs-person']);
  clock.advance(hourMs + 20 * minuteMs);
  expect(told.map(({ kind }) => kind)).toEqual(['needs-person']);
  clock.advance(10 * minuteMs);
  expect(told.map(({ kind }) => kind)).toEqual(['needs-person', 'near-deadline']);
  await work();
  expect(told).toHaveLength(2);
  expect(told[1]).toMatchObject({ deadlineUtc: '2026-11-20T16:00:00Z' });
  clock.advance(hourMs);
  await work();
  expect(told.map(({ kind }) => kind)).toEqual(['needs-person', 'near-deadline', 'rejected']);
  expect(told[2]?.reason).toBe('window-missed');
});

it('says nothing of records that were rejected before the start, or that are on their way undisturbed', async () => {
  const { ledger } = aLedger();
  const before = aDesk(ledger);
  before.sender.start();
  before.gateway.answerNext(refused);
  before.add(aRecord());
  before.sender.wake();
  await settle();
  await before.sender.close();

  const { add, told, work } = await aWatchedDesk(aPath(), ledger);
  add(aRecord({ startMs: anHourMs + hourMs, deadlineMs: anHourMs + 10 * minuteMs }));
  await work();
  expect(told).toEqual([]);
});

it('tells of an unknown record once CloudTrail would have shown its call, and that the lists changed by time alone', async () => {
  const { add, gateway, sender, clock, told, changed, work } = await aWatchedDesk(aPath());
  sender.start();
  gateway.answerNext({
    ...{ kind: 'may-be-recorded', reason: 'unrecognised-answer', awsErrorName: 'Odd', awsMessage: null },
  });
  const record = aRecord();
  add(record);
  sender.wake();
  await work();
  clock.advance(88 * minuteMs);
  expect(told).toEqual([]);
  clock.advance(2 * minuteMs);
  expect(told).toMatchObject([{ kind: 'needs-person', recordId: record.recordId }]);
  expect(changed).toEqual([record.agreementId]);
});
