/** What a person is doing on the form of one contract, and what the core says of it. It computes no rule. */
import { createEntryFormDesk, type ReportUsageDeps } from './entry-form-desk.ts';
import { createFormLines, createNewLines } from './form-lines.ts';
import { createFormOpening } from './form-opening.ts';
import { createFormReview } from './form-review.ts';

export type ReportUsageStore = ReturnType<typeof createReportUsageStore>;

export function createReportUsageStore(deps: ReportUsageDeps) {
  const desk = createEntryFormDesk(deps);
  const newLines = createNewLines(desk);
  const { store, agreementId, timeZone, saver, checkNow, checkSoon } = desk;

  /** Keeps at once what is still waiting to be kept: the page may be gone a moment later. */
  const flush = () => void saver.flush();

  return {
    ...{ store, agreementId, timeZone, checkNow, checkSoon, flush },
    setLatestStart: newLines.setLatestStart,
    ...createFormOpening(desk, newLines),
    ...createFormLines(desk, newLines),
    ...createFormReview(desk),
  };
}
