/** A sum of decimal text that rounds nothing: SQL's own would read it as binary floats. */
import type { DatabaseSync } from 'node:sqlite';

/** Sums by the number of digits after the point. */
interface ExactSum {
  readonly small: number[];
  readonly large: bigint[];
}

const safeDigits = 15;
const flushAt = 2 ** 52;

function add(sum: ExactSum, text: unknown): void {
  if (typeof text !== 'string') return;
  const point = text.indexOf('.');
  const scale = point === -1 ? 0 : text.length - point - 1;
  const digits = point === -1 ? text : text.slice(0, point) + text.slice(point + 1);
  if (digits.length > safeDigits) {
    sum.large[scale] = (sum.large[scale] ?? 0n) + BigInt(digits);
    return;
  }
  // Most amounts are small, and whole numbers below 2^53 are exact and quick to add.
  const next = (sum.small[scale] ?? 0) + Number(digits);
  sum.small[scale] = next;
  if (Math.abs(next) > flushAt) {
    sum.large[scale] = (sum.large[scale] ?? 0n) + BigInt(next);
    sum.small[scale] = 0;
  }
}

function toText({ small, large }: ExactSum): string {
  const scale = Math.max(small.length, large.length, 1) - 1;
  let total = 0n;
  for (let at = 0; at <= scale; at += 1) {
    total += ((large[at] ?? 0n) + BigInt(small[at] ?? 0)) * 10n ** BigInt(scale - at);
  }
  const sign = total < 0n ? '-' : '';
  const digits = String(total < 0n ? -total : total).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

const nothing: ExactSum = { small: [], large: [] };

/** Gives the connection the aggregate `exact_sum(decimal text)`, decimal text without trailing zeros. */
export function addExactSum(db: DatabaseSync): void {
  // The state of an aggregate has to be a value of SQL's, so it is the number of a sum that is kept here.
  const sums = new Map<number, ExactSum>();
  let last = 0;
  db.aggregate<number>('exact_sum', {
    deterministic: true,
    start: () => {
      last += 1;
      sums.set(last, { small: [], large: [] });
      return last;
    },
    step: (sum, text) => {
      add(sums.get(sum) ?? nothing, text);
      return sum;
    },
    result: (sum) => {
      const text = toText(sums.get(sum) ?? nothing);
      sums.delete(sum);
      return text;
    },
  });
}
