/** Adding a profile to the text of the AWS config: pure, on bytes, and by adding alone, so that nothing that stands there can change. */
import { err, ok, type Result } from '../../../contract/result.ts';
import { type ConfigHeading, readHeadings } from './config-sections.ts';

export interface NewProfile {
  readonly name: string;
  readonly accountId: string;
  readonly roleName: string;
  readonly session: { readonly name: string; readonly startUrl: string; readonly region: string };
}

interface Section {
  readonly type: 'profile' | 'sso-session';
  readonly name: string;
  readonly settings: readonly (readonly [string, string])[];
}

/** Where AWS Marketplace's own services answer; the AWS CLI then needs no Region with this profile. */
const marketplaceRegion = 'us-east-1';

/**
 * The config with `[profile]` and, where it isn't there yet, `[sso-session]` added at its end, in the line ends that the file has. Every byte of
 * `before` stays. Sections that are there with these very values are left as they are; with others, the answer is the heading in the way.
 *
 * The names and values must hold no line break and no bracket: their schemas see to it.
 */
export function addProfile(before: Buffer, profile: NewProfile): Result<Buffer, string> {
  const text = before.toString('utf8');
  const headings = readHeadings(text, 'config');
  const missing: Section[] = [];
  for (const section of sectionsOf(profile)) {
    const there = headings.filter((heading) => isSame(heading, section));
    if (there.length === 0) missing.push(section);
    else if (!holds(there, section)) return err(headingOf(section));
  }
  if (missing.length === 0) return ok(before);
  const end = /\r\n/.test(text) ? '\r\n' : '\n';
  const lines = missing.map((section) => linesOf(section).join(end)).join(end + end);
  return ok(Buffer.concat([before, Buffer.from(`${gapAfter(text, end)}${lines}${end}`)]));
}

function sectionsOf({ name, accountId, roleName, session }: NewProfile): readonly Section[] {
  return [
    {
      type: 'profile',
      name,
      settings: [
        ['sso_session', session.name],
        ['sso_account_id', accountId],
        ['sso_role_name', roleName],
        ['region', marketplaceRegion],
      ],
    },
    {
      type: 'sso-session',
      name: session.name,
      settings: [
        ['sso_start_url', session.startUrl],
        ['sso_region', session.region],
        ['sso_registration_scopes', 'sso:account:access'],
      ],
    },
  ];
}

/** A heading that is flawed is in the way too: whoever mends it would have two sections of one name. */
function isSame(heading: ConfigHeading, section: Section): boolean {
  if (heading.name !== section.name) return false;
  return heading.type === section.type || (heading.type === null && section.type === 'profile');
}

const essential = new Set(['sso_session', 'sso_account_id', 'sso_role_name', 'sso_start_url', 'sso_region']);

function holds(there: readonly ConfigHeading[], section: Section): boolean {
  const [only] = there;
  if (only === undefined || there.length > 1 || only.flaw !== null) return false;
  return section.settings
    .filter(([setting]) => essential.has(setting))
    .every(([setting, value]) => only.settings.get(setting) === value);
}

function headingOf({ type, name }: Section): string {
  return type === 'profile' && name === 'default' ? '[default]' : `[${type} ${name}]`;
}

function linesOf(section: Section): readonly string[] {
  return [headingOf(section), ...section.settings.map(([setting, value]) => `${setting} = ${value}`)];
}

function gapAfter(text: string, end: string): string {
  if (/^\uFEFF?$/.test(text)) return '';
  return text.endsWith('\n') ? end : end + end;
}
