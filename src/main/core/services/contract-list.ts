/**
 * The list of contracts of the signed-in seller: what the last start knew of it at once, then read page by page from AWS, shown as it comes,
 * kept when a page fails.
 */
import type { Publish } from '../../../contract/api.ts';
import type { ContractList, ContractSummary } from '../../../contract/contracts.ts';
import type { AppError } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { CallPace } from '../domain/call-pace.ts';
import { utc } from '../domain/utc-hours.ts';
import type { AgreementSummary, Agreements, IncidentLog, ListCache, Product } from '../ports.ts';
import { type ContractReading, createContractReading } from './contract-reading.ts';
import { createListedContracts, type ListedContracts, type ListedContractsDeps } from './listed-contracts.ts';
import type { Session } from './session.ts';

export interface ContractListDeps extends Omit<ListedContractsDeps, 'sellerAccountId' | 'onMoved'> {
  readonly session: Session;
  readonly agreements: Agreements;
  readonly cache: ListCache;
  readonly incidents: IncidentLog;
  readonly publish: Publish;
  /** Of the searches. */
  readonly pace: CallPace;
  /** The first pause before a page that failed is asked for again, in ms. */
  readonly firstPauseMs: number;
  readonly random: () => number;
}

export interface ContractListService
  extends Pick<ListedContracts, 'buyersRenamed' | 'meteringChanged' | 'usageChanged' | 'noteMetered'> {
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
  let accountId: string | null = null;
  let reading: ContractReading | null = null;
  /** A reading under way is outdated by the next one. */
  let runs = 0;
  let waiting: (() => void)[] = [];
  let unsaved = false;
  let saving: Promise<unknown> = Promise.resolve();
  const contracts = createListedContracts({
    ...deps,
    sellerAccountId: () => deps.session.identity()?.accountId ?? null,
    onMoved: moved,
  });
  const { rows, products } = contracts;

  function moved(): void {
    deps.publish('contracts.changed', {});
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  }

  function nextMove(): Promise<void> {
    return new Promise((resolve) => waiting.push(resolve));
  }

  function clear(): void {
    runs += 1;
    reading?.stop();
    reading = null;
    save();
    state = { kind: 'idle' };
    lastCompleteMs = null;
    unreadable = 0;
    accountId = null;
    contracts.clear();
  }

  /** Rows that are there stay until AWS has said all: a refresh that fails must not empty the screen. */
  function start(): void {
    const stopped = state.kind === 'failed' ? reading : null;
    if (stopped === null) reading?.stop();
    reading = stopped;
    state = { kind: 'loading' };
    contracts.readingBegins(stopped !== null);
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
      if (kept !== null) {
        lastCompleteMs = kept.asOfMs;
        unreadable = kept.unreadable;
        contracts.remember(kept);
      }
    }
    contracts.takeByHand();
    reading ??= newReading();
    const end = await reading.run();
    if (run !== runs || end === null) return;
    if (end.ok) return complete(reading, run);
    deps.session.noteEnd(end.error, asked ?? undefined);
    failed(end.error);
  }

  function newReading(): ContractReading {
    const onPage = (page: readonly AgreementSummary[]) => contracts.take(page, lastCompleteMs !== null);
    return createContractReading(
      { ...deps, nowMs: deps.clock.now, onPage, onProgress: moved },
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
    contracts.keepOnly(mine.found);
    lastCompleteMs = mine.asOfMs();
    unreadable = mine.unreadable();
    state = { kind: 'complete' };
    reading = null;
    unsaved = true;
    save();
    moved();
  }

  function save(): void {
    if (!unsaved || accountId === null || lastCompleteMs === null) return;
    unsaved = false;
    const list = { asOfMs: lastCompleteMs, unreadable, ...contracts.toKeep() };
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
    return ok(contracts.all().find((one) => !one.addedByHand) ?? null);
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
      const agreement = contracts.get(agreementId);
      const summary = rows.get(agreementId);
      return agreement && summary ? { agreement, summary } : null;
    },
    related: ({ agreementId, buyerAccountId, productId }) =>
      contracts
        .all()
        .filter(
          (one) =>
            one.buyerAccountId === buyerAccountId &&
            one.productId === productId &&
            one.agreementId !== agreementId,
        ),
    isComplete: () => state.kind === 'complete',
    all: () => contracts.all().flatMap(({ agreementId }) => rows.get(agreementId) ?? []),
    settled,
    firstRead,
    product: products.load,
    byHandChanged: () => {
      // A list that was never begun takes them when it begins.
      if (accountId !== null) contracts.takeByHand();
    },
    meteringChanged: contracts.meteringChanged,
    buyersRenamed: contracts.buyersRenamed,
    usageChanged: contracts.usageChanged,
    noteMetered: contracts.noteMetered,
    dismissChanges: (agreementIds) => {
      if (!contracts.dismissChanges(agreementIds)) return;
      unsaved = true;
      // One that is opened is kept with the next list; a person's word for all is kept now.
      if (agreementIds === null && state.kind === 'complete') save();
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
      contracts.stop();
      if (state.kind === 'complete') save();
      await saving;
    },
  };
}

const nothingRead = { pagesRead: 0, found: 0, activeRead: false, isWaiting: false };
