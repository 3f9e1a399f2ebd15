/** Closing the app inside an undo window asks: take back, or send. Knows nothing of Electron. */
import type { AppError } from '../../../contract/errors.ts';
import type { Result } from '../../../contract/result.ts';
import type { PendingUndo, UsageRecordView } from '../../../contract/usage.ts';
import type { Question } from './page-trouble.ts';

type Waiting = PendingUndo['submissions'][number];

export interface ClosingDeps {
  readonly pending: () => Promise<Result<PendingUndo>>;
  readonly undo: (submissionId: string) => Promise<Result<unknown>>;
  readonly sendNow: (submissionId: string) => Promise<Result<unknown>>;
  /** Resolves once AWS has answered for every record of the submission, with false when that takes too long. */
  readonly answered: (submissionId: string) => Promise<boolean>;
  /** Shows the question and gives the number of the button. */
  readonly ask: (question: Question) => Promise<number>;
}

/** Whether the app may close now. Asks only while something can still be taken back; what a person chose is done before it closes. */
export async function mayClose(deps: ClosingDeps): Promise<boolean> {
  const pending = await deps.pending();
  // A ledger that can't be read has nothing to take back; what is in it stays there.
  if (!pending.ok || pending.value.submissions.length === 0) return true;
  const { submissions } = pending.value;
  switch (await deps.ask(takeBackOrSend(submissions))) {
    case 0:
      return takeBack(submissions, deps);
    case 1:
      return send(submissions, deps);
    default:
      return false;
  }
}

/** Longer than this nobody waits at a window that is meant to close. */
const answerPatienceMs = 10_000;

/**
 * Looks at the submission whenever usage changes. True once AWS has answered for all of it; false once what is left waits for something
 * else, or patience is over.
 */
export async function untilAnswered(deps: {
  readonly look: () => Promise<Result<{ readonly records: readonly Pick<UsageRecordView, 'phase'>[] }>>;
  readonly onChange: (listener: () => void) => () => void;
  readonly patienceMs?: number;
}): Promise<boolean> {
  const over = Promise.withResolvers<void>();
  const timer = setTimeout(over.resolve, deps.patienceMs ?? answerPatienceMs);
  let isOver = false;
  void over.promise.then(() => {
    isOver = true;
  });
  try {
    for (;;) {
      const moved = Promise.withResolvers<void>();
      const stop = deps.onChange(moved.resolve);
      const found = await deps.look();
      const phases = found.ok ? found.value.records.map(({ phase }) => phase) : null;
      const isMoving = phases === null || phases.some((phase) => phase === 'queued' || phase === 'sending');
      if (isMoving && !isOver) await Promise.race([moved.promise, over.promise]);
      stop();
      if (!isMoving || isOver) return phases?.every((phase) => phase === null) ?? false;
    }
  } finally {
    clearTimeout(timer);
  }
}

async function takeBack(submissions: readonly Waiting[], { undo, ask }: ClosingDeps): Promise<boolean> {
  const left: Waiting[] = [];
  let problem: AppError['kind'] | null = null;
  for (const submission of submissions) {
    const done = await undo(submission.submissionId);
    if (done.ok) continue;
    left.push(submission);
    if (done.error.kind !== 'not-possible-now') problem = done.error.kind;
  }
  return left.length === 0 || (await ask(notTakenBack(left, problem))) === 1;
}

async function send(
  submissions: readonly Waiting[],
  { sendNow, answered, ask }: ClosingDeps,
): Promise<boolean> {
  for (const { submissionId } of submissions) await sendNow(submissionId);
  const through = await Promise.all(submissions.map(({ submissionId }) => answered(submissionId)));
  const waiting = submissions.filter((_, at) => through[at] === false);
  return waiting.length === 0 || (await ask(notThrough(waiting))) === 1;
}

function takeBackOrSend(submissions: readonly Waiting[]): Question {
  return {
    message: `${what(submissions)} not left for AWS yet`,
    detail:
      'You can still take back what you submitted; it then stays in the history as withdrawn, and nothing is billed. Or send it now: once it has left, it is final.',
    buttons: ['Take back', 'Send now', 'Stay open'],
  };
}

function notTakenBack(submissions: readonly Waiting[], problem: AppError['kind'] | null): Question {
  const why =
    problem === null
      ? 'It was already on its way to AWS, or taken back.'
      : `The ledger could not be written (${problem}), so nothing was changed. The time to take it back starts again at the next start.`;
  return {
    message: `${what(submissions)} not been taken back`,
    detail: `${why} Pending and History show what became of it.`,
    buttons: ['Stay open', 'Close'],
  };
}

function notThrough(submissions: readonly Waiting[]): Question {
  return {
    message: `${what(submissions)} no final answer from AWS yet`,
    detail:
      'Every record is safe in the ledger, but nothing is sent while Usage Desk is closed. Pending shows what each one waits for, and until when AWS may take it.',
    buttons: ['Stay open', 'Close'],
  };
}

/** `2 lines for Globex Robotics have`, to be followed by what they have. */
function what(submissions: readonly Waiting[]): string {
  const [only] = submissions;
  const count = submissions.reduce((sum, { recordCount }) => sum + recordCount, 0);
  const lines = `${count} ${count === 1 ? 'line' : 'lines'}`;
  const verb = count === 1 ? 'has' : 'have';
  return submissions.length === 1 && only !== undefined
    ? `${lines} for ${only.buyerAlias ?? only.buyerAccountId} ${verb}`
    : `${lines} of ${submissions.length} submissions ${verb}`;
}
