/** What the history's filters hold, as its address keeps them, and what they ask the core for. Pure. */
import { everything, type HistoryFilter } from '../../../../contract/history.ts';
import { reasonCodes } from '../../../../contract/reason-codes.ts';
import { statuses } from '../../../../contract/usage.ts';

export const periods = ['any', 'this-month', 'last-month', 'this-year', 'dates'] as const;
export type Period = (typeof periods)[number];

export interface HistoryForm {
  readonly text: string;
  readonly period: Period;
  readonly periodOf: 'usage' | 'submission';
  /** Days in UTC as `YYYY-MM-DD`, both included; empty for none. Only with the period `dates`. */
  readonly from: string;
  readonly until: string;
  /** Empty for all, here and below. */
  readonly status: string;
  readonly buyer: string;
  readonly product: string;
  readonly dimension: string;
  readonly reason: string;
  readonly who: string;
  readonly settled: string;
  readonly submission: string;
  readonly agreement: string;
  /** Empty for the account that is signed in, `all`, or an account id. */
  readonly account: string;
}

export const emptyForm: HistoryForm = {
  ...{ text: '', period: 'any', periodOf: 'usage', from: '', until: '', status: '', buyer: '', product: '' },
  ...{ dimension: '', reason: '', who: '', settled: '', submission: '', agreement: '', account: '' },
};

const keys = Object.keys(emptyForm) as readonly (keyof HistoryForm)[];

/** How many filters are set. */
export function filtersIn(form: HistoryForm): number {
  const apart = new Set<keyof HistoryForm>(['periodOf', 'from', 'until']);
  return keys.filter((key) => !apart.has(key) && form[key] !== emptyForm[key]).length;
}

/** The part of the address behind the question mark, without those at rest. */
export function queryOf(form: HistoryForm): string {
  const set = keys.filter((key) => form[key] !== emptyForm[key]).map((key) => [key, form[key]]);
  return new URLSearchParams(Object.fromEntries(set)).toString();
}

/** An address may hold anything: what can't be is left out. */
export function formOf(hash: string): HistoryForm {
  const given = new URLSearchParams(hash.includes('?') ? hash.slice(hash.indexOf('?') + 1) : '');
  const text = (key: keyof HistoryForm, form: RegExp) => {
    const value = given.get(key) ?? '';
    return form.test(value) ? value : '';
  };
  return {
    text: (given.get('text') ?? '').slice(0, 200),
    period: periods.find((one) => one === given.get('period')) ?? 'any',
    periodOf: given.get('periodOf') === 'submission' ? 'submission' : 'usage',
    from: text('from', day),
    until: text('until', day),
    status: statuses.find((one) => one === given.get('status')) ?? '',
    buyer: text('buyer', /^\d{1,255}$/),
    product: text('product', /^.{1,255}$/),
    dimension: text('dimension', /^.{1,255}$/),
    reason: reasonCodes.find((one) => one === given.get('reason')) ?? '',
    who: text('who', /^.{1,2048}$/),
    settled: text('settled', /^(?:open|settled)$/),
    submission: text('submission', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    agreement: text('agreement', /^[A-Za-z0-9_/-]{1,64}$/),
    account: text('account', /^(?:all|\d{1,255})$/),
  };
}

const day = /^\d{4}-\d{2}-\d{2}$/;
const dayMs = 86_400_000;

function startOf(text: string): number | null {
  const atMs = day.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(atMs) ? null : atMs;
}

/** From an instant (included) until another (excluded), in UTC: AWS bills by UTC months. */
function spanOf(form: HistoryForm, nowMs: number): readonly [number | null, number | null] {
  const now = new Date(nowMs);
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  switch (form.period) {
    case 'any':
      return [null, null];
    case 'this-month':
      return [Date.UTC(year, month, 1), Date.UTC(year, month + 1, 1)];
    case 'last-month':
      return [Date.UTC(year, month - 1, 1), Date.UTC(year, month, 1)];
    case 'this-year':
      return [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)];
    case 'dates': {
      const until = startOf(form.until);
      return [startOf(form.from), until === null ? null : until + dayMs];
    }
  }
}

const instant = (atMs: number | null) =>
  atMs === null ? null : new Date(atMs).toISOString().replace('.000Z', 'Z');

const orNull = (text: string) => (text === '' ? null : text);

/** `accountId` is of the seller account that is signed in. */
export function filterOf(form: HistoryForm, accountId: string | null, nowMs: number): HistoryFilter {
  const [fromMs, untilMs] = spanOf(form, nowMs);
  return {
    ...everything,
    sellerAccountId: form.account === 'all' ? null : (orNull(form.account) ?? accountId),
    period:
      fromMs === null && untilMs === null
        ? null
        : { of: form.periodOf, fromUtc: instant(fromMs), untilUtc: instant(untilMs) },
    buyerAccountId: orNull(form.buyer),
    productId: orNull(form.product),
    agreementIds: form.agreement === '' ? null : [form.agreement],
    dimensionKey: orNull(form.dimension),
    status: statuses.find((one) => one === form.status) ?? null,
    reason: reasonCodes.find((one) => one === form.reason) ?? null,
    principalArn: orNull(form.who),
    settled: form.settled === 'open' || form.settled === 'settled' ? form.settled : null,
    submissionId: orNull(form.submission),
    text: form.text.trim(),
  };
}
