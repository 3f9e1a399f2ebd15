/** What other seller accounts have open on this computer, and the way to them: nothing of them is sent from here. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Profile } from '../../../contract/session.ts';
import type { OtherAccounts as Others } from '../../../contract/usage.ts';
import { accountInWords, formatCount } from '../copy/formats.ts';
import { useFrameActs } from './frame-acts.tsx';
import { shownValue, useCall } from './use-call.ts';

export function OtherAccounts({ status }: { readonly status: 'pending' | 'rejected' }) {
  const others = shownValue(useCall('usage.ofOtherAccounts', {}, ['usage.changed', 'session.changed']).state);
  const profiles = shownValue(useCall('profiles.list', {}, ['profiles.changed']).state)?.profiles ?? [];
  const shown = (others?.accounts ?? []).filter(({ counts }) => counts[status] > 0);
  if (shown.length === 0) return null;
  return (
    <SpaceBetween size="s">
      {shown.map((account) => (
        <OfAccount
          key={account.accountId}
          account={account}
          status={status}
          profile={
            profiles.find((one) => one.accountId === account.accountId && one.problem === null) ?? null
          }
        />
      ))}
    </SpaceBetween>
  );
}

interface OfAccountProps {
  readonly account: Others['accounts'][number];
  readonly status: 'pending' | 'rejected';
  /** A profile that leads to the account; null when none is known to. */
  readonly profile: Profile | null;
}

function OfAccount({ account, status, profile }: OfAccountProps) {
  const frame = useFrameActs();
  const name = accountInWords(account);
  const records = formatCount(account.counts[status], status === 'pending' ? 'record' : 'rejected record');
  const isOne = account.counts[status] === 1;
  const signIn = profile === null ? 'sign in with a profile of it' : `sign in with ${profile.name}`;
  return (
    <Alert
      type={status === 'pending' ? 'warning' : 'info'}
      header={
        status === 'pending'
          ? `${records} ${isOne ? 'waits' : 'wait'} for account ${name}`
          : `${records} of account ${name}`
      }
      action={
        profile === null ? (
          <Button onClick={frame.switchProfile}>Choose a profile</Button>
        ) : (
          <Button onClick={() => frame.switchTo(profile.name)}>Sign in with {profile.name}</Button>
        )
      }
    >
      {status === 'pending'
        ? `Nothing of another account is sent from here. To send ${isOne ? 'it' : 'them'}, ${signIn}.`
        : `To see ${isOne ? 'it' : 'them'}, ${signIn}.`}
    </Alert>
  );
}
