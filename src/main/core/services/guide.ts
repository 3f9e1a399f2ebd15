/** The facts by which the guide of reasons fits one record. Reads the contract where its account is signed in; changes nothing. */
import type { ContractDetails } from '../../../contract/contracts.ts';
import type { GuideFacts } from '../../../contract/guide.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { deadlineRuleOf } from '../domain/deadline-rule.ts';
import { deniedAction } from '../domain/denied-action.ts';
import { nearestKey } from '../domain/dimensions.ts';
import type { StoredRecord } from '../domain/usage-record.ts';
import { utc } from '../domain/utc-hours.ts';
import type { Clock, Ledger } from '../ports.ts';
import type { ContractDetailsService } from './contract-details.ts';
import type { Session } from './session.ts';

export interface GuideDeps {
  readonly ledger: () => Result<Ledger>;
  readonly session: Pick<Session, 'identity'>;
  readonly contracts: Pick<ContractDetailsService, 'load'>;
  readonly clock: Pick<Clock, 'now' | 'offsetMs'>;
}

/** Terms this old still tell which dimensions the contract has. */
const termsMaxAgeMs = 5 * 60_000;

/** Fails with `not-found`, or as the ledger does; a contract that can't be read is only missing from the facts. */
export function createGuide(deps: GuideDeps): (recordId: string) => Promise<Result<GuideFacts>> {
  async function contractOf(record: StoredRecord): Promise<GuideFacts['contract']> {
    if (deps.session.identity()?.accountId !== record.sellerAccountId) return null;
    const loaded = await deps.contracts.load(record.agreementId, termsMaxAgeMs);
    return loaded.ok ? contractFacts(loaded.value.details) : null;
  }

  function sameHour(ledger: Ledger, record: StoredRecord): Result<GuideFacts['sameHour']> {
    const held = ledger.heldSlots({
      productId: record.productId,
      buyerAccountId: record.buyerAccountId,
      fromMs: record.hourSlotMs,
      untilMs: record.hourSlotMs,
    });
    if (!held.ok) return held;
    return ok(
      held.value
        .filter((one) => one.dimensionKey === record.dimensionKey && one.recordId !== record.recordId)
        .map(({ recordId, status, quantity }) => ({ recordId, status, quantity })),
    );
  }

  return async (recordId) => {
    const ledger = deps.ledger();
    if (!ledger.ok) return ledger;
    const found = ledger.value.record(recordId);
    if (!found.ok) return found;
    const record = found.value;
    if (record === null) return err({ kind: 'not-found', what: 'record', id: recordId });
    const attempts = ledger.value.attempts(recordId);
    if (!attempts.ok) return attempts;
    const others = sameHour(ledger.value, record);
    if (!others.ok) return others;
    const contract = await contractOf(record);
    const lastTriedMs = attempts.value.reduce((last, { startedMs }) => Math.max(last, startedMs), 0);
    return ok({
      recordId,
      nowUtc: utc(deps.clock.now()),
      deadlineRule: deadlineRuleOf(record),
      lastTriedUtc: lastTriedMs === 0 ? null : utc(lastTriedMs),
      contract,
      nearestKey: nearestOf(record.dimensionKey, contract?.meteredKeys ?? []),
      missingAction: record.awsMessage === null ? null : deniedAction(record.awsMessage),
      clockOffsetMs: deps.clock.offsetMs(),
      signedInAccountId: deps.session.identity()?.accountId ?? null,
      sameHour: others.value,
    });
  };
}

function nearestOf(key: string, meteredKeys: readonly string[]): string | null {
  return meteredKeys.includes(key) ? null : nearestKey(key, meteredKeys);
}

function contractFacts({
  summary,
  dimensions,
  problem,
}: ContractDetails): NonNullable<GuideFacts['contract']> {
  const keysOf = (kind: ContractDetails['dimensions'][number]['kind']) =>
    dimensions.filter((dimension) => dimension.kind === kind).map((dimension) => dimension.key);
  return {
    awsStatus: summary.awsStatus,
    endUtc: summary.endUtc,
    endIsAbout: summary.endIsAbout,
    buyerAccountId: summary.buyerAccountId,
    licenseArns: summary.licenseArns,
    productCode: summary.productCode,
    meteredKeys: problem === null ? keysOf('metered') : null,
    entitledKeys: keysOf('entitled'),
  };
}
