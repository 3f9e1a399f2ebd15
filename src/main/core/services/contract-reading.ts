/**
 * One reading of all agreements from AWS, page by page: the active ones first where that is asked for, then all of any status. A page that
 * fails is asked for again; a reading that came to nothing can go on later with the page at which it stopped.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { AppError } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { CallPace } from '../domain/call-pace.ts';
import type { AgreementPage, AgreementSummary, Agreements } from '../ports.ts';

export interface ContractReadingDeps {
  readonly agreements: Agreements;
  readonly pace: CallPace;
  /** Uniform in [0, 1), for the jitter. */
  readonly random: () => number;
  /** The first pause before a page is asked for again, in ms; the next ones double. */
  readonly firstPauseMs: number;
  readonly nowMs: () => number;
  /** Takes the agreements of a page; the reading goes on when it resolves. */
  readonly onPage: (agreements: readonly AgreementSummary[]) => void;
  /** The progress is another. */
  readonly onProgress: () => void;
}

export interface ReadingProgress {
  readonly pagesRead: number;
  /** Different agreements found so far. */
  readonly found: number;
  /** Whether every active agreement has been read. */
  readonly activeRead: boolean;
  /** AWS is busy or out of reach; the page is asked for again by itself. */
  readonly isWaiting: boolean;
}

export interface ContractReading {
  /** Reads to the end, from where it stopped last. Null when it was stopped from outside. */
  readonly run: () => Promise<Result<void> | null>;
  readonly progress: () => ReadingProgress;
  /** Every agreement found, once it has come to its end. */
  readonly found: ReadonlySet<string>;
  /** Agreements of AWS's answers that lack what a row needs. */
  readonly unreadable: () => number;
  /** AWS's time as it began with the pass that reads everything: what changed later may be missing. */
  readonly asOfMs: () => number;
  readonly stop: () => void;
}

/** How often a page is asked for again before the reading gives up. */
const mostRetries = 5;
const longestPauseMs = 8_000;
/** Pages in a row without anything new, empty ones too: beyond it they lead nowhere. */
const mostFruitlessPages = 40;

/** What passes by itself. */
const passing: ReadonlySet<AppError['kind']> = new Set(['throttled', 'aws-unavailable', 'offline']);

interface Pass {
  readonly which: 'active' | 'all';
  readonly startedMs: number;
  nextToken: string | null;
  readonly tokens: Set<string>;
  readonly found: Set<string>;
  fruitless: number;
  unreadable: number;
}

export function createContractReading(deps: ContractReadingDeps, activeFirst: boolean): ContractReading {
  const ended = new AbortController();
  const found = new Set<string>();
  let pass = passOf(activeFirst ? 'active' : 'all');
  let pagesRead = 0;
  let isWaiting = false;

  function passOf(which: Pass['which']): Pass {
    return {
      which,
      startedMs: deps.nowMs(),
      nextToken: null,
      tokens: new Set(),
      found: new Set(),
      fruitless: 0,
      unreadable: 0,
    };
  }

  async function run(): Promise<Result<void> | null> {
    let mayBeStale = pass.nextToken !== null;
    for (;;) {
      const page = await readPage(pass);
      if (ended.signal.aborted) return null;
      if (!page.ok) {
        if (!mayBeStale || page.error.kind !== 'aws-refused') return page;
        // AWS no longer takes the token at which the reading had stopped: this pass begins anew.
        pass = passOf(pass.which);
        mayBeStale = false;
        continue;
      }
      mayBeStale = false;
      const lost = take(page.value);
      if (lost !== null) {
        pass = passOf(pass.which);
        return err(lost);
      }
      if (pass.nextToken !== null) continue;
      if (pass.which === 'all') return ok(undefined);
      pass = passOf('all');
    }
  }

  /** Null, or why the pages can't be followed any further. */
  function take(page: AgreementPage): AppError | null {
    pagesRead += 1;
    pass.unreadable += page.unreadable;
    const before = pass.found.size;
    for (const { agreementId } of page.agreements) {
      pass.found.add(agreementId);
      found.add(agreementId);
    }
    pass.fruitless = pass.found.size > before ? 0 : pass.fruitless + 1;
    deps.onPage(page.agreements);
    pass.nextToken = page.nextToken;
    if (page.nextToken === null) return null;
    if (pass.tokens.has(page.nextToken))
      return lostWay('RepeatedNextToken', 'SearchAgreements led back to a page that was read already.');
    pass.tokens.add(page.nextToken);
    return pass.fruitless < mostFruitlessPages
      ? null
      : lostWay(
          'EndlessPages',
          `SearchAgreements gave ${pass.fruitless} pages in a row without anything new.`,
        );
  }

  async function readPage({ which, nextToken }: Pass): Promise<Result<AgreementPage>> {
    for (let retries = 0; ; retries += 1) {
      await deps.pace.turn();
      if (ended.signal.aborted) return err({ kind: 'not-possible-now', detail: 'stopped' });
      const page = await deps.agreements.searchPage(nextToken, which);
      setWaiting(!page.ok && passing.has(page.error.kind) && retries < mostRetries);
      if (!isWaiting) return page;
      await pause(retries);
    }
  }

  /** Exponential backoff with full jitter: https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/ */
  async function pause(retries: number): Promise<void> {
    const longestMs = Math.min(longestPauseMs, deps.firstPauseMs * 2 ** retries);
    // A pause that was cut short by `stop` is no failure.
    await sleep(deps.random() * longestMs, undefined, { signal: ended.signal }).catch(() => undefined);
  }

  function setWaiting(waiting: boolean): void {
    if (waiting === isWaiting || ended.signal.aborted) return;
    isWaiting = waiting;
    deps.onProgress();
  }

  return {
    run,
    progress: () => ({
      pagesRead,
      found: found.size,
      activeRead: activeFirst && pass.which === 'all',
      isWaiting,
    }),
    found,
    unreadable: () => pass.unreadable,
    asOfMs: () => pass.startedMs,
    stop: () => ended.abort(),
  };
}

function lostWay(awsErrorName: string, awsMessage: string): AppError {
  return { kind: 'aws-refused', awsErrorName, awsMessage, requestId: null };
}
