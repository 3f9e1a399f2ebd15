/** The bar on top of every screen: whose account, which role, for how long; and whether this is practice. */
import TopNavigation, { type TopNavigationProps } from '@cloudscape-design/components/top-navigation';
import type { Profile, SessionView } from '../../../contract/session.ts';
import { accountInWords, formatAccountId, principalInWords } from '../copy/formats.ts';
import { endInFull, endOf } from '../copy/sign-in-end.ts';
import { useNarrow } from '../ui/use-narrow.ts';
import { useNow } from '../ui/use-now.tsx';
import { hrefOf } from './routes.ts';
import logo from './usage-desk.svg?no-inline';

export interface TopBarProps {
  readonly session: SessionView | null;
  readonly practice: boolean;
  /** The profiles of this computer, to be switched to. */
  readonly profiles?: readonly Profile[];
  readonly onSwitchProfile: () => void;
  readonly onSwitchTo?: (profile: string) => void;
  readonly onSignInAgain: () => void;
  readonly onLeave: () => void;
  readonly onSignOut: () => void;
}

export function TopBar({
  session,
  practice,
  profiles = [],
  onSwitchProfile,
  onSwitchTo,
  onSignInAgain,
  onLeave,
  onSignOut,
}: TopBarProps) {
  const now = useNow();
  const isNarrow = useNarrow(narrowPx);
  const choose = (id: string) => {
    if (id.startsWith(profilePrefix)) onSwitchTo?.(id.slice(profilePrefix.length));
    else if (id === 'switch') onSwitchProfile();
    else if (id === 'again') onSignInAgain();
    else if (id === 'sign-out') onSignOut();
    else onLeave();
  };
  return (
    <div id="top-bar" className={practice ? 'top-bar top-bar-practice' : 'top-bar'}>
      <TopNavigation
        identity={{
          href: '#/contracts',
          title: practice ? 'Usage Desk · Practice' : 'Usage Desk',
          // A narrow window hides the title, and the link needs a name all the same.
          logo: { src: logo, alt: 'Home' },
        }}
        utilities={accountMenu({ session, now, profiles, choose, isNarrow })}
      />
      {practice && (
        <div className="practice-banner" role="note">
          <strong>Practice.</strong> This is a simulated AWS. Nothing here is billed, and nothing reaches a
          real buyer. {session !== null && <a href={hrefOf({ page: 'help' })}>Try what can go wrong</a>}
        </div>
      )}
    </div>
  );
}

const profilePrefix = 'profile ';
/** Below it the menu's full words would push the link home out of the window. */
const narrowPx = 1100;
/** More would not fit; the screen of all profiles has them. */
const mostProfiles = 8;

function profileItems(profiles: readonly Profile[], present: string) {
  const others = profiles.filter((profile) => profile.name !== present && profile.problem === null);
  if (others.length === 0) return [];
  return [
    {
      text: 'Switch to',
      items: others.slice(0, mostProfiles).map((profile) => ({
        id: `${profilePrefix}${profile.name}`,
        text: profileInWords(profile),
      })),
    },
  ];
}

function profileInWords({ name, accountId, accountName }: Profile): string {
  return accountId === null ? name : `${name} · ${accountInWords({ accountId, accountName })}`;
}

interface AccountMenu {
  readonly session: SessionView | null;
  readonly now: number;
  readonly profiles: readonly Profile[];
  readonly choose: (id: string) => void;
  readonly isNarrow: boolean;
}

function accountMenu({
  session,
  now,
  profiles,
  choose,
  isNarrow,
}: AccountMenu): TopNavigationProps.Utility[] {
  if (session === null || (session.state !== 'signed-in' && session.state !== 'ended')) return [];
  const { identity } = session;
  const who = [
    identity.accountName ?? identity.profile,
    formatAccountId(identity.accountId),
    // The menu itself has them in full.
    ...(isNarrow ? [] : [identity.roleName, principalInWords(identity.principalArn), endOf(session, now)]),
  ];
  return [
    {
      type: 'menu-dropdown',
      text: who.filter((part) => part !== null).join(' · '),
      title: `Profile ${identity.profile}`,
      description: [identity.roleName, principalInWords(identity.principalArn), endInFull(session)]
        .filter((part) => part !== null)
        .join(' · '),
      disableTextCollapse: true,
      disableUtilityCollapse: true,
      onItemClick: ({ detail }) => choose(detail.id),
      items: [
        ...profileItems(profiles, identity.profile),
        { id: 'switch', text: 'All profiles' },
        { id: 'again', text: 'Sign in again' },
        {
          id: 'leave',
          text: 'Leave this profile',
          description: 'The sign-in stays with the AWS CLI, which may share it',
        },
        ...(session.state === 'signed-in' && session.isShared
          ? [{ id: 'sign-out', text: 'Sign out of AWS' }]
          : []),
      ],
    },
  ];
}
