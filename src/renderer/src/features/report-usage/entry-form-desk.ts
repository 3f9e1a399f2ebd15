/** What every act on the form stands on: its state, the core's check of it, and the draft that is kept of it. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppApi } from '../../../../contract/api.ts';
import type { EntryLine } from '../../../../contract/entry.ts';
import { createDraftSaver } from './draft-saver.ts';
import { isWorthKeeping } from './entry-reading.ts';
import { blankForm, type ReportUsageState } from './form-state.ts';

export interface ReportUsageDeps {
  readonly api: AppApi;
  readonly agreementId: string;
  /** IANA name of the zone in which times are typed. */
  readonly timeZone: string;
  /** BCP 47; says how a quantity's separators are read. */
  readonly locale: string;
  readonly newLineId: () => string;
}

const checkAfterMs = 150;

export type EntryFormDesk = ReturnType<typeof createEntryFormDesk>;

/** The desk of one contract. Its acts never reject: what the core refuses stands in the state. */
export function createEntryFormDesk({ api, agreementId, timeZone, locale, newLineId }: ReportUsageDeps) {
  const store: StoreApi<ReportUsageState> = createStore<ReportUsageState>()(() => blankForm);
  let checksAsked = 0;
  let checksShown = 0;
  let checkTimer: ReturnType<typeof setTimeout> | undefined;

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

  const stopChecking = () => clearTimeout(checkTimer);

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

  return {
    ...{ api, store, agreementId, timeZone, newLineId, saver },
    ...{ entry, checkNow, checkSoon, stopChecking, setLines, nowUtc },
  };
}
