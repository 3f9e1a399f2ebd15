/** One store a contract, so that the form and its review are two places of the same work. */
import { useStore } from 'zustand';
import type { AppApi } from '../../../../contract/api.ts';
import type { EntryLine } from '../../../../contract/entry.ts';
import { useApi } from '../../api/api-context.tsx';
import { navigate } from '../../app/routes.ts';
import { userLocale, userTimeZone } from '../../copy/formats.ts';
import type { ReportUsageState } from './form-state.ts';
import { createReportUsageStore, type ReportUsageStore } from './report-usage-store.ts';

const storesOf = new WeakMap<AppApi, Map<string, ReportUsageStore>>();

/** The work on one contract, which goes on whichever screen is open. */
export function reportUsageOf(api: AppApi, agreementId: string): ReportUsageStore {
  const stores = storesOf.get(api) ?? new Map<string, ReportUsageStore>();
  storesOf.set(api, stores);
  const known = stores.get(agreementId);
  if (known !== undefined) return known;
  const made = createReportUsageStore({
    api,
    agreementId,
    timeZone: userTimeZone(),
    locale: userLocale(),
    newLineId: () => crypto.randomUUID(),
  });
  stores.set(agreementId, made);
  return made;
}

/**
 * What was typed for a submission that was made on this page, and the way to edit it again; null where it isn't known, or
 * where the form has other work in it, which must not be lost.
 */
export function submittedLines(
  api: AppApi,
  agreementId: string,
  submissionId: string,
): { readonly editAgain: () => Promise<void> } | null {
  const report = storesOf.get(api)?.get(agreementId);
  const lines = report?.linesOf(submissionId);
  if (!report || !lines || report.store.getState().stage !== 'new') return null;
  return { editAgain: () => report.restore(lines) };
}

export function useReportUsage(agreementId: string): ReportUsageStore {
  return reportUsageOf(useApi(), agreementId);
}

export function useReportState<T>(report: ReportUsageStore, select: (state: ReportUsageState) => T): T {
  return useStore(report.store, select);
}

/** Moves a line, as it was typed, to the form of another contract. Nothing that is typed there is lost. */
export function useMoveLine(from: ReportUsageStore): (line: EntryLine, agreementId: string) => Promise<void> {
  const api = useApi();
  return async (line, agreementId) => {
    await reportUsageOf(api, agreementId).takeOver(line);
    await from.handOver(line.lineId);
    navigate({ page: 'add-usage', agreementId });
  };
}
