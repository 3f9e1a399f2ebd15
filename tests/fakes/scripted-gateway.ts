/** A metering gateway whose answers the test writes; it remembers what it was asked to send. */
import type { AppError } from '../../src/contract/errors.ts';
import { err, ok } from '../../src/contract/result.ts';
import type { RecordOutcome } from '../../src/main/core/domain/usage-record.ts';
import type { MeteringAnswer, MeteringGateway, MeteringRequest } from '../../src/main/core/ports.ts';

export interface ScriptedGateway extends MeteringGateway {
  readonly sent: readonly MeteringRequest[];
  /** Outcomes of the next calls, in order; afterwards everything is recorded. */
  readonly answerNext: (...outcomes: readonly RecordOutcome[]) => void;
  /** What AWS says of each call that no `answerNext` waits for. */
  readonly judgeBy: (judge: (request: MeteringRequest) => readonly RecordOutcome[]) => void;
  /** Each call waits for this before it is answered. */
  readonly pauseBy: (pause: (request: MeteringRequest) => Promise<void>) => void;
  /** What happens when AWS is asked for the time. */
  readonly onAskTime: (asked: () => void) => void;
  readonly failPrepare: (error: AppError | null) => void;
  /** What each `prepare` waits for before it succeeds, or fails with the error that it gives. */
  readonly prepareBy: (before: () => Promise<AppError | null>) => void;
  /** The next `prepare` throws. */
  readonly crashPrepare: (cause: Error) => void;
  /** The next `prepare` fails with this once the returned function is called. */
  readonly holdPrepare: (error: AppError) => () => void;
  /** The next call gets no answer until the returned function is called. */
  readonly hold: () => () => void;
}

export function createScriptedGateway(): ScriptedGateway {
  const sent: MeteringRequest[] = [];
  const script: RecordOutcome[] = [];
  let beforePrepare = (): Promise<AppError | null> => Promise.resolve(null);
  let nextPrepare: (() => ReturnType<MeteringGateway['prepare']>) | null = null;
  let judge = (request: MeteringRequest): readonly RecordOutcome[] =>
    request.records.map(() => ({ kind: 'recorded', meteringRecordId: `mr-${sent.length}` }));
  let pause: (request: MeteringRequest) => Promise<void> = () => Promise.resolve();
  let askTime: () => void = () => {};
  let gate: Promise<void> | null = null;

  async function send(request: MeteringRequest): Promise<MeteringAnswer> {
    sent.push(request);
    const waiting = gate;
    gate = null;
    await waiting;
    await pause(request);
    const outcome = script.shift();
    const outcomes = outcome ? request.records.map(() => outcome) : judge(request);
    return { requestId: `req-${sent.length}`, httpStatus: 200, outcomes };
  }

  return {
    sent,
    prepare: async () => {
      const once = nextPrepare;
      nextPrepare = null;
      if (once) return once();
      const error = await beforePrepare();
      if (error) return err(error);
      const accessKeyId = 'ASIAEXAMPLE000000001';
      const principalArn = 'arn:aws:sts::111122223333:assumed-role/SalesOps/prepared';
      return ok({ accessKeyId, principalArn, send });
    },
    crashPrepare: (cause) => {
      nextPrepare = () => Promise.reject(cause);
    },
    holdPrepare: (error) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      nextPrepare = () => promise.then(() => err(error));
      return resolve;
    },
    askTime: () => {
      askTime();
      return Promise.resolve();
    },
    onAskTime: (asked) => {
      askTime = asked;
    },
    answerNext: (...outcomes) => {
      script.push(...outcomes);
    },
    judgeBy: (next) => {
      judge = next;
    },
    pauseBy: (next) => {
      pause = next;
    },
    failPrepare: (error) => {
      beforePrepare = () => Promise.resolve(error);
    },
    prepareBy: (before) => {
      beforePrepare = before;
    },
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return resolve;
    },
  };
}
