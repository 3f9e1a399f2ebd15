/** What is known of each listed contract, from AWS, from a person and from the ledger, and the rows that are made of it. */
import type { ContractChange } from '../../../contract/contracts.ts';
import { changeOf } from '../domain/contract-changes.ts';
import type { HasMetered } from '../domain/contract-times.ts';
import type { AgreementSummary, Catalog, Clock, KeptList, Ledger, Preferences } from '../ports.ts';
import { summarise } from './contract-summary.ts';
import { createListedRows, type ListedRows } from './listed-rows.ts';
import { createListedUsage } from './listed-usage.ts';
import { createProductReading, type ProductReading } from './product-reading.ts';
import { createStatusAlarm } from './status-alarm.ts';

export interface ListedContractsDeps {
  /** Contracts that a person added here: they stand in the list whatever AWS says, or doesn't. */
  readonly byHand: () => readonly AgreementSummary[];
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly preferences: Preferences;
  readonly ledger: () => Ledger | null;
  /** The seller account whose usage is listed, or null. */
  readonly sellerAccountId: () => string | null;
  /** False where AWS has refused this role to meter. */
  readonly mayMeter: () => boolean;
  /** There is something else to look at. */
  readonly onMoved: () => void;
}

export interface ListedContracts {
  readonly rows: Pick<ListedRows, 'size' | 'get' | 'since'>;
  readonly products: Pick<ProductReading, 'settled' | 'load' | 'problem'>;
  readonly get: (agreementId: string) => AgreementSummary | null;
  readonly all: () => readonly AgreementSummary[];
  /** A reading begins, or goes on: what it has asked for already is not asked for again. */
  readonly readingBegins: (goesOn: boolean) => void;
  /** What the last start knew. */
  readonly remember: (kept: KeptList) => void;
  /** A page of AWS's; with `isNews` what is other than before is marked. */
  readonly take: (page: readonly AgreementSummary[], isNews: boolean) => void;
  readonly takeByHand: () => void;
  /** AWS has told everything: what it did not name is gone, but for what was added by hand. */
  readonly keepOnly: (found: ReadonlySet<string>) => void;
  readonly toKeep: () => Pick<KeptList, 'agreements' | 'products' | 'changes'>;
  /** These buyers have other aliases now. */
  readonly buyersRenamed: (buyerAccountIds: ReadonlySet<string>) => void;
  /** What `mayMeter` says has changed. */
  readonly meteringChanged: () => void;
  /** The ledger has other usage of these contracts now; none named: of any. */
  readonly usageChanged: (agreementIds: readonly string[]) => void;
  /** Notes that the terms of a contract have (or lack) something to meter. */
  readonly noteMetered: (agreementId: string, hasMetered: HasMetered) => void;
  /** Takes the marks off these contracts, or all; whether any had one. */
  readonly dismissChanges: (agreementIds: readonly string[] | null) => boolean;
  readonly clear: () => void;
  /** Nothing is looked at again by time alone. */
  readonly stop: () => void;
}

export function createListedContracts(deps: ListedContractsDeps): ListedContracts {
  let agreements = new Map<string, AgreementSummary>();
  let metered = new Map<string, HasMetered>();
  let changes = new Map<string, ContractChange>();
  const rows = createListedRows();
  const usage = createListedUsage(deps);
  const products = createProductReading({
    catalog: deps.catalog,
    onRead: (ids) =>
      reconsider(
        where((agreement) => ids.has(agreement.productId)),
        true,
      ),
  });
  const alarm = createStatusAlarm({ clock: deps.clock, onDue: (ids) => reconsider(ids) });

  function where(fits: (agreement: AgreementSummary) => boolean): readonly string[] {
    return [...agreements.values()].filter(fits).map((one) => one.agreementId);
  }

  function drop(gone: readonly string[]): void {
    for (const agreementId of gone) {
      agreements.delete(agreementId);
      changes.delete(agreementId);
      alarm.set(agreementId, null);
    }
    rows.drop(gone);
  }

  function place(these: readonly AgreementSummary[]): void {
    for (const agreement of these) agreements.set(agreement.agreementId, agreement);
    reconsider(
      these.map((agreement) => agreement.agreementId),
      true,
    );
    products.want(these.map((agreement) => agreement.productId));
  }

  /** Builds rows anew; what differs is told, and with `always` also that there was something to look at. */
  function reconsider(agreementIds: Iterable<string> = agreements.keys(), always = false): void {
    const nowMs = deps.clock.now();
    const aliases = deps.preferences.get().buyerAliases;
    let changed = always;
    for (const agreementId of agreementIds) {
      const agreement = agreements.get(agreementId);
      if (!agreement) continue;
      const { summary, nextChangeMs } = summarise(agreement, products.get(agreement.productId), {
        nowMs,
        aliases,
        usage: usage.of(agreementId),
        hasMetered: metered.get(agreementId) ?? null,
        change: changes.get(agreementId) ?? null,
        mayMeter: deps.mayMeter(),
      });
      alarm.set(agreementId, nextChangeMs);
      if (rows.put(summary)) changed = true;
    }
    alarm.arm();
    if (changed) deps.onMoved();
  }

  return {
    rows,
    products,
    get: (agreementId) => agreements.get(agreementId) ?? null,
    all: () => [...agreements.values()],
    readingBegins: (goesOn) => {
      usage.readAll();
      if (!goesOn || products.problem() !== null) products.begin();
      if (goesOn) products.want([...agreements.values()].map((one) => one.productId));
    },
    remember: (kept) => {
      changes = new Map(Object.entries(kept.changes));
      agreements = new Map(kept.agreements.map((one) => [one.agreementId, one]));
      products.remember(kept.products);
      reconsider();
    },
    take: (page, isNews) => {
      for (const agreement of page) {
        const { agreementId } = agreement;
        const change = isNews ? changeOf(agreements.get(agreementId), agreement) : null;
        if (change !== null) changes.set(agreementId, change);
      }
      place(page);
    },
    takeByHand: () => {
      const own = deps.byHand();
      const ids = new Set(own.map((one) => one.agreementId));
      drop(where(({ agreementId, addedByHand }) => addedByHand === true && !ids.has(agreementId)));
      place(own);
    },
    keepOnly: (found) =>
      drop(where(({ agreementId, addedByHand }) => !addedByHand && !found.has(agreementId))),
    toKeep: () => ({
      agreements: [...agreements.values()].filter((one) => one.addedByHand !== true),
      products: [...products.known().values()].filter((product) => product !== null),
      changes: Object.fromEntries(changes),
    }),
    buyersRenamed: (ids) => reconsider(where((agreement) => ids.has(agreement.buyerAccountId))),
    meteringChanged: () => reconsider(),
    usageChanged: (agreementIds) => {
      const isAny = agreementIds.length === 0 || usage.isOfAnotherMonth();
      if (isAny) usage.readAll();
      else usage.read(agreementIds);
      reconsider(isAny ? undefined : agreementIds);
    },
    noteMetered: (agreementId, hasMetered) => {
      if (metered.get(agreementId) === hasMetered) return;
      metered.set(agreementId, hasMetered);
      reconsider([agreementId]);
    },
    dismissChanges: (agreementIds) => {
      const seen = (agreementIds ?? [...changes.keys()]).filter((agreementId) => changes.delete(agreementId));
      if (seen.length > 0) reconsider(seen);
      return seen.length > 0;
    },
    clear: () => {
      agreements = new Map();
      metered = new Map();
      changes = new Map();
      rows.clear();
      products.clear();
      alarm.clear();
    },
    stop: alarm.clear,
  };
}
