import type { SetupAccount } from '../../../../contract/profile-setup.ts';

/** A free profile name made of the account's name, or of its id: `kestrel-cloud-software`, then with the role, then counted. */
export function suggestName(account: SetupAccount, role: string | null, taken: readonly string[]): string {
  const base = plain(account.name ?? '') || account.accountId;
  const withRole = role === null ? base : `${base}-${plain(role)}`.slice(0, 60);
  for (let count = 1; ; count += 1) {
    const names = count === 1 ? [base, withRole] : [`${withRole}-${count}`];
    const free = names.find((name) => !taken.includes(name));
    if (free !== undefined) return free;
  }
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
}
