/**
 * The one catalogue of reasons: what a person is told about everything that can stop a usage record. Badges, popovers, the
 * help page and the README's table are made from it. Plain data: the core and scripts read it too.
 */
import type { ReasonCode } from './reason-codes.ts';
import { callReasons } from './reasons/call-reasons.ts';
import { connectionReasons } from './reasons/connection-reasons.ts';
import { contractReasons } from './reasons/contract-reasons.ts';
import { entryReasons } from './reasons/entry-reasons.ts';
import type { ReasonEntry } from './reasons/reason-entry.ts';
import { recordReasons } from './reasons/record-reasons.ts';
import { reviewReasons } from './reasons/review-reasons.ts';
import { signInReasons } from './reasons/sign-in-reasons.ts';

export type { ReasonEntry };

export const reasonCatalogue = {
  ...recordReasons,
  ...callReasons,
  ...connectionReasons,
  ...signInReasons,
  ...contractReasons,
  ...entryReasons,
  ...reviewReasons,
} as const satisfies Record<ReasonCode, ReasonEntry>;
