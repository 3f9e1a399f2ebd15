/**
 * The list of contracts of the signed-in seller: what the last start knew of it at once, then read page by page from AWS, shown as it comes,
 * kept when a page fails.
 */
import type { Publish } from '../../../contract/api.ts';
import type { ContractChange, ContractList, ContractSummary } from '../../../contract/contracts.ts';
import type { AppError } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { CallPace } from '../domain/call-pace.ts';
import { changeOf } from '../domain/contract-changes.ts';
import type { HasMetered } from '../domain/contract-times.ts';
import { utc } from '../domain/utc-hours.ts';
import type {
  AgreementSummary,
  Agreements,
  Catalog,
  Clock,
  IncidentLog,
  KeptList,
  Ledger,
  ListCache,
  Preferences,
  Product,
} from '../ports.ts';
import { type ContractReading, createContractReading } from './contract-reading.ts';
import { summarise } from './contract-summary.ts';
import { createListedRows } from './listed-rows.ts';
import { createListedUsage } from './listed-usage.ts';
import { createProductReading } from './product-reading.ts';
import type { Session } from './session.ts';
import { createStatusAlarm } from './status-alarm.ts';

export interface ContractListDeps {
  readonly session: Session;
  readonly agreements: Agreements;
  /** Contracts that a person added here: they stand in the list whatever AWS says, or doesn't. */
  readonly byHand: () => readonly AgreementSummary[];
  readonly catalog: Catalog;
  readonly cache: ListCache;
  readonly clock: Clock;
  readonly preferences: Preferences;
  readonly ledger: () => Ledger | null;
  readonly incidents: IncidentLog;
  readonly publish: Publish;
  /** Of the searches. */
  readonly pace: CallPace;
  /** The first pause before a page that failed is asked for again, in ms. */
  readonly firstPauseMs: number;
  readonly random: () => number;
  /** False where AWS has refused this role to meter. */
  readonly mayMeter: () => boolean;
}

export interface ContractListService {
  /** What changed since the version that the caller knows of this list, or all of it. Starts reading when it was idle. */
  readonly list: (known: {
    readonly listId: string | null;
    readonly knownVersion: number;
  }) => Result<ContractList>;
  /** Reads all anew; goes on with the page at which a failed reading stopped. */
  readonly refresh: () => void;
  readonly retryIfFailed: () => void;
  /** A row with the facts of AWS behind it; null when it is not in the list (yet). */
  readonly find: (
    agreementId: string,
  ) => { readonly agreement: AgreementSummary; readonly summary: ContractSummary } | null;
  /** The buyer's other agreements for the same product, as far as the list has been read. */
  readonly related: (agreement: AgreementSummary) => readonly AgreementSummary[];
  readonly isComplete: () => boolean;
  /** Every row that is there. */
  readonly all: () => readonly ContractSummary[];
  /** Waits until the contract is in the list or the list has come to its end. */
  readonly settled: (agreementId: string) => Promise<AppError | null>;
  /** An agreement that AWS named once it has answered for the first page, if it named any; else why it did not answer. Starts reading when it was idle. */
  readonly firstRead: () => Promise<Result<AgreementSummary | null>>;
  /** The product with its dimensions, read once per list. */
  readonly product: (productId: string) => Promise<Result<Product | null>>;
  /** One was added by hand, or removed: nothing is read from AWS for it. */
  readonly byHandChanged: () => void;
  /** These buyers have other aliases now. */
  readonly buyersRenamed: (buyerAccountIds: ReadonlySet<string>) => void;
  /** What `mayMeter` says has changed. */
  readonly meteringChanged: () => void;
  /** The ledger has other usage of these contracts now; none named: of any. */
  readonly usageChanged: (agreementIds: readonly string[]) => void;
  /** Notes that the terms of a contract have (or lack) something to meter. */
  readonly noteMetered: (agreementId: string, hasMetered: HasMetered) => void;
  /** A person has seen what changed about these contracts, or about all of them. */
  readonly dismissChanges: (agreementIds: readonly string[] | null) => void;
  readonly reset: () => void;
  /** Reads the list as if there had never been one: what AWS has is another world, and nothing of it is news. */
  readonly beginAnew: () => void;
  /** Resolves when what is to be kept is on disk. */
  readonly close: () => Promise<void>;
}

/** A thousand rows are less than a megabyte, and take a page a few milliseconds. */
const rowsPerAnswer = 1_000;

type State =
  | { readonly kind: 'idle' | 'loading' | 'complete' }
  | { readonly kind: 'failed'; readonly error: AppError };

export function createContractList(deps: ContractListDeps): ContractListService {
  let state: State = { kind: 'idle' };
  let lastCompleteMs: number | null = null;
  let unreadable = 0;
  let agreements = new Map<string, AgreementSummary>();
  let metered = new Map<string, HasMetered>();
  let changes = new Map<string, ContractChange>();
  let accountId: string | null = null;
  let reading: ContractReading | null = null;
  /** A reading under way is outdated by the next one. */
  let runs = 0;
  let waiting: (() => void)[] = [];
  let unsaved = false;
  let saving: Promise<unknown> = Promise.resolve();
  const rows = createListedRows();
  const usage = createListedUsage({
    ledger: deps.ledger,
    clock: deps.clock,
    sellerAccountId: () => deps.session.identity()?.accountId ?? null,
  });
  const products = createProductReading({
    catalog: deps.catalog,
    onRead: (ids) =>
      reconsider(
        where((agreement) => ids.has(agreement.productId)),
        true,
      ),
  });
  const alarm = createStatusAlarm({ clock: deps.clock, onDue: (ids) => reconsider(ids) });

  function moved(): void {
    deps.publish('contracts.changed', {});
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  }

  function nextMove(): Promise<void> {
    return new Promise((resolve) => waiting.push(resolve));
  }

  function where(fits: (agreement: AgreementSummary) => boolean): readonly string[] {
    return [...agreements.values()].filter(fits).map((one) => one.agreementId);
  }

  function clear(): void {
    runs += 1;
    reading?.stop();
    reading = null;
    save();
    state = { kind: 'idle' };
    lastCompleteMs = null;
    unreadable = 0;
    agreements = new Map();
    metered = new Map();
    changes = new Map();
    accountId = null;
    rows.clear();
    products.clear();
    alarm.clear();
  }

  /** Rows that are there stay until AWS has said all: a refresh that fails must not empty the screen. */
  function start(): void {
    const stopped = state.kind === 'failed' ? reading : null;
    if (stopped === null) reading?.stop();
    reading = stopped;
    state = { kind: 'loading' };
    usage.readAll();
    if (stopped === null || products.problem() !== null) products.begin();
    if (stopped !== null) products.want([...agreements.values()].map((one) => one.productId));
    runs += 1;
    const run = runs;
    moved();
    readAll(run).catch((cause: unknown) => {
      if (run === runs)
        failed({ kind: 'unexpected', incidentId: deps.incidents.report(cause, 'contract list') });
    });
  }

  async function readAll(run: number): Promise<void> {
    const asked = deps.session.identity();
    if (accountId === null && asked !== null) {
      accountId = asked.accountId;
      const kept = await deps.cache.read(asked.accountId);
      if (run !== runs) return;
      if (kept !== null) remember(kept);
    }
    takeByHand();
    reading ??= newReading();
    const end = await reading.run();
    if (run !== runs || end === null) return;
    if (end.ok) return complete(reading, run);
    deps.session.noteEnd(end.error, asked ?? undefined);
    failed(end.error);
  }

  function remember(kept: KeptList): void {
    lastCompleteMs = kept.asOfMs;
    unreadable = kept.unreadable;
    changes = new Map(Object.entries(kept.changes));
    agreements = new Map(kept.agreements.map((one) => [one.agreementId, one]));
    products.remember(kept.products);
    reconsider();
  }

  function newReading(): ContractReading {
    return createContractReading(
      { ...deps, nowMs: deps.clock.now, onPage: take, onProgress: moved },
      lastCompleteMs === null,
    );
  }

  function failed(error: AppError): void {
    state = { kind: 'failed', error };
    moved();
  }

  async function complete(mine: ContractReading, run: number): Promise<void> {
    await products.settled();
    if (run !== runs) return;
    drop(where(({ agreementId, addedByHand }) => !addedByHand && !mine.found.has(agreementId)));
    lastCompleteMs = mine.asOfMs();
    unreadable = mine.unreadable();
    state = { kind: 'complete' };
    reading = null;
    unsaved = true;
    save();
    moved();
  }

  function drop(gone: readonly string[]): void {
    for (const agreementId of gone) {
      agreements.delete(agreementId);
      changes.delete(agreementId);
      alarm.set(agreementId, null);
    }
    rows.drop(gone);
  }

  function take(page: readonly AgreementSummary[]): void {
    for (const agreement of page) {
      const { agreementId } = agreement;
      const change = lastCompleteMs === null ? null : changeOf(agreements.get(agreementId), agreement);
      if (change !== null) changes.set(agreementId, change);
    }
    place(page);
  }

  function takeByHand(): void {
    const own = deps.byHand();
    const ids = new Set(own.map((one) => one.agreementId));
    drop(where(({ agreementId, addedByHand }) => addedByHand === true && !ids.has(agreementId)));
    place(own);
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
    if (changed) moved();
  }

  function save(): void {
    if (!unsaved || accountId === null || lastCompleteMs === null) return;
    unsaved = false;
    const known = products.known();
    const list = {
      asOfMs: lastCompleteMs,
      unreadable,
      agreements: [...agreements.values()].filter((one) => one.addedByHand !== true),
      products: [...known.values()].filter((product) => product !== null),
      changes: Object.fromEntries(changes),
    };
    const ofAccount = accountId;
    saving = saving.then(() => deps.cache.write(ofAccount, list));
  }

  function shownState(): ContractList['state'] {
    if (state.kind === 'idle' || state.kind === 'complete') return { kind: state.kind };
    const { isWaiting, ...progress } = reading?.progress() ?? nothingRead;
    return state.kind === 'failed'
      ? { kind: 'failed', ...progress, error: state.error }
      : { kind: 'loading', ...progress, isWaiting };
  }

  async function settled(agreementId: string): Promise<AppError | null> {
    const identity = deps.session.requireIdentity();
    if (!identity.ok) return identity.error;
    if (state.kind === 'idle') start();
    while (rows.get(agreementId) === null && state.kind === 'loading') {
      await nextMove();
    }
    if (rows.get(agreementId) !== null) return null;
    return state.kind === 'failed' ? state.error : { kind: 'not-found', what: 'contract', id: agreementId };
  }

  async function firstRead(): Promise<Result<AgreementSummary | null>> {
    const identity = deps.session.requireIdentity();
    if (!identity.ok) return identity;
    if (state.kind === 'idle') start();
    while (state.kind === 'loading' && (reading?.progress().pagesRead ?? 0) === 0) await nextMove();
    if (state.kind === 'failed') return err(state.error);
    return ok([...agreements.values()].find((one) => !one.addedByHand) ?? null);
  }

  return {
    list: (known) => {
      if (state.kind === 'idle' && deps.session.identity()) start();
      return ok({
        ...rows.since(known, rowsPerAnswer),
        state: shownState(),
        lastCompleteUtc: lastCompleteMs === null ? null : utc(lastCompleteMs),
        count: rows.size(),
        unreadable,
        catalogProblem: products.problem(),
      });
    },
    refresh: start,
    retryIfFailed: () => {
      if (state.kind === 'failed') start();
    },
    find: (agreementId) => {
      const agreement = agreements.get(agreementId);
      const summary = rows.get(agreementId);
      return agreement && summary ? { agreement, summary } : null;
    },
    related: ({ agreementId, buyerAccountId, productId }) =>
      [...agreements.values()].filter(
        (one) =>
          one.buyerAccountId === buyerAccountId &&
          one.productId === productId &&
          one.agreementId !== agreementId,
      ),
    isComplete: () => state.kind === 'complete',
    all: () => [...agreements.keys()].flatMap((agreementId) => rows.get(agreementId) ?? []),
    settled,
    firstRead,
    product: products.load,
    byHandChanged: () => {
      // A list that was never begun takes them when it begins.
      if (accountId !== null) takeByHand();
    },
    meteringChanged: () => reconsider(),
    buyersRenamed: (ids) => reconsider(where((agreement) => ids.has(agreement.buyerAccountId))),
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
      if (seen.length === 0) return;
      unsaved = true;
      // One that is opened is kept with the next list; a person's word for all is kept now.
      if (agreementIds === null && state.kind === 'complete') save();
      reconsider(seen);
    },
    reset: () => {
      clear();
      moved();
    },
    beginAnew: () => {
      clear();
      accountId = deps.session.identity()?.accountId ?? null;
      start();
    },
    close: async () => {
      runs += 1;
      reading?.stop();
      reading = null;
      alarm.clear();
      if (state.kind === 'complete') save();
      await saving;
    },
  };
}

const nothingRead = { pagesRead: 0, found: 0, activeRead: false, isWaiting: false };
