/** Answers of AWS that are kept for a while, so that a page can ask again as often as it likes. */
import type { Result } from '../../../contract/result.ts';
import type { Clock } from '../ports.ts';

export interface AgedReads<T> {
  /** The kept answer when it is at most `maxAgeMs` old, else a new one. */
  readonly read: (key: string, maxAgeMs: number, ask: () => Promise<Result<T>>) => Promise<Result<T>>;
  readonly forget: () => void;
}

/** `keepFailures`: for what the page can do without, so that a refusal isn't asked for again with every key press. */
export function createAgedReads<T>(
  clock: Pick<Clock, 'now'>,
  { keepFailures = false }: { readonly keepFailures?: boolean } = {},
): AgedReads<T> {
  const kept = new Map<string, { readonly answer: Result<T>; readonly atMs: number }>();
  return {
    read: async (key, maxAgeMs, ask) => {
      const known = kept.get(key);
      if (known && Math.abs(clock.now() - known.atMs) <= maxAgeMs) return known.answer;
      const answer = await ask();
      if (answer.ok || keepFailures) kept.set(key, { answer, atMs: clock.now() });
      return answer;
    },
    forget: () => kept.clear(),
  };
}
