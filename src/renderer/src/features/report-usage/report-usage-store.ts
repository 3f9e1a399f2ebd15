/** What a person is doing on the form of one contract, and what the core says of it. It computes no rule. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppApi } from '../../../../contract/api.ts';
import type {
  CheckedEntry,
  Draft,
  EntryLine,
  entryFields,
  Review,
  Submission,
} from '../../../../contract/entry.ts';
import type { AppError } from '../../../../contract/errors.ts';
import { err, ok, type Result } from '../../../../contract/result.ts';
import type { UsageRecordView } from '../../../../contract/usage.ts';
import { createDraftSaver } from './draft-saver.ts';
import { firstError, isWorthKeeping } from './entry-reading.ts';
import { startTextsOf } from './local-time.ts';
import { linesTakenBack, mergeOfferOf } from './merge-lines.ts';

export type EntryField = (typeof entryFields)[number];

export interface ReportUsageState {
  readonly stage: 'new' | 'opening' | 'draft-offered' | 'editing';
  readonly lines: readonly EntryLine[];
  /** The licence that was chosen among several; null while none was. */
  readonly licenseArn: string | null;
  /** `lineId field` of each field that was left: its errors are shown. */
  readonly leftFields: ReadonlySet<string>;
  /** Every error is shown, since *Review* was asked for. */
  readonly showAll: boolean;
  readonly checked: CheckedEntry | null;
  readonly checkProblem: AppError | null;
  readonly offeredDraft: Draft | null;
  /** Where the cursor goes when the form appears; null where the form decides. */
  readonly firstFocus: { readonly lineId: string; readonly field: EntryField } | null;
  readonly draftProblem: AppError | null;
  /** The line that was removed last, for *Undo*; with it, the line that it was merged into, as that was before. */
  readonly removed: {
    readonly line: EntryLine;
    readonly at: number;
    readonly mergedInto: EntryLine | null;
  } | null;
  readonly review: Review | null;
  readonly reviewing: boolean;
  readonly reviewProblem: AppError | null;
  readonly submitting: boolean;
}

/** The lines of the last submission as they were typed, for a person who takes it back. */
interface Submitted {
  readonly submissionId: string;
  readonly lines: readonly EntryLine[];
}

export interface ReportUsageDeps {
  readonly api: AppApi;
  readonly agreementId: string;
  readonly timeZone: string;
  readonly locale: string;
  readonly newLineId: () => string;
}

export type ReviewOutcome =
  | { readonly kind: 'reviewed' }
  | {
      readonly kind: 'errors';
      readonly first: { readonly lineId: string; readonly field: EntryField } | null;
    }
  | { readonly kind: 'failed' };

export type ReportUsageStore = ReturnType<typeof createReportUsageStore>;

const checkAfterMs = 150;

const blank: ReportUsageState = {
  stage: 'new',
  lines: [],
  licenseArn: null,
  leftFields: new Set(),
  showAll: false,
  checked: null,
  checkProblem: null,
  offeredDraft: null,
  firstFocus: null,
  draftProblem: null,
  removed: null,
  review: null,
  reviewing: false,
  reviewProblem: null,
  submitting: false,
};

export function createReportUsageStore({ api, agreementId, timeZone, locale, newLineId }: ReportUsageDeps) {
  const store: StoreApi<ReportUsageState> = createStore<ReportUsageState>()(() => blank);
  let checksAsked = 0;
  let checksShown = 0;
  let checkTimer: ReturnType<typeof setTimeout> | undefined;
  let onlyDimension = '';
  let latestStartUtc: string | null = null;
  let openings = 0;
  let submitted: Submitted | null = null;

  const entry = () => {
    const { lines, licenseArn } = store.getState();
    return { agreementId, lines: [...lines], licenseArn, timeZone, locale };
  };

  /** Asks the core at once. The newest answer wins, whatever the order in which they come. */
  const checkNow = async (): Promise<void> => {
    clearTimeout(checkTimer);
    if (store.getState().lines.length === 0) return;
    checksAsked += 1;
    const number = checksAsked;
    const answer = await api.call('entry.check', entry());
    if (number < checksShown) return;
    checksShown = number;
    store.setState(
      answer.ok ? { checked: answer.value, checkProblem: null } : { checkProblem: answer.error },
    );
  };

  const checkSoon = () => {
    clearTimeout(checkTimer);
    checkTimer = setTimeout(() => void checkNow(), checkAfterMs);
  };

  const saver = createDraftSaver(async () => {
    const { lines, licenseArn, stage } = store.getState();
    if (stage !== 'editing' || !isWorthKeeping(lines)) return;
    const answer = await api.call('drafts.save', { agreementId, lines: [...lines], licenseArn, timeZone });
    store.setState({ draftProblem: answer.ok ? null : answer.error });
  });

  const setLines = (lines: readonly EntryLine[]) => {
    store.setState({ lines, review: null });
    saver.changed();
    checkSoon();
  };

  const nowUtc = async (): Promise<string | null> => {
    const answer = await api.call('system.status', {});
    return answer.ok ? answer.value.nowUtc : (store.getState().checked?.nowUtc ?? null);
  };

  /** Where a new line starts: now, or as late as a contract that is over lets it. */
  const defaultStartUtc = async (): Promise<string | null> => {
    const now = await nowUtc();
    if (latestStartUtc === null || now === null) return latestStartUtc ?? now;
    return Date.parse(latestStartUtc) < Date.parse(now) ? latestStartUtc : now;
  };

  const newLine = (startUtc: string | null): EntryLine => ({
    lineId: newLineId(),
    dimensionKey: onlyDimension,
    quantityText: '',
    quantityMeaning: null,
    nothingToReport: false,
    ...startTextsOf(startUtc, timeZone),
    description: '',
    predecessorId: null,
  });

  const beginAnew = async (): Promise<void> => {
    const line = newLine(await defaultStartUtc());
    store.setState({ ...blank, stage: 'editing', lines: [line] });
    await checkNow();
  };

  /** The last start time that the contract can take (ISO 8601, UTC) once it is over; null while it runs. */
  const setLatestStart = (utc: string | null) => {
    latestStartUtc = utc;
  };

  /** Keeps at once what is still waiting to be kept: the page may be gone a moment later. */
  const flush = () => void saver.flush();

  /** Opens the form: as it was left for a review, else with the kept draft on offer, else anew. */
  const open = async (meteredKeys: readonly string[]): Promise<void> => {
    onlyDimension = meteredKeys.length === 1 ? (meteredKeys[0] ?? '') : '';
    const { stage, review } = store.getState();
    if (stage === 'opening' || stage === 'draft-offered') return;
    if (stage === 'editing' && review !== null) {
      store.setState({ review: null, reviewProblem: null });
      return checkNow();
    }
    if (stage === 'editing') return checkNow();
    store.setState({ stage: 'opening' });
    openings += 1;
    const opening = openings;
    const draft = await api.call('drafts.get', { agreementId });
    // Left, or opened once more meanwhile: that opening counts.
    if (opening !== openings || store.getState().stage !== 'opening') return;
    if (draft.ok && draft.value !== null) {
      store.setState({ stage: 'draft-offered', offeredDraft: draft.value });
      return;
    }
    await beginAnew();
    if (!draft.ok) store.setState({ draftProblem: draft.error });
  };

  const continueDraft = async (): Promise<void> => {
    const draft = store.getState().offeredDraft;
    if (draft === null) return;
    const { lines, licenseArn = null } = draft;
    store.setState({ ...blank, stage: 'editing', lines, licenseArn, showAll: true });
    await checkNow();
  };

  /** Drops what is there, or the draft on offer, and starts anew. Gives what was dropped, for `restore`. */
  const discard = async (): Promise<readonly EntryLine[]> => {
    const { offeredDraft, lines } = store.getState();
    saver.forget();
    const dropped = offeredDraft?.lines ?? lines;
    await api.call('drafts.discard', { agreementId });
    await beginAnew();
    return dropped;
  };

  const restore = async (
    lines: readonly EntryLine[],
    licenseArn = store.getState().licenseArn,
  ): Promise<void> => {
    store.setState({ ...blank, stage: 'editing', lines, licenseArn });
    saver.changed();
    await Promise.all([saver.flush(), checkNow()]);
  };

  /**
   * Puts lines beside what is on the form or kept as its draft, for a person who reports rejected usage anew. A line whose rejected record
   * is on the form already is not put there twice. `ownLicenseArn` is the licence that the rejected usage was on, for a form that has none chosen.
   * Tells whether other work was there.
   */
  const putBeside = async (
    more: readonly EntryLine[],
    focusField: EntryField,
    ownLicenseArn: string | null = null,
  ): Promise<{ readonly besideOthers: boolean }> => {
    const { stage, lines, licenseArn } = store.getState();
    const draft = stage === 'editing' ? null : await api.call('drafts.get', { agreementId });
    const there = stage === 'editing' ? lines : draft?.ok === true ? (draft.value?.lines ?? []) : [];
    const kept = draft?.ok === true ? (draft.value?.licenseArn ?? null) : null;
    const others = isWorthKeeping(there) ? there : [];
    const named = new Map(others.map((line) => [line.predecessorId ?? '', line]));
    const added = more.filter(({ predecessorId }) => !named.has(predecessorId ?? ''));
    const first = added[0] ?? named.get(more[0]?.predecessorId ?? '');
    openings += 1;
    store.setState({
      ...blank,
      stage: 'editing',
      lines: [...others, ...added],
      licenseArn: (stage === 'editing' ? licenseArn : kept) ?? ownLicenseArn,
      showAll: true,
      firstFocus: first === undefined ? null : { lineId: first.lineId, field: focusField },
    });
    saver.changed();
    await Promise.all([saver.flush(), checkNow()]);
    return { besideOthers: others.length > 0 };
  };

  /** Leaving the form keeps the draft, except on the way to the review, where the form itself stays. */
  const leave = async (): Promise<{ readonly kept: boolean }> => {
    clearTimeout(checkTimer);
    const { stage, review, lines } = store.getState();
    const kept = stage === 'editing' && isWorthKeeping(lines);
    const saving = saver.flush();
    if (review === null) store.setState(blank, true);
    await saving;
    return { kept };
  };

  const change = (lineId: string, changes: Partial<Omit<EntryLine, 'lineId'>>) => {
    const { lines, removed } = store.getState();
    setLines(lines.map((line) => (line.lineId === lineId ? { ...line, ...changes } : line)));
    // To undo the merge would now undo what was typed since.
    if (removed?.mergedInto?.lineId === lineId) store.setState({ removed: null });
  };

  const chooseLicence = (licenseArn: string) => {
    store.setState({ licenseArn });
    setLines(store.getState().lines);
    void checkNow();
  };

  /** Takes over a line that was typed on another contract, behind what is typed or kept here already. */
  const takeOver = async (line: EntryLine): Promise<void> => {
    const { stage, lines } = store.getState();
    if (stage === 'editing') {
      setLines([...lines, line]);
      return checkNow();
    }
    const draft = await api.call('drafts.get', { agreementId });
    const kept = draft.ok ? draft.value : null;
    await restore([...(kept?.lines ?? []), line], kept?.licenseArn ?? null);
  };

  /** The line has gone to another contract: here it goes for good, and with the last one the draft. */
  const handOver = async (lineId: string): Promise<void> => {
    const left = store.getState().lines.filter((line) => line.lineId !== lineId);
    if (left.length === 0) return finish();
    setLines(left);
    await saver.flush();
  };

  const setStart = (lineId: string, startUtc: string) => {
    change(lineId, startTextsOf(startUtc, timeZone));
    void checkNow();
  };

  const setNow = async (lineId: string): Promise<void> => {
    const now = await nowUtc();
    if (now !== null) setStart(lineId, now);
  };

  const fieldLeft = (lineId: string, field: EntryField) => {
    const leftFields = new Set(store.getState().leftFields).add(`${lineId} ${field}`);
    store.setState({ leftFields });
    void checkNow();
  };

  const addLine = async (): Promise<string> => {
    const line = newLine(await defaultStartUtc());
    setLines([...store.getState().lines, line]);
    return line.lineId;
  };

  const removeLine = (lineId: string) => {
    const { lines } = store.getState();
    const at = lines.findIndex((line) => line.lineId === lineId);
    const line = lines[at];
    if (line === undefined || lines.length === 1) return;
    setLines(lines.filter((other) => other !== line));
    store.setState({ removed: { line, at, mergedInto: null } });
  };

  /** Puts a line's quantity and description into the line that has its hour; gives that line's id. Null where it can't be. */
  const mergeLine = async (lineId: string): Promise<string | null> => {
    // By the newest reading: a quantity may just have been typed.
    await checkNow();
    const { lines, checked } = store.getState();
    const offer = mergeOfferOf(lines, checked, lineId);
    const kept = lines.find((line) => line.lineId === offer?.keptLineId);
    const at = lines.findIndex((line) => line.lineId === lineId);
    const line = lines[at];
    if (offer?.merge.kind !== 'possible' || kept === undefined || line === undefined) return null;
    const { fields } = offer.merge;
    setLines(
      lines
        .filter((other) => other !== line)
        .map((other) => (other === kept ? { ...kept, ...fields } : other)),
    );
    store.setState({ removed: { line, at, mergedInto: kept } });
    await checkNow();
    return kept.lineId;
  };

  /**
   * Takes back a submission that still waits in its undo window, puts its records on the form as lines, and merges the line into the one
   * that has its hour. Gives the merged line's id. Nothing on the form changes where the submission can't be taken back.
   */
  const takeBackAndMerge = async (
    lineId: string,
    submissionId: string,
    records: readonly UsageRecordView[],
  ): Promise<Result<string>> => {
    await checkNow();
    const { lines, checked } = store.getState();
    const taken = linesTakenBack({ lines, checked, lineId, records, newLineId, timeZone });
    if (taken === null) return err({ kind: 'not-possible-now', detail: 'the lines can not be merged' });
    const answer = await api.call('usage.undo', { submissionId });
    if (!answer.ok) return answer;
    store.setState({ removed: null });
    setLines(taken.lines);
    // At once: the records are withdrawn, and only the draft has them now.
    await Promise.all([saver.flush(), checkNow()]);
    return ok(taken.mergedLineId);
  };

  const undoRemove = (): string | null => {
    const { removed, lines } = store.getState();
    if (removed === null) return null;
    const { line, at, mergedInto } = removed;
    const before = lines.map((one) => (one.lineId === mergedInto?.lineId ? mergedInto : one));
    setLines(before.toSpliced(at, 0, line));
    store.setState({ removed: null });
    return line.lineId;
  };

  /** Checks once more and, if all is well, has the core write the review. */
  const makeReview = async (): Promise<ReviewOutcome> => {
    if (store.getState().reviewing) return { kind: 'failed' };
    store.setState({ showAll: true, reviewing: true, reviewProblem: null });
    try {
      await checkNow();
      const { checked, checkProblem } = store.getState();
      if (checkProblem !== null) return { kind: 'failed' };
      if (checked === null || !checked.reviewable) return { kind: 'errors', first: firstError(checked) };
      const review = await api.call('reviews.create', entry());
      if (!review.ok) {
        store.setState({ reviewProblem: review.error });
        return { kind: 'failed' };
      }
      store.setState({ review: review.value });
      return { kind: 'reviewed' };
    } finally {
      store.setState({ reviewing: false });
    }
  };

  /** Makes the submission, once: while a call is out, and after it, a second press does nothing. */
  const submit = async (confirmed: boolean): Promise<Result<Submission> | null> => {
    const { review, submitting, lines } = store.getState();
    if (review === null || submitting || !confirmed) return null;
    store.setState({ submitting: true, reviewProblem: null });
    const { reviewId, hash } = review;
    const answer = await api.call('reviews.submit', { reviewId, hash, confirmed });
    if (!answer.ok) {
      // The check tells which lines are meant; the answer does not.
      if (answer.error.kind === 'slot-taken') await checkNow();
      store.setState({ submitting: false, reviewProblem: answer.error });
      return answer;
    }
    submitted = { submissionId: answer.value.submissionId, lines };
    await finish();
    return answer;
  };

  /** The lines of a submission as they were typed; null unless it is the last one that was made here. */
  const linesOf = (submissionId: string): readonly EntryLine[] | null =>
    submitted?.submissionId === submissionId ? submitted.lines : null;

  /** The work is done: its draft goes, and the next form begins anew. */
  const finish = async (): Promise<void> => {
    saver.forget();
    await api.call('drafts.discard', { agreementId });
    store.setState(blank, true);
  };

  return {
    store,
    agreementId,
    timeZone,
    open,
    setLatestStart,
    flush,
    continueDraft,
    discard,
    restore,
    putBeside,
    leave,
    checkNow,
    checkSoon,
    change,
    chooseLicence,
    takeOver,
    handOver,
    setStart,
    setNow,
    fieldLeft,
    addLine,
    removeLine,
    mergeLine,
    takeBackAndMerge,
    undoRemove,
    makeReview,
    submit,
    linesOf,
    finish,
  };
}
