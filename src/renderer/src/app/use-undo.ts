/** Takes a submission back inside its undo window, or lets it leave before the window ends. */
import type { AppError } from '../../../contract/errors.ts';
import { useApi } from '../api/api-context.tsx';
import { errorFlash } from '../ui/error-flash.ts';
import { useFlash } from '../ui/flash.tsx';
import type { SubmissionOf } from '../ui/frame-acts.tsx';
import { navigate } from './routes.ts';

export interface UndoActs {
  readonly undo: (submission: SubmissionOf) => Promise<void>;
  readonly sendNow: (submission: SubmissionOf) => Promise<void>;
}

const flashId = 'undo';

export function useUndo(): UndoActs {
  const api = useApi();
  const flash = useFlash();

  const sayProblem = (error: AppError) => flash.show(errorFlash(flashId, error));

  return {
    undo: async ({ submissionId, agreementId }) => {
      const answer = await api.call('usage.undo', { submissionId });
      if (!answer.ok) return sayProblem(answer.error);
      // The form's code is there already when the submission was made on this page; its lines live with it.
      const { submittedLines } = await import('../features/report-usage/report-usage-stores.ts');
      const kept = submittedLines(api, agreementId, submissionId);
      flash.show({
        id: flashId,
        type: 'success',
        header: 'Taken back: nothing was sent to AWS',
        content: 'The records stay in the history as withdrawn, and their hours are free again.',
        ...(kept === null
          ? {}
          : {
              action: {
                text: 'Edit again',
                run: () => {
                  flash.dismiss(flashId);
                  void kept.editAgain().then(() => navigate({ page: 'add-usage', agreementId }));
                },
              },
            }),
      });
    },
    sendNow: async ({ submissionId }) => {
      const answer = await api.call('usage.sendNow', { submissionId });
      if (!answer.ok) sayProblem(answer.error);
    },
  };
}
