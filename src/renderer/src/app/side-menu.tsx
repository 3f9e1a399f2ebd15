/** The ways to every screen, with live counts of what waits and of what was rejected. */
import Badge from '@cloudscape-design/components/badge';
import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import type { OtherAccounts, UsageCounts } from '../../../contract/usage.ts';
import { formatQuantity } from '../copy/formats.ts';
import { hrefOf, type Route } from './routes.ts';

export interface SideMenuProps {
  readonly route: Route;
  readonly counts: UsageCounts | null;
  /** What other seller accounts have open. */
  readonly others: OtherAccounts | null;
}

export function SideMenu({ route, counts, others }: SideMenuProps) {
  return <SideNavigation activeHref={activeHref(route)} items={[...itemsOf(counts), ...ofOthers(others)]} />;
}

function itemsOf(counts: UsageCounts | null): SideNavigationProps.Item[] {
  return [
    link('Contracts', { page: 'contracts' }),
    link('Rejected', { page: 'rejected' }, badge(counts?.rejected ?? 0, 'red', 'rejected')),
    link('Pending', { page: 'pending' }, counts === null ? undefined : pendingBadges(counts)),
    link('History', { page: 'history' }),
    { type: 'divider' },
    link('Settings', { page: 'settings' }),
    link('Help', { page: 'help' }),
  ];
}

/** Counts stand by the account that is signed in; that others wait must not go unseen. */
function ofOthers(others: OtherAccounts | null): SideNavigationProps.Item[] {
  const accounts = others?.accounts ?? [];
  if (accounts.length === 0) return [];
  const sum = (status: 'pending' | 'rejected') =>
    accounts.reduce((total, { counts }) => total + counts[status], 0);
  const pending = sum('pending');
  const page = pending > 0 ? 'pending' : 'rejected';
  const text = `${formatQuantity(pending > 0 ? pending : sum('rejected'))} ${page} in other accounts`;
  return [{ type: 'divider' }, { type: 'link', text, href: `${hrefOf({ page })}?other-accounts` }];
}

/** All that are pending, and apart from them those that wait for a person, unless these are all. */
function pendingBadges({ pending, needPerson }: UsageCounts) {
  if (pending === 0) return undefined;
  return (
    <>
      {needPerson < pending && badge(pending, 'blue', 'pending')}
      {needPerson > 0 && (
        <>
          {' '}
          <Badge color="severity-medium">
            <span title={`${formatQuantity(needPerson)} waiting for you`}>
              {formatQuantity(needPerson)} for you
            </span>
          </Badge>
        </>
      )}
    </>
  );
}

function badge(count: number, color: 'red' | 'blue', what: string) {
  if (count === 0) return undefined;
  return (
    <Badge color={color}>
      <span title={`${formatQuantity(count)} ${what}`}>
        {formatQuantity(count)}
        <span className="visually-hidden"> {what}</span>
      </span>
    </Badge>
  );
}

function link(text: string, route: Route, info?: SideNavigationProps.Link['info']): SideNavigationProps.Link {
  return { type: 'link', text, href: hrefOf(route), ...(info === undefined ? {} : { info }) };
}

function activeHref(route: Route): string {
  switch (route.page) {
    case 'contract':
    case 'add-usage':
    case 'review':
      return hrefOf({ page: 'contracts' });
    default:
      return hrefOf(route);
  }
}
