/** The shape of the words for a failure, and how they are put together. */
import type { AppError } from '../../../../contract/errors.ts';
import type { ReasonCode } from '../../../../contract/reason-codes.ts';
import { reasonOf } from '../reasons.ts';

export interface PresentedError {
  readonly title: string;
  /** What happened, in whole sentences. */
  readonly explanation: string;
  /** What the person can do now. */
  readonly nextStep: string;
  readonly severity: 'error' | 'warning' | 'info';
  /** Whether the same thing may be tried again as it is. */
  readonly retry: boolean;
  /** What AWS or the system said, word for word, to be folded away; null when there is nothing more. */
  readonly detail: string | null;
  /** The single causes where the core named several, each a sentence. */
  readonly causes: readonly string[];
}

/** The words for some kinds of failures, one function a kind. */
export type ErrorWords<K extends AppError['kind']> = {
  readonly [Kind in K]: (error: Extract<AppError, { kind: Kind }>) => PresentedError;
};

export type Words = readonly [title: string, explanation: string, nextStep: string];

export function assertNever(value: never): never {
  throw new Error(`No words for ${JSON.stringify(value)}`);
}

export function failure(
  [title, explanation, nextStep]: Words,
  options: {
    readonly severity?: PresentedError['severity'];
    readonly retry?: boolean;
    readonly detail?: string | null;
    readonly reasons?: readonly ReasonCode[];
  } = {},
): PresentedError {
  return {
    title,
    explanation,
    nextStep,
    severity: options.severity ?? 'error',
    retry: options.retry ?? false,
    detail: options.detail ?? null,
    causes: [...new Set(options.reasons ?? [])].map((code) => reasonOf(code).whatHappened),
  };
}
