/** Entering usage: gathers what the rules need to know, applies them, keeps drafts. Changes nothing at AWS. */
import type { CallInput } from '../../../contract/calls.ts';
import type { CheckedEntry, Draft, EntryInput, EntryLine, Overage } from '../../../contract/entry.ts';
import type { ReasonCode } from '../../../contract/reason-codes.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { memberAt } from '../domain/chains.ts';
import { checkEntry } from '../domain/check-entry.ts';
import { contractStatusOf, effectiveTimes } from '../domain/contract-times.ts';
import { overageOf } from '../domain/overage.ts';
import { windowMsOf } from '../domain/usage-window.ts';
import { hourSlotOf, utc } from '../domain/utc-hours.ts';
import type { AgreementSummary, Clock, Drafts, HeldSlot, Ledger, Preferences } from '../ports.ts';
import {
  type ContractDetailsService,
  type LoadedContract,
  type MeteringIdentity,
  meteringIdentityOf,
} from './contract-details.ts';
import type { ContractListService } from './contract-list.ts';
import type { Session } from './session.ts';

export interface EntryDeps {
  readonly session: Session;
  readonly contracts: ContractDetailsService;
  readonly list: Pick<ContractListService, 'related'>;
  readonly clock: Clock;
  readonly preferences: Preferences;
  readonly drafts: Drafts;
  readonly ledger: () => Result<Ledger>;
  /** False where AWS has refused this role to meter. */
  readonly mayMeter: () => boolean;
}

/** Everything that was known when lines were checked. */
export interface CheckedContext {
  readonly contract: LoadedContract;
  readonly metering: MeteringIdentity | null;
  readonly checked: CheckedEntry;
  readonly nowMs: number;
  readonly windowMs: number;
}

export interface EntryService {
  readonly check: (input: EntryInput) => Promise<Result<CheckedContext>>;
  /** What of a total lies beyond the entitlement of a dimension. */
  readonly overage: (question: CallInput<'entry.overage'>) => Promise<Result<Overage>>;
  readonly getDraft: (agreementId: string) => Result<Draft | null>;
  readonly saveDraft: (draft: {
    readonly agreementId: string;
    readonly lines: readonly EntryLine[];
    readonly licenseArn?: string | null | undefined;
    readonly timeZone: string;
  }) => Promise<Result<Record<string, never>>>;
  readonly discardDraft: (agreementId: string) => Promise<Result<Record<string, never>>>;
}

export function createEntry(deps: EntryDeps): EntryService {
  async function check(input: EntryInput): Promise<Result<CheckedContext>> {
    const contract = await deps.contracts.load(input.agreementId);
    if (!contract.ok) return contract;
    const { agreement, details } = contract.value;
    // Without terms and catalog every dimension would look unknown: the failure itself is the honest answer.
    if (details.problem !== null) return err(details.problem);
    const nowMs = deps.clock.now();
    const policy = deps.preferences.get().windowPolicy;
    const windowMs = windowMsOf(policy);
    const held = heldSlots(agreement.productId, agreement.buyerAccountId, nowMs, windowMs);
    if (!held.ok) return held;
    const metering = meteringIdentityOf(details, input.licenseArn ?? null);
    const checkedAlone = checkEntry({
      lines: input.lines,
      timeZone: input.timeZone,
      locale: input.locale,
      nowMs,
      policy,
      contract: effectiveTimes(agreement),
      dimensions: details.dimensions,
      metering: metering.ok ? metering.value : null,
      heldSlots: held.value,
      blockers: deps.mayMeter() ? blockersOf(contract.value, metering, nowMs) : ['not-allowed'],
    });
    const checked = withMembers(checkedAlone, agreement, nowMs);
    return ok({
      contract: contract.value,
      metering: metering.ok ? metering.value : null,
      checked,
      nowMs,
      windowMs,
    });
  }

  /** A start time that is another member's of the chain says whose. */
  function withMembers(checked: CheckedEntry, agreement: AgreementSummary, nowMs: number): CheckedEntry {
    const others = deps.list.related(agreement);
    if (others.length === 0) return checked;
    const lines = checked.lines.map((line) => {
      if (line.startUtc === null) return line;
      const member = memberAt(agreement, others, Date.parse(line.startUtc), nowMs);
      if (member === null) return line;
      const issues = line.issues.map((issue) =>
        outOfTime.has(issue.code)
          ? { ...issue, facts: { ...issue.facts, belongsTo: member.agreementId } }
          : issue,
      );
      return { ...line, issues };
    });
    return { ...checked, lines };
  }

  async function overage({
    agreementId,
    dimensionKey,
    licenseArn,
    usedText,
    locale,
  }: CallInput<'entry.overage'>) {
    const contract = await deps.contracts.load(agreementId);
    if (!contract.ok) return contract;
    const ledger = deps.ledger();
    if (!ledger.ok) return ledger;
    const { dimensions, licences } = contract.value.details;
    const prepaid = dimensions.find((one) => one.key === dimensionKey && one.kind === 'entitled');
    const ofLicence = licences
      .find((licence) => licence.licenseArn === licenseArn)
      ?.entitlements.find((entitlement) => entitlement.dimensionKey === dimensionKey);
    const entitled = ofLicence?.quantity ?? prepaid?.entitledNow ?? prepaid?.entitledQuantity ?? null;
    return ok(overageOf(usedText, locale, entitled, reportedOn(ledger.value, agreementId, dimensionKey)));
  }

  function heldSlots(
    productId: string,
    buyerAccountId: string,
    nowMs: number,
    windowMs: number,
  ): Result<readonly HeldSlot[]> {
    const ledger = deps.ledger();
    if (!ledger.ok) return ledger;
    return ledger.value.heldSlots({
      productId,
      buyerAccountId,
      fromMs: hourSlotOf(nowMs - windowMs),
      untilMs: hourSlotOf(nowMs),
    });
  }

  return {
    check,
    overage,
    getDraft: (agreementId) => {
      const seller = sellerOf(deps.session);
      if (!seller.ok) return seller;
      const draft = deps.drafts.get(seller.value, agreementId);
      return ok(draft === null ? null : { ...draft, lines: [...draft.lines] });
    },
    saveDraft: async ({ agreementId, lines, licenseArn = null, timeZone }) => {
      const seller = sellerOf(deps.session);
      if (!seller.ok) return seller;
      const saved = await deps.drafts.save(seller.value, {
        agreementId,
        lines,
        licenseArn,
        timeZone,
        savedUtc: utc(deps.clock.now()),
      });
      return saved.ok ? ok({}) : saved;
    },
    discardDraft: async (agreementId) => {
      const seller = sellerOf(deps.session);
      if (!seller.ok) return seller;
      const discarded = await deps.drafts.discard(seller.value, agreementId);
      return discarded.ok ? ok({}) : discarded;
    },
  };
}

const outOfTime: ReadonlySet<ReasonCode> = new Set([
  'before-contract-start',
  'after-contract-end',
  'contract-ended',
]);

/** Units of the dimension that are pending or accepted here on this contract. */
function reportedOn(ledger: Ledger, agreementId: string, dimensionKey: string): number {
  let sum = 0;
  for (const record of ledger.iterate({ agreementId })) {
    const counts = record.status === 'pending' || record.status === 'accepted';
    if (counts && record.dimensionKey === dimensionKey) sum += record.quantity;
  }
  return sum;
}

/** A draft can be kept although the sign-in has ended meanwhile. */
function sellerOf(session: Session): Result<string> {
  const view = session.view();
  if (view.state === 'signed-in' || view.state === 'ended') return ok(view.identity.accountId);
  return err({ kind: 'not-signed-in' });
}

function blockersOf(
  contract: LoadedContract,
  metering: ReturnType<typeof meteringIdentityOf>,
  nowMs: number,
): ReasonCode[] {
  const { addUsage } = contractStatusOf(contract.agreement, nowMs, contract.hasMetered);
  if (!addUsage.allowed) return [addUsage.reason];
  return metering.ok ? [] : [metering.error];
}
