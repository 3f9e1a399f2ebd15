import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppApi } from '../../../../src/contract/api.ts';
import type { CheckedEntry, CheckedLine, EntryInput, EntryIssue } from '../../../../src/contract/entry.ts';
import { err, ok } from '../../../../src/contract/result.ts';
import { shownIssues } from '../../../../src/renderer/src/features/report-usage/entry-reading.ts';
import { createReportUsageStore } from '../../../../src/renderer/src/features/report-usage/report-usage-store.ts';
import { aRecord } from '../../../support/sample-views.ts';

const agreementId = 'agmt-example1';
const nowUtc = '2026-11-20T19:05:00Z';

type Answers = Record<string, (input: never) => unknown>;

/** An `AppApi` that answers from a table and keeps what it was asked. */
function anApi(answers: Answers = {}) {
  const asked: { name: string; input: unknown }[] = [];
  const table: Answers = {
    'system.status': () => ok({ nowUtc }),
    'drafts.get': () => ok(null),
    'drafts.save': () => ok({}),
    'drafts.discard': () => ok({}),
    'entry.check': (input: EntryInput) => ok(aCheck(input, true)),
    'reviews.create': () => ok({ reviewId: 'review-1', hash: 'f'.repeat(64) }),
    'reviews.submit': () => ok({ submissionId: 'submission-1', recordIds: [] }),
    ...answers,
  };
  const call = async (name: string, input: unknown) => {
    asked.push({ name, input });
    const answer = table[name];
    if (answer === undefined) throw new Error(`The test has no answer for ${name}`);
    return answer(input as never);
  };
  // The table answers with just the fields that the store reads.
  const api = { call, subscribe: () => () => undefined } as unknown as AppApi;
  return { api, count: (name: string) => asked.filter((one) => one.name === name).length };
}

function aCheck(input: EntryInput, reviewable: boolean, issues: EntryIssue[] = []): CheckedEntry {
  const lines = input.lines.map(
    (line): CheckedLine => ({
      lineId: line.lineId,
      issues,
      quantity: null,
      quantityReadings: [],
      startUtc: null,
      startReadings: [],
      hourSlotUtc: null,
      estimate: null,
      closesUtc: null,
      strip: [],
    }),
  );
  return { nowUtc, lines, totals: [], blockers: [], reviewable };
}

function aStore(api: AppApi) {
  return createReportUsageStore({
    api,
    agreementId,
    timeZone: 'America/New_York',
    locale: 'en-US',
    newLineId: randomUUID,
  });
}

async function anOpenForm(answers: Answers = {}, meteredKeys = ['api_calls', 'gpu_hours']) {
  const { api, count } = anApi(answers);
  const report = aStore(api);
  await report.open(meteredKeys);
  const [line] = report.store.getState().lines;
  if (line === undefined) throw new Error('The form has no line');
  return { report, count, line, state: report.store.getState };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('opening the form', () => {
  it('starts with one line at AWS’s present in local time', async () => {
    const { line } = await anOpenForm();
    expect(line).toMatchObject({ dateText: '2026-11-20', timeText: '14:05:00', dimensionKey: '' });
  });

  it('starts before the end of a contract that is over, as now is certainly too late', async () => {
    const { api } = anApi();
    const report = aStore(api);
    report.setLatestStart('2026-11-20T18:14:59.000Z');
    await report.open(['api_calls']);
    expect(report.store.getState().lines[0]).toMatchObject({ dateText: '2026-11-20', timeText: '13:14:59' });
    const added = await report.addLine();
    const line = report.store.getState().lines.find(({ lineId }) => lineId === added);
    expect(line?.timeText).toBe('13:14:59');
  });

  it('starts now as long as the latest start lies ahead', async () => {
    const { api } = anApi();
    const report = aStore(api);
    report.setLatestStart('2026-11-20T19:30:00.000Z');
    await report.open(['api_calls']);
    expect(report.store.getState().lines[0]?.timeText).toBe('14:05:00');
  });

  it('chooses the dimension where there is only one', async () => {
    const { line } = await anOpenForm({}, ['api_calls']);
    expect(line.dimensionKey).toBe('api_calls');
  });

  it('offers the kept draft instead of an empty form, and continues with its lines', async () => {
    const lines = [{ lineId: randomUUID(), quantityText: '7' }];
    const { api } = anApi({ 'drafts.get': () => ok({ agreementId, lines, savedUtc: nowUtc }) });
    const report = aStore(api);
    await report.open(['api_calls']);
    expect(report.store.getState().stage).toBe('draft-offered');
    await report.continueDraft();
    expect(report.store.getState()).toMatchObject({ stage: 'editing', lines, showAll: true });
  });

  it('counts only the last of two openings', async () => {
    const { api } = anApi();
    const report = aStore(api);
    const first = report.open(['api_calls']);
    await report.leave();
    await Promise.all([first, report.open(['api_calls'])]);
    expect(report.store.getState().lines).toHaveLength(1);
    expect(report.store.getState().stage).toBe('editing');
  });
});

describe('the draft', () => {
  it('is saved with the keystroke; what is typed while that is under way is saved next, in one', async () => {
    const { report, count, line } = await anOpenForm();
    report.change(line.lineId, { quantityText: '1' });
    expect(count('drafts.save')).toBe(1);
    for (const text of ['12', '125', '1250']) report.change(line.lineId, { quantityText: text });
    expect(count('drafts.save')).toBe(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(count('drafts.save')).toBe(2);
  });

  it('is saved at once when the form is left, which says so', async () => {
    const { report, count, line } = await anOpenForm();
    report.change(line.lineId, { quantityText: '12' });
    expect(await report.leave()).toEqual({ kept: true });
    expect(count('drafts.save')).toBe(1);
  });

  it('is not made of a form in which nothing was entered', async () => {
    const { report, count } = await anOpenForm();
    expect(await report.leave()).toEqual({ kept: false });
    expect(count('drafts.save')).toBe(0);
  });

  it('comes back with undo after it was discarded', async () => {
    const { report, line, state } = await anOpenForm();
    report.change(line.lineId, { quantityText: '12' });
    const dropped = await report.discard();
    expect(state().lines[0]?.quantityText).toBe('');
    await report.restore(dropped);
    expect(state().lines[0]?.quantityText).toBe('12');
  });

  it('that can’t be saved is told', async () => {
    const problem = { kind: 'disk-full', path: '/data' } as const;
    const { report, line, state } = await anOpenForm({ 'drafts.save': () => err(problem) });
    report.change(line.lineId, { quantityText: '12' });
    await vi.advanceTimersByTimeAsync(1000);
    expect(state().draftProblem).toEqual(problem);
  });
});

describe('checking', () => {
  it('waits for a pause in typing', async () => {
    const { report, count, line } = await anOpenForm();
    const before = count('entry.check');
    for (const text of ['1', '12', '125']) report.change(line.lineId, { quantityText: text });
    await vi.advanceTimersByTimeAsync(150);
    expect(count('entry.check')).toBe(before + 1);
  });

  it('shows the newest answer, even when an older one comes later', async () => {
    const pending: ((reviewable: boolean) => void)[] = [];
    const { api } = anApi({
      'entry.check': (input: EntryInput) =>
        new Promise((resolve) => pending.push((reviewable) => resolve(ok(aCheck(input, reviewable))))),
    });
    const report = aStore(api);
    const opening = report.open(['api_calls']);
    await vi.waitFor(() => expect(pending).toHaveLength(1));
    const second = report.checkNow();
    pending[1]?.(true);
    await second;
    pending[0]?.(false);
    await opening;
    expect(report.store.getState().checked?.reviewable).toBe(true);
  });

  it('shows an error when its field was left, and at once where it is certain', async () => {
    const issue = (code: EntryIssue['code']): EntryIssue => ({
      field: 'quantity',
      code,
      severity: 'error',
      facts: {},
    });
    const issues = [issue('quantity-missing'), issue('quantity-not-a-number')];
    const { report, line, state } = await anOpenForm({
      'entry.check': (input: EntryInput) => ok(aCheck(input, false, issues)),
    });
    const codes = () => shownIssues(state(), line.lineId, 'quantity').map((shown) => shown.code);
    expect(codes()).toEqual(['quantity-not-a-number']);
    report.fieldLeft(line.lineId, 'quantity');
    expect(codes()).toEqual(['quantity-missing', 'quantity-not-a-number']);
  });
});

describe('lines', () => {
  it('that were removed come back in their place', async () => {
    const { report, state } = await anOpenForm();
    const second = await report.addLine();
    await report.addLine();
    report.removeLine(second);
    expect(state().lines.map((line) => line.lineId)).not.toContain(second);
    expect(report.undoRemove()).toBe(second);
    expect(state().lines[1]?.lineId).toBe(second);
  });

  it('never run out: the last one stays', async () => {
    const { report, line, state } = await anOpenForm();
    report.removeLine(line.lineId);
    expect(state().lines).toHaveLength(1);
  });
});

describe('the review', () => {
  it('names the first field that is wrong, in the order of the form', async () => {
    const issues: EntryIssue[] = [
      { field: 'time', code: 'too-old', severity: 'error', facts: {} },
      { field: 'quantity', code: 'quantity-missing', severity: 'error', facts: {} },
      { field: 'dimension', code: 'closes-soon', severity: 'warning', facts: {} },
    ];
    const { report, line, count } = await anOpenForm({
      'entry.check': (input: EntryInput) => ok(aCheck(input, false, issues)),
    });
    expect(await report.makeReview()).toEqual({
      kind: 'errors',
      first: { lineId: line.lineId, field: 'quantity' },
    });
    expect(count('reviews.create')).toBe(0);
  });

  it('keeps the form for the way back', async () => {
    const { report, line, state } = await anOpenForm();
    report.change(line.lineId, { quantityText: '12' });
    await report.makeReview();
    await report.leave();
    await report.open(['api_calls']);
    expect(state().lines[0]?.quantityText).toBe('12');
    expect(state().review).toBeNull();
  });

  it('is void as soon as a line changes', async () => {
    const { report, line, state } = await anOpenForm();
    await report.makeReview();
    report.change(line.lineId, { quantityText: '13' });
    expect(state().review).toBeNull();
  });

  it('is submitted once, however often it is pressed', async () => {
    const { report, count } = await anOpenForm();
    await report.makeReview();
    const answers = await Promise.all([report.submit(true), report.submit(true), report.submit(true)]);
    expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
    expect(await report.submit(true)).toBeNull();
    expect(count('reviews.submit')).toBe(1);
    expect(count('drafts.discard')).toBe(1);
  });

  it('keeps the lines of the last submission, so that one that is taken back can be edited again', async () => {
    const { report, line, state } = await anOpenForm();
    report.change(line.lineId, { quantityText: '40', description: 'true-up' });
    await report.makeReview();
    await report.submit(true);
    expect(report.linesOf('another-submission')).toBeNull();
    const lines = report.linesOf('submission-1');
    expect(lines).toMatchObject([{ quantityText: '40', description: 'true-up' }]);
    await report.restore(lines ?? []);
    expect(state()).toMatchObject({ stage: 'editing', lines });
  });

  it('is not submitted without the confirmation', async () => {
    const { report, count } = await anOpenForm();
    await report.makeReview();
    expect(await report.submit(false)).toBeNull();
    expect(count('reviews.submit')).toBe(0);
  });

  it('loses nothing when the submission is refused', async () => {
    const problem = { kind: 'disk-full', path: '/data' } as const;
    const { report, line, state, count } = await anOpenForm({ 'reviews.submit': () => err(problem) });
    report.change(line.lineId, { quantityText: '12' });
    await report.makeReview();
    await report.submit(true);
    expect(state()).toMatchObject({ reviewProblem: problem, submitting: false });
    expect(state().lines[0]?.quantityText).toBe('12');
    expect(count('drafts.discard')).toBe(0);
  });
});

describe('a page that goes away', () => {
  it('keeps the last keystrokes at once, and asks for nothing when all is kept', async () => {
    const { report, count, line } = await anOpenForm();
    report.change(line.lineId, { quantityText: '7' });
    report.change(line.lineId, { quantityText: '75' });
    expect(count('drafts.save')).toBe(1);
    report.flush();
    expect(count('drafts.save')).toBe(2);
    await vi.runAllTimersAsync();
    report.flush();
    expect(count('drafts.save')).toBe(2);
  });
});

describe('two quantities in one hour', () => {
  /** Reads quantities as they stand, and finds the second line in the first one's hour. */
  const check = (input: EntryInput) => {
    const answer = aCheck(input, false);
    const [first, second] = answer.lines;
    const lines = answer.lines.map((line, at) => ({
      ...line,
      quantity: Number(input.lines[at]?.quantityText),
    }));
    if (first === undefined || second === undefined) return ok({ ...answer, lines });
    const code = 'hour-twice-in-this-form' as const;
    const issues = [
      { field: 'time' as const, code, severity: 'error' as const, facts: { lineId: first.lineId } },
    ];
    return ok({ ...answer, lines: lines.map((line, at) => (at === 1 ? { ...line, issues } : line)) });
  };

  /** Reads 40, in the hour of the sample record. */
  const taken = (input: EntryInput) => {
    const answer = aCheck(input, false);
    const facts = { recordId: aRecord().recordId };
    const issues = [
      { field: 'time' as const, code: 'hour-taken' as const, severity: 'error' as const, facts },
    ];
    return ok({ ...answer, lines: answer.lines.map((line) => ({ ...line, quantity: 40, issues })) });
  };

  async function twoLines(answers: Answers = {}) {
    const form = await anOpenForm({ 'entry.check': check, ...answers });
    form.report.change(form.line.lineId, { quantityText: '1250', description: 'true-up' });
    const second = await form.report.addLine();
    form.report.change(second, { quantityText: '40', description: 'late import' });
    return { ...form, second };
  }

  it('become one line with the first one’s start time, and two again by Undo', async () => {
    const { report, line, second, state } = await twoLines();
    const before = state().lines;
    expect(await report.mergeLine(second)).toBe(line.lineId);
    expect(state().lines).toEqual([
      { ...before[0], quantityText: '1290', description: 'true-up; late import' },
    ]);
    expect(report.undoRemove()).toBe(second);
    expect(state().lines).toEqual(before);
  });

  it('stay one line once the sum was changed by hand: there is nothing to undo then', async () => {
    const { report, line, second, state } = await twoLines();
    await report.mergeLine(second);
    report.change(line.lineId, { quantityText: '1300' });
    expect(report.undoRemove()).toBeNull();
    expect(state().lines).toHaveLength(1);
  });

  it('leave the form as it was when the submission has left meanwhile', async () => {
    const left = () => err({ kind: 'not-possible-now', detail: 'pending, sending' });
    const { report, line, state, count } = await anOpenForm({ 'usage.undo': left, 'entry.check': taken });
    const before = state().lines;
    const answer = await report.takeBackAndMerge(line.lineId, aRecord().submissionId, [aRecord()]);
    expect(answer).toMatchObject({ ok: false, error: { kind: 'not-possible-now' } });
    expect(count('usage.undo')).toBe(1);
    expect(state().lines).toEqual(before);
  });

  it('are kept as a draft at once when a submission was taken back for them', async () => {
    const { report, line, state, count } = await anOpenForm({
      'usage.undo': () => ok({}),
      'entry.check': taken,
    });
    await report.takeBackAndMerge(line.lineId, aRecord().submissionId, [aRecord()]);
    expect(state().lines[0]?.quantityText).toBe('1290');
    expect(count('drafts.save')).toBe(1);
  });
});
