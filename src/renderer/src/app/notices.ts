/** What concerns every screen, and which of it stands at the top: one at a time, the worst first. */
import type { SessionView } from '../../../contract/session.ts';
import type { SystemStatus } from '../../../contract/settings.ts';
import { clockOffset, presentError } from '../copy/present-error.ts';
import { type CallState, shownValue } from '../ui/call-state.ts';

export interface Notice {
  readonly id: string;
  readonly type: 'error' | 'warning' | 'info';
  readonly header: string;
  readonly content: string;
  readonly action: 'sign-in-again' | 'try-again' | 'recover' | null;
}

/** AWS refuses signatures that are off by more than five minutes; from four on it is urgent. */
const clockUrgentMs = 4 * 60_000;
const clockNoteMs = 30_000;

/** Every notice that holds, the worst first. */
export function noticesOf(
  status: CallState<SystemStatus>,
  session: CallState<SessionView>,
): readonly Notice[] {
  const system = shownValue(status);
  return [
    unreachable(status),
    system === null ? null : ledger(system),
    system === null ? null : clock(system, 'urgent'),
    ended(shownValue(session)),
    system === null ? null : overrides(system),
    system === null ? null : clock(system, 'note'),
  ].filter((notice) => notice !== null);
}

function unreachable(status: CallState<SystemStatus>): Notice | null {
  if (status.kind !== 'failed') return null;
  const words = presentError(status.error);
  return {
    id: 'core',
    type: 'error',
    header: words.title,
    content: `${words.explanation} ${words.nextStep}`,
    action: 'try-again',
  };
}

function ledger(system: SystemStatus): Notice | null {
  if (system.ledgerProblem === null) return null;
  const words = presentError(system.ledgerProblem);
  return {
    id: 'ledger',
    type: 'error',
    header: words.title,
    content: `${words.explanation} ${words.nextStep}`,
    // A file of a newer version, or one that is only locked, is sound: nothing may take its place.
    action: system.ledgerProblem.kind === 'ledger-damaged' ? 'recover' : null,
  };
}

function ended(session: SessionView | null): Notice | null {
  if (session?.state !== 'ended') return null;
  const words = presentError(session.problem);
  return {
    id: 'ended',
    type: words.severity,
    header: words.title,
    content: `${words.explanation} ${words.nextStep}`,
    action: 'sign-in-again',
  };
}

function clock(system: SystemStatus, level: 'urgent' | 'note'): Notice | null {
  const offsetMs = system.clockOffsetMs ?? 0;
  const isUrgent = Math.abs(offsetMs) >= clockUrgentMs;
  if (Math.abs(offsetMs) < clockNoteMs || isUrgent !== (level === 'urgent')) return null;
  return {
    id: 'clock',
    type: isUrgent ? 'error' : 'info',
    header: `This computer’s clock is ${clockOffset(offsetMs)}`,
    content: isUrgent
      ? 'AWS refuses calls whose time is off by more than five minutes. Set the clock, best to be set automatically. Times in Usage Desk go by AWS’s clock.'
      : 'Times in Usage Desk go by AWS’s clock, so nothing is wrong yet. Have the clock set automatically when you can.',
    action: null,
  };
}

function overrides(system: SystemStatus): Notice | null {
  if (system.endpointOverrides.length === 0) return null;
  const list = system.endpointOverrides.map(({ setting, url }) => `${setting} = ${url}`).join('; ');
  return {
    id: 'endpoints',
    type: 'warning',
    header: 'Calls go to another place than AWS',
    content: `A setting of this computer redirects them: ${list}. If you do not know why, ask your AWS admin before you submit anything.`,
    action: null,
  };
}
