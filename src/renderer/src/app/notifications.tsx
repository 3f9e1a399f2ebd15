/** The messages at the top: the worst of what concerns everything, then what the person just did. */
import Button from '@cloudscape-design/components/button';
import Flashbar, { type FlashbarProps } from '@cloudscape-design/components/flashbar';
import { useState } from 'react';
import { useStore } from 'zustand';
import { useApi } from '../api/api-context.tsx';
import { shownValue } from '../ui/call-state.ts';
import { errorFlash } from '../ui/error-flash.ts';
import type { Flash } from '../ui/flash-store.ts';
import { useNow } from '../ui/use-now.tsx';
import { useAppStores } from './app-stores-context.tsx';
import { type Notice, noticesOf } from './notices.ts';
import { navigate, type Route } from './routes.ts';
import { UndoAnnouncement, useLeaveWarning, useUndoItems } from './undo-notice.tsx';
import { useFocusAfter } from './use-heading-focus.ts';
import { useRoute } from './use-route.ts';

export function Notifications({ onSignInAgain }: { readonly onSignInAgain: () => void }) {
  const api = useApi();
  const stores = useAppStores();
  const status = useStore(stores.status.store);
  const session = useStore(stores.session.store);
  const settings = useStore(stores.settings.store);
  const permissions = shownValue(useStore(stores.permissions.store));
  const { flashes } = useStore(stores.flashes.store);
  const route = useRoute();
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set());

  const undoItems = useUndoItems();
  useLeaveWarning();
  useFocusAfter(undoItems.length > 0);

  const now = useNow(30_000);
  const worst = noticesOf(status, session, settings, now, permissions).find(
    (notice) => !dismissed.has(notice.id) && !isShownBy(route, notice),
  );
  const allowEndpoints = async () => {
    const overrides = shownValue(status)?.endpointOverrides ?? [];
    const answer = await api.call('system.acknowledgeEndpoints', { overrides });
    if (!answer.ok) stores.flashes.show(errorFlash('endpoints', answer.error));
    await stores.status.reload();
  };
  const checkPermissions = async () => {
    const answer = await api.call('session.permissions', { again: true });
    if (!answer.ok) stores.flashes.show(errorFlash('permissions', answer.error));
    await stores.permissions.reload();
  };
  const run = (action: Notice['action']) => {
    if (action === 'sign-in-again') onSignInAgain();
    else if (action === 'recover') navigate({ page: 'recovery' });
    else if (action === 'check-permissions') void checkPermissions();
    else if (action === 'allow-endpoints') void allowEndpoints();
    else void stores.status.reload();
  };

  const items: FlashbarProps.MessageDefinition[] = [
    ...(worst === undefined
      ? []
      : [noticeItem(worst, run, () => setDismissed(new Set([...dismissed, worst.id])))]),
    ...undoItems,
    ...flashes.map((flash) => flashItem(flash, () => stores.flashes.dismiss(flash.id))),
  ];
  return (
    <>
      <div className="messages">
        <Flashbar items={items} />
      </div>
      <UndoAnnouncement />
    </>
  );
}

/** The screen itself says it at length. */
function isShownBy(route: Route, notice: Notice): boolean {
  return route.page === 'recovery' && notice.id === 'ledger';
}

const actionWords = {
  'sign-in-again': 'Sign in again',
  'try-again': 'Try again',
  recover: 'Set aside and restore',
  'allow-endpoints': 'Allow these addresses',
  'check-permissions': 'Check again',
} as const satisfies Record<NonNullable<Notice['action']>, string>;

function noticeItem(
  notice: Notice,
  run: (action: Notice['action']) => void,
  dismiss: () => void,
): FlashbarProps.MessageDefinition {
  return {
    id: `notice-${notice.id}`,
    type: notice.type,
    header: notice.header,
    content: notice.content,
    // The kit gives an alert the focus: nobody who is typing may lose it to something that comes up by itself.
    ariaRole: 'status',
    ...(notice.dismissible ? { dismissible: true, dismissLabel: 'Dismiss', onDismiss: dismiss } : {}),
    ...(notice.action === null
      ? {}
      : { action: <Button onClick={() => run(notice.action)}>{actionWords[notice.action]}</Button> }),
  };
}

function flashItem(flash: Flash, dismiss: () => void): FlashbarProps.MessageDefinition {
  const { action } = flash;
  return {
    id: `flash-${flash.id}`,
    header: flash.header,
    content: flash.content,
    ...(flash.type === 'in-progress' ? { type: 'info', loading: true } : { type: flash.type }),
    ariaRole: flash.type === 'error' ? 'alert' : 'status',
    dismissible: flash.type !== 'in-progress',
    dismissLabel: 'Dismiss',
    onDismiss: dismiss,
    ...(action === undefined ? {} : { action: <Button onClick={action.run}>{action.text}</Button> }),
  };
}
