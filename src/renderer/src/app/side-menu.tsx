/** The ways to every screen, with live counts of what waits and of what was rejected. */
import Badge from '@cloudscape-design/components/badge';
import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import type { UsageCounts } from '../../../contract/usage.ts';
import { formatQuantity } from '../copy/formats.ts';
import { hrefOf, type Route } from './routes.ts';

export function SideMenu({ route, counts }: { readonly route: Route; readonly counts: UsageCounts | null }) {
  return <SideNavigation activeHref={activeHref(route)} items={itemsOf(counts)} />;
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

/** All that are pending, and apart from them those that wait for a person. */
function pendingBadges({ pending, needPerson }: UsageCounts) {
  if (pending === 0) return undefined;
  return (
    <>
      {badge(pending, 'blue', 'pending')}
      {needPerson > 0 && <> {badge(needPerson, 'severity-medium', 'waiting for you')}</>}
    </>
  );
}

function badge(count: number, color: 'red' | 'blue' | 'severity-medium', what: string) {
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
