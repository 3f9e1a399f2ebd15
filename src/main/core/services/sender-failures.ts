/** What keeps a record from being sent before any call was made, and what lifts it again. */
import type { AppError } from '../../../contract/errors.ts';
import type { ReasonCode } from '../../../contract/reason-codes.ts';
import { connectionReason } from '../domain/connection-reason.ts';

/** Reasons that a new sign-in of the record's account can lift. */
export const liftedBySignIn: ReadonlySet<ReasonCode> = new Set([
  'sign-in-expired',
  'session-revoked',
  'role-not-assigned',
  'unknown-credentials',
  'wrong-account',
  'not-allowed',
  'clock-wrong',
]);

/** What a failure to get credentials means for a record that was not sent; any other one is about the profile or its keys. */
const prepareFailures: Partial<Record<AppError['kind'], NotSent>> = {
  // It may be put right outside the app, and is then found by the next try.
  'endpoint-insecure': { next: 'wait', reason: 'endpoint-not-allowed' },
  'endpoints-unacknowledged': { next: 'wait', reason: 'endpoint-not-allowed' },
  'network-setting-unusable': { next: 'wait', reason: 'network-setting' },
  throttled: { next: 'wait', reason: 'throttled' },
  'aws-unavailable': { next: 'wait', reason: 'aws-unavailable' },
  'clock-wrong': { next: 'hold', reason: 'clock-wrong' },
  'wrong-account': { next: 'hold', reason: 'wrong-account' },
  'role-not-assigned': { next: 'hold', reason: 'role-not-assigned' },
  'unknown-credentials': { next: 'hold', reason: 'unknown-credentials' },
  'not-allowed': { next: 'hold', reason: 'not-allowed' },
  'not-signed-in': { next: 'hold', reason: 'sign-in-expired' },
  'sign-in-expired': { next: 'hold', reason: 'sign-in-expired' },
  'sign-in-failed': { next: 'hold', reason: 'sign-in-expired' },
  'login-needed': { next: 'hold', reason: 'sign-in-expired' },
};

/** Why a record stays unsent, and whether it waits by itself (`wait`) or for a person (`hold`). */
export interface NotSent {
  readonly next: 'wait' | 'hold';
  readonly reason: ReasonCode;
}

export const notSentBecause = {
  signedOut: { next: 'hold', reason: 'sign-in-expired' },
  wrongAccount: { next: 'hold', reason: 'wrong-account' },
  /** A defect of ours on the way to credentials: it may not be there the next time. */
  defect: { next: 'wait', reason: 'unknown-credentials' },
  /** AWS ended the sign-in ahead of the end that it had stated. */
  endedEarly: { next: 'hold', reason: 'session-revoked' },
  /** Credentials could not be had. */
  failure: (error: AppError): NotSent => {
    if (error.kind === 'offline') return { next: 'wait', reason: connectionReason(error.code) };
    return prepareFailures[error.kind] ?? { next: 'hold', reason: 'unknown-credentials' };
  },
} as const satisfies Record<string, NotSent | ((error: AppError) => NotSent)>;
