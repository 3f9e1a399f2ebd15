/** Leads rejected records to the form, or to the review of the identical ones. */
import type { UsageRecordView } from '../../../contract/usage.ts';
import { useApi } from '../api/api-context.tsx';
import { fieldAtFault } from '../copy/rejections.ts';
import { useFlash } from '../ui/flash.tsx';
import type { ResendKind } from '../ui/frame-acts.tsx';
import { navigate } from './routes.ts';

/** The records are of one contract. */
export function useResend(): (records: readonly UsageRecordView[], how: ResendKind) => void {
  const api = useApi();
  const flash = useFlash();

  const resend = async (records: readonly UsageRecordView[], how: ResendKind): Promise<void> => {
    const [first] = records;
    if (first === undefined) return;
    const { agreementId } = first;
    const [{ rejectedLines }, { reportUsageOf }] = await Promise.all([
      import('../features/report-usage/rejected-lines.ts'),
      import('../features/report-usage/report-usage-stores.ts'),
    ]);
    const report = rejectedLines(reportUsageOf(api, agreementId));
    const field = how === 'correct' ? fieldAtFault(first.reason) : 'quantity';
    const { besideOthers } = await report.put(records, how, field);
    if (how === 'identical' && !besideOthers && (await report.review())) {
      return navigate({ page: 'review', agreementId });
    }
    if (besideOthers) {
      flash.show({
        id: 'resend',
        type: 'info',
        header: 'Your draft of this contract is here too',
        content: 'What you report anew was put below it. Remove the lines that shall not go together.',
      });
    }
    navigate({ page: 'add-usage', agreementId });
  };
  return (records, how) => void resend(records, how);
}
