/** What the frame does for every screen: lead to a sign-in, take a submission back, let it leave. */
import { createContext, type ReactNode, useContext } from 'react';
import type { Identity } from '../../../contract/session.ts';
import type { UsageRecordView } from '../../../contract/usage.ts';

export type SubmissionOf = Pick<UsageRecordView, 'submissionId' | 'agreementId'>;

export interface FrameActs {
  /** Begins to sign in with the profile that is in use. */
  readonly signInAgain: () => void;
  /** Whose screens these are. */
  readonly identity: Identity;
  /** Signs in with another profile. */
  readonly switchTo: (profile: string) => void;
  /** Shows the profiles to choose another. */
  readonly switchProfile: () => void;
  /** Takes back a submission in its undo window. */
  readonly undo: (submission: SubmissionOf) => void;
  /** Ends the undo window of a submission. */
  readonly sendNow: (submission: SubmissionOf) => void;
  /** Reports rejected records of one contract anew: each goes through a review of its own. */
  readonly resend: (records: readonly UsageRecordView[], how: ResendKind) => void;
}

/** `identical` leads to the review at once, `difference` begins with an empty quantity and time. */
export type ResendKind = 'correct' | 'identical' | 'difference';

const FrameActsContext = createContext<FrameActs | null>(null);

export function FrameActsProvider({
  acts,
  children,
}: {
  readonly acts: FrameActs;
  readonly children: ReactNode;
}) {
  return <FrameActsContext value={acts}>{children}</FrameActsContext>;
}

export function useFrameActs(): FrameActs {
  const acts = useContext(FrameActsContext);
  if (acts === null) throw new Error('useFrameActs needs a FrameActsProvider above it');
  return acts;
}
