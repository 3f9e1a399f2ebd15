/** How the form comes and goes: opened anew, from its draft or with lines put on it, and left. */
import type { EntryLine } from '../../../../contract/entry.ts';
import type { EntryFormDesk } from './entry-form-desk.ts';
import { isWorthKeeping } from './entry-reading.ts';
import type { NewLines } from './form-lines.ts';
import { blankForm, type EntryField } from './form-state.ts';

/** The coming and going of one form; of several openings the newest counts. */
export function createFormOpening(desk: EntryFormDesk, newLines: NewLines) {
  const { api, store, agreementId, saver, checkNow, setLines, stopChecking } = desk;
  let openings = 0;

  const beginAnew = async (): Promise<void> => {
    const line = await newLines.make();
    store.setState({ ...blankForm, stage: 'editing', lines: [line] });
    await checkNow();
  };

  /** Opens the form: as it was left for a review, else with the kept draft on offer, else anew. */
  const open = async (meteredKeys: readonly string[]): Promise<void> => {
    newLines.setMeteredKeys(meteredKeys);
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
    store.setState({ ...blankForm, stage: 'editing', lines, licenseArn, showAll: true });
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
    store.setState({ ...blankForm, stage: 'editing', lines, licenseArn });
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
      ...blankForm,
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
    stopChecking();
    const { stage, review, lines } = store.getState();
    const kept = stage === 'editing' && isWorthKeeping(lines);
    const saving = saver.flush();
    if (review === null) store.setState(blankForm, true);
    await saving;
    return { kept };
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

  return { open, continueDraft, discard, restore, putBeside, leave, takeOver };
}
