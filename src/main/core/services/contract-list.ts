/**
 * The list of contracts of the signed-in seller: read page by page from AWS, shown as it comes, kept when a page fails.
 * Every row carries the version at which it last changed, so that the page fetches only what is new to it.
 */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Publish } from '../../../contract/api.ts';
import type { ContractList, ContractSummary } from '../../../contract/contracts.ts';
import type { AppError } from '../../../contract/errors.ts';
import { ok, type Result } from '../../../contract/result.ts';
import type { HasMetered } from '../domain/contract-times.ts';
import { utc } from '../domain/utc-hours.ts';
import type {
  AgreementSummary,
  Agreements,
  Catalog,
  Clock,
  IncidentLog,
  Ledger,
  Preferences,
  Product,
} from '../ports.ts';
import { summarise } from './contract-summary.ts';
import { createListedUsage } from './listed-usage.ts';
import type { Session } from './session.ts';

export interface ContractListDeps {
  readonly session: Session;
  readonly agreements: Agreements;
  readonly catalog: Catalog;
  readonly clock: Clock;
  readonly preferences: Preferences;
  readonly ledger: () => Ledger | null;
  readonly incidents: IncidentLog;
  readonly publish: Publish;
}

export interface ContractListService {
  /** What changed since the version that the caller knows of this list, or all of it. Starts reading when it was idle. */
  readonly list: (known: {
    readonly listId: string | null;
    readonly knownVersion: number;
  }) => Result<ContractList>;
  readonly refresh: () => void;
  /** Reads anew where the last reading failed. */
  readonly retryIfFailed: () => void;
  /** A row with the facts of AWS behind it; null when it is not in the list (yet). */
  readonly find: (
    agreementId: string,
  ) => { readonly agreement: AgreementSummary; readonly summary: ContractSummary } | null;
  /** The buyer's other agreements for the same product, as far as the list has been read. */
  readonly related: (agreement: AgreementSummary) => readonly AgreementSummary[];
  readonly isComplete: () => boolean;
  /** Waits until the contract is in the list or the list has come to its end. */
  readonly settled: (agreementId: string) => Promise<AppError | null>;
  /** The product with its dimensions, read once per list. */
  readonly product: (productId: string) => Promise<Result<Product | null>>;
  /** Looks at rows anew: aliases, status by time. All of them unless some are named. */
  readonly reconsider: (agreementIds?: readonly string[]) => void;
  /** The ledger has other usage of these contracts now. */
  readonly usageChanged: (agreementIds: readonly string[]) => void;
  /** Notes that the terms of a contract have (or lack) something to meter. */
  readonly noteMetered: (agreementId: string, hasMetered: HasMetered) => void;
  readonly reset: () => void;
  readonly close: () => void;
}

interface Shown {
  readonly summary: ContractSummary;
  /** The version of the list at which this row last changed. */
  readonly version: number;
}

/** AWS's catalog takes at most this many entities a call safely. */
const productsPerCall = 20;

export function createContractList(deps: ContractListDeps): ContractListService {
  let listId: string = randomUUID();
  let version = 0;
  let state: ContractList['state'] = { kind: 'idle' };
  let catalogProblem: AppError | null = null;
  let agreements = new Map<string, AgreementSummary>();
  let shown = new Map<string, Shown>();
  let products = new Map<string, Product | null>();
  let productsRead = new Set<string>();
  let metered = new Map<string, HasMetered>();
  let reading = 0;
  let waiting: (() => void)[] = [];
  let cancelNextChange = (): void => {};
  let nextChangeMs = Number.POSITIVE_INFINITY;
  const usage = createListedUsage({
    ledger: deps.ledger,
    clock: deps.clock,
    sellerAccountId: () => deps.session.identity()?.accountId ?? null,
  });

  function moved(): void {
    deps.publish('contracts.changed', {});
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  }

  function clear(): void {
    reading += 1;
    listId = randomUUID();
    version = 0;
    state = { kind: 'idle' };
    catalogProblem = null;
    agreements = new Map();
    shown = new Map();
    products = new Map();
    productsRead = new Set();
    metered = new Map();
    cancelNextChange();
    nextChangeMs = Number.POSITIVE_INFINITY;
  }

  /** Reads anew. Rows that are there stay until AWS has said all: a refresh that fails must not empty the screen. */
  function start(): void {
    reading += 1;
    state = { kind: 'loading', pagesRead: 0 };
    catalogProblem = null;
    productsRead = new Set();
    usage.readAll();
    moved();
    const run = reading;
    readAll(run).catch((cause: unknown) => {
      if (run === reading)
        failed({ kind: 'unexpected', incidentId: deps.incidents.report(cause, 'contract list') });
    });
  }

  function failed(error: AppError): void {
    state = { kind: 'failed', pagesRead: state.kind === 'loading' ? state.pagesRead : 0, error };
    moved();
  }

  async function readAll(run: number): Promise<void> {
    let token: string | null = null;
    let pagesRead = 0;
    const seen = new Set<string>();
    const asked = deps.session.identity() ?? undefined;
    do {
      const page = await deps.agreements.searchPage(token);
      if (run !== reading) return;
      if (!page.ok) {
        deps.session.noteEnd(page.error, asked);
        failed(page.error);
        return;
      }
      pagesRead += 1;
      token = page.value.nextToken;
      for (const agreement of page.value.agreements) {
        agreements.set(agreement.agreementId, agreement);
        seen.add(agreement.agreementId);
      }
      state = { kind: 'loading', pagesRead };
      reconsider(page.value.agreements.map((agreement) => agreement.agreementId));
      await readProducts(run, page.value.agreements);
      if (run !== reading) return;
    } while (token !== null);
    dropAllBut(seen);
    state = { kind: 'complete', asOfUtc: utc(deps.clock.now()) };
    moved();
  }

  /** Rows that AWS no longer has can't be told by a change of a row: the list gets a new id. */
  function dropAllBut(seen: ReadonlySet<string>): void {
    const gone = [...agreements.keys()].filter((agreementId) => !seen.has(agreementId));
    if (gone.length === 0) return;
    for (const agreementId of gone) {
      agreements.delete(agreementId);
      shown.delete(agreementId);
    }
    listId = randomUUID();
  }

  async function readProducts(run: number, page: readonly AgreementSummary[]): Promise<void> {
    const missing = [...new Set(page.map((agreement) => agreement.productId))].filter(
      (id) => !productsRead.has(id),
    );
    for (let at = 0; at < missing.length; at += productsPerCall) {
      const ids = missing.slice(at, at + productsPerCall);
      const read = await deps.catalog.products(ids);
      if (run !== reading) return;
      for (const id of ids) productsRead.add(id);
      if (read.ok) for (const id of ids) products.set(id, read.value.get(id) ?? null);
      else catalogProblem = read.error;
      const affected = new Set(ids);
      reconsider(
        [...agreements.values()].filter((one) => affected.has(one.productId)).map((one) => one.agreementId),
      );
    }
  }

  /** Builds rows anew and gives those that differ the next version. */
  function reconsider(agreementIds: readonly string[] = [...agreements.keys()]): void {
    const nowMs = deps.clock.now();
    const aliases = deps.preferences.get().buyerAliases;
    version += 1;
    let changed = false;
    for (const agreementId of agreementIds) {
      const agreement = agreements.get(agreementId);
      if (!agreement) continue;
      const { summary, nextChangeMs } = summarise(agreement, products.get(agreement.productId) ?? null, {
        nowMs,
        aliases,
        usage: usage.of(agreementId),
        hasMetered: metered.get(agreementId) ?? null,
      });
      lookAgainAt(nextChangeMs);
      if (isDeepStrictEqual(shown.get(agreementId)?.summary, summary)) continue;
      shown.set(agreementId, { summary, version });
      changed = true;
    }
    if (changed) moved();
  }

  /** A status moves with time alone: the list looks again at the earliest instant at which one does. */
  function lookAgainAt(atMs: number | null): void {
    if (atMs === null || atMs >= nextChangeMs) return;
    cancelNextChange();
    nextChangeMs = atMs;
    cancelNextChange = deps.clock.schedule(atMs, () => {
      nextChangeMs = Number.POSITIVE_INFINITY;
      reconsider();
    });
  }

  function list(known: {
    readonly listId: string | null;
    readonly knownVersion: number;
  }): Result<ContractList> {
    if (state.kind === 'idle' && deps.session.identity()) start();
    const since = known.listId === listId ? known.knownVersion : 0;
    return ok({
      listId,
      version,
      state,
      count: shown.size,
      rows: [...shown.values()].filter((row) => row.version > since).map((row) => row.summary),
      catalogProblem,
    });
  }

  async function settled(agreementId: string): Promise<AppError | null> {
    const identity = deps.session.requireIdentity();
    if (!identity.ok) return identity.error;
    if (state.kind === 'idle') start();
    while (!shown.has(agreementId) && state.kind === 'loading') {
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    if (shown.has(agreementId)) return null;
    return state.kind === 'failed' ? state.error : { kind: 'not-found', what: 'contract', id: agreementId };
  }

  return {
    list,
    refresh: start,
    retryIfFailed: () => {
      if (state.kind === 'failed') start();
    },
    find: (agreementId) => {
      const agreement = agreements.get(agreementId);
      const row = shown.get(agreementId);
      return agreement && row ? { agreement, summary: row.summary } : null;
    },
    related: ({ agreementId, buyerAccountId, productId }) =>
      [...agreements.values()].filter(
        (one) =>
          one.buyerAccountId === buyerAccountId &&
          one.productId === productId &&
          one.agreementId !== agreementId,
      ),
    isComplete: () => state.kind === 'complete',
    settled,
    product: async (productId) => {
      const known = products.get(productId);
      if (known !== undefined) return ok(known);
      const run = reading;
      const read = await deps.catalog.products([productId]);
      if (!read.ok) return read;
      const product = read.value.get(productId) ?? null;
      if (run === reading) products.set(productId, product);
      return ok(product);
    },
    reconsider,
    usageChanged: (agreementIds) => {
      const anotherMonth = usage.isOfAnotherMonth();
      if (anotherMonth) usage.readAll();
      else usage.read(agreementIds);
      reconsider(anotherMonth ? undefined : agreementIds);
    },
    noteMetered: (agreementId, hasMetered) => {
      if (metered.get(agreementId) === hasMetered) return;
      metered.set(agreementId, hasMetered);
      reconsider([agreementId]);
    },
    reset: () => {
      clear();
      moved();
    },
    close: () => {
      reading += 1;
      cancelNextChange();
    },
  };
}
