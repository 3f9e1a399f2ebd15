/** What a person does with the lines of the form: change, add, remove, merge, and undo that. */
import type { EntryLine } from '../../../../contract/entry.ts';
import { err, ok, type Result } from '../../../../contract/result.ts';
import type { UsageRecordView } from '../../../../contract/usage.ts';
import type { EntryFormDesk } from './entry-form-desk.ts';
import type { EntryField } from './form-state.ts';
import { startTextsOf } from './local-time.ts';
import { linesTakenBack, mergeOfferOf } from './merge-lines.ts';

export type NewLines = ReturnType<typeof createNewLines>;

/** What a new line holds before anything is typed. */
export function createNewLines({ nowUtc, newLineId, timeZone }: EntryFormDesk) {
  let onlyDimension = '';
  let latestStartUtc: string | null = null;

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

  return {
    /** The keys that the contract meters: a single one is chosen already. */
    setMeteredKeys: (keys: readonly string[]) => {
      onlyDimension = keys.length === 1 ? (keys[0] ?? '') : '';
    },
    /** The last start time that the contract can take (ISO 8601, UTC) once it is over; null while it runs. */
    setLatestStart: (utc: string | null) => {
      latestStartUtc = utc;
    },

    make: async () => newLine(await defaultStartUtc()),
  };
}

/** What changes is kept as a draft soon after, and checked by the core anew. */
export function createFormLines(desk: EntryFormDesk, newLines: NewLines) {
  const { api, store, saver, checkNow, setLines, nowUtc, newLineId, timeZone } = desk;

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
    const line = await newLines.make();
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

  return {
    ...{ change, chooseLicence, setStart, setNow, fieldLeft },
    ...{ addLine, removeLine, mergeLine, takeBackAndMerge, undoRemove },
  };
}
