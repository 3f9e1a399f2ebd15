/** What concerns every screen, and which of it stands at the top: one at a time, the worst first. */

import type { PermissionsView } from '../../../contract/permissions.ts';
import type { SessionView } from '../../../contract/session.ts';
import type { Settings, SystemStatus } from '../../../contract/settings.ts';
import { clockOffset, formatCount, formatCountdown } from '../copy/formats.ts';
import { presentError } from '../copy/present-error.ts';
import { type CallState, shownValue } from '../ui/call-state.ts';

export interface Notice {
  readonly id: string;
  readonly type: 'error' | 'warning' | 'info';
  readonly header: string;
  readonly content: string;
  readonly action: 'sign-in-again' | 'try-again' | 'recover' | 'allow-endpoints' | 'check-permissions' | null;
  /** It may be put away; the others hold until their cause is gone. */
  readonly dismissible: boolean;
}

/** AWS refuses signatures that are off by more than five minutes; from four on it is urgent. */
const clockUrgentMs = 4 * 60_000;
const clockNoteMs = 30_000;

/** Time enough to finish what is being entered, and to sign in again. */
const endsSoonMs = 10 * 60_000;

/** Every notice that holds at `nowMs`, the worst first. */
export function noticesOf(
  status: CallState<SystemStatus>,
  session: CallState<SessionView>,
  settings: CallState<Settings>,
  nowMs: number,
  permissions: PermissionsView | null = null,
): readonly Notice[] {
  const system = shownValue(status);
  const set = shownValue(settings);
  return [
    unreachable(status),
    system === null ? null : ledger(system),
    system === null ? null : unwritten(system),
    system === null ? null : clock(system, 'urgent'),
    ended(shownValue(session)),
    endsSoon(shownValue(session), nowMs),
    notRenewed(shownValue(session), nowMs),
    system === null ? null : overrides(system),
    permissions === null ? null : readOnly(permissions),
    set === null ? null : preferencesSetAside(set),
    set === null ? null : draftsSetAside(set),
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
    dismissible: false,
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
    dismissible: false,
  };
}

/** Lifted by itself: the core writes what waits as soon as it can. */
function unwritten({ writeProblem }: SystemStatus): Notice | null {
  if (writeProblem === null) return null;
  const { error, keptAnswers } = writeProblem;
  const words = presentError(error);
  const waiting =
    keptAnswers === 0
      ? 'Nothing was lost, and nothing more is sent meanwhile.'
      : `AWS has answered, but ${formatCount(keptAnswers, 'answer')} can’t be written down yet; the records show as Sending until then. Nothing is lost, and nothing more is sent meanwhile. Leave Usage Desk open: if it ends before, these records are settled by sending the identical ones again.`;
  const todo = error.kind === 'disk-full' ? 'Make room on the disk; it goes on by itself.' : words.nextStep;
  return {
    id: 'unwritten',
    type: 'error',
    header: words.title,
    content: `${waiting} ${todo}`,
    action: null,
    dismissible: false,
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
    dismissible: false,
  };
}

/** Where nothing renews the sign-in, its end is told while there is still time. */
function endsSoon(session: SessionView | null, nowMs: number): Notice | null {
  if (session?.state !== 'signed-in' || session.renewsItself || session.expiresUtc === null) return null;
  const leftMs = Date.parse(session.expiresUtc) - nowMs;
  if (leftMs > endsSoonMs) return null;
  return {
    id: 'ends-soon',
    type: 'warning',
    header: leftMs <= 0 ? 'Your sign-in has ended' : `Your sign-in ends in ${formatCountdown(leftMs)}`,
    content: `${howToGoOn(session)} What you entered stays.`,
    action: 'sign-in-again',
    dismissible: false,
  };
}

function howToGoOn({ renewalProblem }: Extract<SessionView, { state: 'signed-in' }>): string {
  return renewalProblem?.kind === 'login-needed'
    ? presentError(renewalProblem).nextStep
    : 'Sign in again now, and nothing is interrupted.';
}

/** A renewal has failed: the sign-in still holds, and there is time to see to it. */
function notRenewed(session: SessionView | null, nowMs: number): Notice | null {
  if (session?.state !== 'signed-in' || session.renewalProblem === null) return null;
  const words = presentError(session.renewalProblem);
  const leftMs = session.expiresUtc === null ? null : Date.parse(session.expiresUtc) - nowMs;
  // Its end is what counts then, and is told.
  if (!session.renewsItself && leftMs !== null && leftMs <= endsSoonMs) return null;
  const left =
    leftMs === null
      ? ''
      : leftMs <= 0
        ? 'It has reached its end. '
        : `It holds for another ${formatCountdown(leftMs)}. `;
  const next = session.renewsItself
    ? 'It is tried again every minute; to be sure, sign in again.'
    : 'AWS renews it no more: sign in again before its end, and nothing is interrupted.';
  return {
    id: 'not-renewed',
    type: 'warning',
    header: 'Your sign-in could not be renewed',
    content: `${session.renewsItself ? `${words.explanation} ` : ''}${left}${next} What you entered stays.`,
    action: 'sign-in-again',
    dismissible: false,
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
    dismissible: !isUrgent,
  };
}

function readOnly({ metering }: PermissionsView): Notice | null {
  if (metering.state !== 'refused') return null;
  return {
    id: 'read-only',
    type: 'warning',
    header: 'This role can’t submit usage',
    content: `AWS refused: the role lacks ${metering.action}, or a policy denies it. What was confirmed is held and surely not recorded. Settings has the policy to send to your AWS admin; once it is allowed, check again, and what is held goes out.`,
    action: 'check-permissions',
    dismissible: false,
  };
}

function overrides(system: SystemStatus): Notice | null {
  if (system.endpointOverrides.length === 0) return null;
  const list = system.endpointOverrides.map(({ setting, url }) => `${setting} = ${url}`).join('; ');
  if (!system.endpointsAcknowledged) {
    return {
      id: 'endpoints-unacknowledged',
      type: 'error',
      header: 'Calls would go to another place than AWS',
      content: `Settings of this computer lead them there: ${list}. Nothing is sent until you allow it. If you do not know why they are set, ask your AWS admin first.`,
      action: 'allow-endpoints',
      dismissible: false,
    };
  }
  return {
    id: 'endpoints',
    type: 'warning',
    header: 'Calls go to another place than AWS',
    content: `A setting of this computer redirects them: ${list}. If you do not know why, ask your AWS admin before you submit anything.`,
    action: null,
    dismissible: false,
  };
}

function preferencesSetAside({ preferencesSetAside: path, preferencesPath }: Settings): Notice | null {
  if (path === null) return null;
  return {
    id: 'preferences-set-aside',
    type: 'warning',
    header: 'Your settings could not be read and were put aside',
    content: `Defaults are used now; usage records are not touched by this. The file is kept as ${path}. Look at it: what is sound in it can be copied back into ${preferencesPath} while Usage Desk is closed, or set again in Settings. Check the window policy and the metering of your products before you submit.`,
    action: null,
    dismissible: true,
  };
}

function draftsSetAside({ draftsSetAside: path, draftsPath }: Settings): Notice | null {
  if (path === null) return null;
  return {
    id: 'drafts-set-aside',
    type: 'warning',
    header: 'Your drafts could not be read and were put aside',
    content: `Nothing that was submitted is touched by this. The file is kept as ${path}. Look at it: enter the lines again, or copy what is sound in it back into ${draftsPath} while Usage Desk is closed.`,
    action: null,
    dismissible: true,
  };
}
