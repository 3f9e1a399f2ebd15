import { describe, expect, it } from 'vitest';
import type { AppError } from '../../../src/contract/errors.ts';
import { err, ok, type Result } from '../../../src/contract/result.ts';
import type { AgreementPage, AgreementSummary, Agreements } from '../../../src/main/core/ports.ts';
import { createContractReading } from '../../../src/main/core/services/contract-reading.ts';

const agreement = (agreementId: string, status = 'ACTIVE'): AgreementSummary => ({
  agreementId,
  buyerAccountId: '001122223333',
  proposerAccountId: '482913607251',
  productId: 'prod-1',
  resourceType: 'SaaSProduct',
  status,
  startMs: 0,
  endMs: null,
  acceptedMs: null,
  lastUpdateMs: null,
  offerId: null,
  initialAgreementId: null,
  licenseArns: [],
});

const throttled: AppError = { kind: 'throttled', retryAfterMs: null };
const refused = (awsErrorName: string): AppError => ({
  kind: 'aws-refused',
  awsErrorName,
  awsMessage: 'no',
  requestId: null,
});
const page = (ids: readonly string[], nextToken: string | null, unreadable = 0): Result<AgreementPage> =>
  ok({ agreements: ids.map((id) => agreement(id)), unreadable, nextToken });

/** Searches answered by `answer`, which is told how often this very page was asked for. */
function readingOf(
  answer: (which: 'active' | 'all', token: string | null, time: number) => Result<AgreementPage>,
  activeFirst = false,
) {
  const asked: string[] = [];
  const pages: string[][] = [];
  const waits: boolean[] = [];
  const agreements = {
    searchPage: (token, which) => {
      const key = `${which}:${token ?? 'first'}`;
      asked.push(key);
      return Promise.resolve(answer(which, token, asked.filter((one) => one === key).length));
    },
  } as Agreements;
  const reading = createContractReading(
    {
      agreements,
      pace: { turn: () => Promise.resolve() },
      random: () => 0.5,
      firstPauseMs: 0,
      nowMs: () => 1_000,
      onPage: (found) => pages.push(found.map((one) => one.agreementId)),
      onProgress: () => waits.push(reading.progress().isWaiting),
    },
    activeFirst,
  );
  return { reading, asked, pages, waits };
}

describe('reading all agreements', () => {
  it('reads the active ones first, then all of any status, each found once', async () => {
    const { reading, asked } = readingOf(
      (which, token) =>
        which === 'active'
          ? page(['a'], null)
          : token === null
            ? page(['b'], 'more')
            : page(['a', 'c'], null),
      true,
    );
    expect(await reading.run()).toEqual(ok(undefined));
    expect(asked).toEqual(['active:first', 'all:first', 'all:more']);
    expect([...reading.found].sort()).toEqual(['a', 'b', 'c']);
    expect(reading.progress()).toMatchObject({ pagesRead: 3, found: 3, activeRead: true });
  });

  it('asks again for a page that is throttled, loses none, and says that it waits', async () => {
    const { reading, asked, pages, waits } = readingOf((_, token, time) => {
      if (token === null) return page(['a'], 'second');
      return time < 4 ? err(throttled) : page(['b'], null);
    });
    expect(await reading.run()).toEqual(ok(undefined));
    expect(asked).toEqual(['all:first', 'all:second', 'all:second', 'all:second', 'all:second']);
    expect(pages).toEqual([['a'], ['b']]);
    expect(waits).toEqual([true, false]);
  });

  it('stops at a page that stays failed, and goes on there later', async () => {
    let works = false;
    const { reading, asked } = readingOf((_, token) => {
      if (token === null) return page(['a'], 'second');
      return works ? page(['b'], null) : err(throttled);
    });
    expect(await reading.run()).toEqual(err(throttled));
    expect(reading.progress()).toMatchObject({ pagesRead: 1, found: 1, isWaiting: false });
    works = true;
    expect(await reading.run()).toEqual(ok(undefined));
    expect(asked.filter((one) => one === 'all:first')).toHaveLength(1);
    expect([...reading.found]).toEqual(['a', 'b']);
  });

  it('asks only once for what asking again can’t help', async () => {
    const denied: AppError = {
      kind: 'not-allowed',
      action: null,
      awsErrorName: 'AccessDeniedException',
      awsMessage: '',
      requestId: null,
    };
    const { reading, asked } = readingOf(() => err(denied));
    expect(await reading.run()).toEqual(err(denied));
    expect(asked).toHaveLength(1);
  });

  it('begins anew when AWS no longer takes the token at which it had stopped', async () => {
    let state: 'down' | 'expired' = 'down';
    const { reading, asked } = readingOf((_, token, time) => {
      if (token === null) return time === 1 ? page(['a'], 'old') : page(['a'], 'fresh');
      if (token === 'fresh') return page(['b'], null);
      return err(state === 'down' ? throttled : refused('ValidationException'));
    });
    await reading.run();
    state = 'expired';
    expect(await reading.run()).toEqual(ok(undefined));
    expect(asked.slice(-3)).toEqual(['all:old', 'all:first', 'all:fresh']);
  });

  it('follows empty pages, and counts what no row can be made of', async () => {
    const { reading } = readingOf((_, token) =>
      token === null ? page([], 'x') : token === 'x' ? page([], 'y', 2) : page(['a'], null, 1),
    );
    expect(await reading.run()).toEqual(ok(undefined));
    expect(reading.unreadable()).toBe(3);
  });

  it('tells pages that lead back to one that was read', async () => {
    const next: Readonly<Record<string, string>> = { first: 'A', A: 'B', B: 'A' };
    const { reading, asked } = readingOf((_, token) =>
      page([token ?? 'first'], next[token ?? 'first'] ?? null),
    );
    expect(await reading.run()).toMatchObject({
      ok: false,
      error: { kind: 'aws-refused', awsErrorName: 'RepeatedNextToken' },
    });
    expect(asked).toHaveLength(3);
  });

  it('tells pages that repeat themselves under ever new tokens', async () => {
    let tokens = 0;
    const { reading, asked } = readingOf(() => {
      tokens += 1;
      return page(['a'], `token-${tokens}`);
    });
    expect(await reading.run()).toMatchObject({ ok: false, error: { awsErrorName: 'EndlessPages' } });
    expect(asked.length).toBeLessThan(60);
  });

  it('takes nothing more once it is stopped', async () => {
    const { reading, pages } = readingOf((_, token) => {
      if (token !== null) reading.stop();
      return page([token ?? 'first'], `${token ?? ''}x`);
    });
    expect(await reading.run()).toBeNull();
    expect(pages).toEqual([['first']]);
  });
});
