/** A sender on a real ledger, with AWS, the time and the person under the test's hand. */
import { onTestFinished } from 'vitest';
import type { Identity } from '../../../src/contract/session.ts';
import type { Ledger } from '../../../src/main/core/ports.ts';
import { createSender } from '../../../src/main/core/services/sender.ts';
import type { Session } from '../../../src/main/core/services/session.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { createScriptedGateway } from '../../fakes/scripted-gateway.ts';
import {
  aLedger,
  anHourMs,
  aSubmission,
  noIncidents,
  principalArn,
  sellerAccountId,
  valueIn,
} from '../storage/ledger-fixture.ts';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;

/** Lets everything that is ready run, some promise turns deep. */
export async function settle(turns = 20): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

export function identityOf(accountId: string): Identity {
  return { profile: 'sales', accountId, accountName: null, roleName: 'SalesOps', principalArn };
}

export function aDesk(
  ledger: Ledger = aLedger().ledger,
  identity: Identity | null = identityOf(sellerAccountId),
) {
  const clock = createFakeClock(anHourMs + 5 * minuteMs);
  clock.learnOffset(0);
  const gateway = createScriptedGateway();
  const ended: string[] = [];
  const incidents: unknown[] = [];
  const published: string[] = [];
  let who = identity;
  let statedEndUtc: string | null = null;
  const session: Pick<Session, 'identity' | 'noteEnd' | 'view'> = {
    identity: () => who,
    view: () =>
      who === null
        ? { state: 'signed-out', problem: null }
        : {
            ...{ state: 'signed-in', identity: who, expiresUtc: statedEndUtc },
            ...{ renewsItself: false, renewalProblem: null, isShared: false, switchProblem: null },
          },
    noteEnd: (problem, of) => {
      if (of?.principalArn !== who?.principalArn || of?.accountId !== who?.accountId) return;
      ended.push(problem.kind);
      who = null;
    },
  };
  const sender = createSender({
    ledger,
    gateway,
    clock,
    session,
    incidents: {
      ...noIncidents,
      report: (cause) => {
        incidents.push(cause);
        return 'incident';
      },
    },
    publish: (name) => {
      published.push(name);
    },
    random: () => 0.5,
    callsPerSecond: Number.POSITIVE_INFINITY,
    closePatienceMs: 10,
  });
  onTestFinished(() => sender.close());
  const add = (...records: Parameters<typeof aSubmission>[0] & object) => {
    valueIn(ledger.submit(aSubmission(records, { confirmedMs: clock.now() })));
  };
  const record = (recordId: string) => {
    const found = valueIn(ledger.record(recordId));
    if (!found) throw new Error(`no record ${recordId}`);
    return found;
  };
  const signIn = (accountId: string): void => {
    who = identityOf(accountId);
    sender.signedIn();
  };
  /** When AWS has stated that the sign-in ends. */
  const stateEnd = (ms: number): void => {
    statedEndUtc = new Date(ms).toISOString();
  };
  return { ledger, clock, gateway, sender, ended, incidents, published, add, record, signIn, stateEnd };
}
