/** What can still be taken back, on every screen while an undo window runs. */
import Button from '@cloudscape-design/components/button';
import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { PendingUndo } from '../../../contract/usage.ts';
import { formatAccountId, formatCount } from '../copy/formats.ts';
import { shownValue } from '../ui/call-state.ts';
import { Countdown } from '../ui/countdown.tsx';
import { useAppStores } from './app-stores-context.tsx';
import { type UndoActs, useUndo } from './use-undo.ts';

type Window = PendingUndo['submissions'][number];

export function useUndoWindows(): readonly Window[] {
  const stores = useAppStores();
  return shownValue(useStore(stores.pendingUndo.store))?.submissions ?? [];
}

/** One message a submission. Without a role of its own: the kit would announce it anew as it counts down. */
export function useUndoItems(): FlashbarProps.MessageDefinition[] {
  const windows = useUndoWindows();
  const acts = useUndo();
  return windows.map((window) => undoItem(window, acts));
}

function undoItem(window: Window, acts: UndoActs): FlashbarProps.MessageDefinition {
  const what = whatLeaves(window);
  return {
    id: `undo-${window.submissionId}`,
    type: 'info',
    header: (
      <>
        {what} {window.recordCount === 1 ? 'leaves' : 'leave'} for AWS in{' '}
        <Countdown untilUtc={window.undoUntilUtc} passed="a moment" />
      </>
    ),
    content: 'Nothing has been sent yet. Once it has, it is final.',
    action: (
      <SpaceBetween size="xs" direction="horizontal">
        <Button ariaLabel={`Undo: take back ${what}`} onClick={() => void acts.undo(window)}>
          Undo
        </Button>
        <Button ariaLabel={`Send now: ${what}`} onClick={() => void acts.sendNow(window)}>
          Send now
        </Button>
      </SpaceBetween>
    ),
  };
}

/** Where the host can't ask itself: the browser's own question before the page goes while something can still be taken back. */
export function useLeaveWarning(): void {
  const stores = useAppStores();
  const asksItself = shownValue(useStore(stores.status.store))?.capabilities.asksBeforeClosing ?? true;
  const warns = useUndoWindows().length > 0 && !asksItself;
  useEffect(() => {
    if (!warns) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [warns]);
}

/** Says once that something can be taken back. */
export function UndoAnnouncement() {
  const windows = useUndoWindows();
  return (
    <LiveRegion hidden>
      {windows.map((window) => `${whatLeaves(window)} can be taken back for a short while.`).join(' ')}
    </LiveRegion>
  );
}

/** `2 lines for Globex Robotics`. */
function whatLeaves({ recordCount, buyerAlias, buyerAccountId }: Window): string {
  return `${formatCount(recordCount, 'line')} for ${buyerAlias ?? formatAccountId(buyerAccountId)}`;
}
