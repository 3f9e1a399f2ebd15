import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addProfile, type NewProfile } from '../../../src/main/adapters/aws/config-edit.ts';
import { readHeadings } from '../../../src/main/adapters/aws/config-sections.ts';

const seller: NewProfile = {
  name: 'seller',
  accountId: '482913607251',
  roleName: 'MarketplaceMetering',
  session: { name: 'kestrel', startUrl: 'https://kestrel.awsapps.com/start', region: 'eu-central-1' },
};

const profileLines = [
  '[profile seller]',
  'sso_session = kestrel',
  'sso_account_id = 482913607251',
  'sso_role_name = MarketplaceMetering',
  'region = us-east-1',
];
const sessionLines = [
  '[sso-session kestrel]',
  'sso_start_url = https://kestrel.awsapps.com/start',
  'sso_region = eu-central-1',
  'sso_registration_scopes = sso:account:access',
];
const added = `${profileLines.join('\n')}\n\n${sessionLines.join('\n')}\n`;

function edit(before: string | Buffer, profile: NewProfile = seller): string {
  const edited = addProfile(Buffer.from(before), profile);
  if (!edited.ok) throw new Error(`in the way: ${edited.error}`);
  return edited.value.toString('utf8');
}

describe('adding a profile', () => {
  test.each([
    ['an empty file', '', added],
    ['a byte order mark alone', '\uFEFF', `\uFEFF${added}`],
    [
      'a file that ends with its line',
      '[default]\nregion = eu-west-1\n',
      `[default]\nregion = eu-west-1\n\n${added}`,
    ],
    [
      'a missing end of the last line',
      '[default]\nregion = eu-west-1',
      `[default]\nregion = eu-west-1\n\n${added}`,
    ],
    ['comments at the end', '# mine\n; and this', `# mine\n; and this\n\n${added}`],
    [
      'a services section',
      '[services dev]\nsts =\n  endpoint_url = x\n',
      `[services dev]\nsts =\n  endpoint_url = x\n\n${added}`,
    ],
    ['unicode', '[profile café]\n# Büro ☕\n', `[profile café]\n# Büro ☕\n\n${added}`],
  ])('after %s', (_name, before, after) => {
    expect(edit(before)).toBe(after);
  });

  test('goes by the line ends of the file', () => {
    expect(edit('[default]\r\nregion = eu-west-1\r\n')).toBe(
      `[default]\r\nregion = eu-west-1\r\n\r\n${added.replaceAll('\n', '\r\n')}`,
    );
  });

  test('bytes that are no UTF-8 stay', () => {
    const before = Buffer.from([0x23, 0x20, 0xe9, 0xff, 0x0a]);
    const edited = addProfile(before, seller);
    expect(edited.ok && edited.value.subarray(0, before.length)).toEqual(before);
  });

  test.each([
    ['as it would be written', sessionLines.join('\n')],
    [
      'with odd spacing, a comment and other settings',
      '[ sso-session   kestrel ] # ours\nsso_region=eu-central-1\nsso_start_url   =   https://kestrel.awsapps.com/start ; portal\ncolour = blue',
    ],
    [
      'in quotes',
      '[sso-session "kestrel"]\nsso_region = eu-central-1\nsso_start_url = https://kestrel.awsapps.com/start',
    ],
  ])('uses an SSO session that is there %s', (_name, session) => {
    expect(edit(`${session}\n`)).toBe(`${session}\n\n${profileLines.join('\n')}\n`);
  });

  test('a profile that is there with these very values is left as it is', () => {
    const before = Buffer.from(`${added}# the end`);
    const edited = addProfile(before, seller);
    expect(edited.ok && edited.value).toBe(before);
  });

  test('a default profile has its heading without a word', () => {
    expect(edit('', { ...seller, name: 'default' })).toContain('[default]\nsso_session = kestrel\n');
  });

  test.each([
    ['a profile of the name', '[profile seller]\nregion = eu-west-1\n', '[profile seller]'],
    ['a profile of the name without its word', '[seller]\nregion = eu-west-1\n', '[profile seller]'],
    ['a heading that is not closed', '[profile seller\n', '[profile seller]'],
    [
      'a session elsewhere',
      '[sso-session kestrel]\nsso_region = eu-west-1\nsso_start_url = https://kestrel.awsapps.com/start\n',
      '[sso-session kestrel]',
    ],
    [
      'two sessions of the name',
      `${sessionLines.join('\n')}\n${sessionLines.join('\n')}\n`,
      '[sso-session kestrel]',
    ],
  ])('refuses %s', (_name, before, section) => {
    expect(addProfile(Buffer.from(before), seller)).toEqual({ ok: false, error: section });
  });

  const word = fc.stringMatching(/^[a-z0-9_.-]{1,12}$/);
  const blank = fc.constantFrom('', ' ', '\t', '  ');
  const line = fc.oneof(
    fc.constant(''),
    fc
      .tuple(blank, fc.constantFrom('#', ';'), fc.string({ unit: 'grapheme', maxLength: 20 }))
      .map((parts) => parts.join('')),
    fc
      .tuple(fc.constantFrom('', 'profile ', 'sso-session ', 'services '), word)
      .map(([type, name]) => `[${type}old-${name}]`),
    fc
      .tuple(word, blank, blank, fc.string({ unit: 'grapheme', maxLength: 20 }))
      .map(([key, before, after, value]) => `${key}${before}=${after}${value}`),
    fc.tuple(word, word).map(([key, value]) => `${key} =\n  ${value} = ${value}`),
  );
  const file = fc
    .tuple(fc.array(line, { maxLength: 20 }), fc.constantFrom('\n', '\r\n'), fc.boolean(), fc.boolean())
    .map(
      ([lines, end, hasMark, isEnded]) => `${hasMark ? '\uFEFF' : ''}${lines.join(end)}${isEnded ? end : ''}`,
    );

  test('keeps every byte, and gives what was there and what is new', () => {
    fc.assert(
      fc.property(file, (text) => {
        const before = Buffer.from(text);
        const edited = addProfile(before, seller);
        if (!edited.ok) throw new Error(edited.error);
        expect(edited.value.subarray(0, before.length).equals(before)).toBe(true);
        const headings = readHeadings(edited.value.toString('utf8'), 'config');
        expect(headings.slice(0, -2)).toEqual(readHeadings(text, 'config'));
        expect(headings.slice(-2)).toMatchObject([
          { type: 'profile', name: 'seller', flaw: null },
          { type: 'sso-session', name: 'kestrel', flaw: null },
        ]);
        // Once more changes nothing.
        const again = addProfile(edited.value, seller);
        expect(again.ok && again.value.equals(edited.value)).toBe(true);
      }),
    );
  });
});

describe('headings', () => {
  test.each([
    ['[default]', null, 'default', null],
    ['[profile a-b.c]  # comment', 'profile', 'a-b.c', null],
    ["[profile 'a']", 'profile', 'a', null],
    ['[profile my profile]', 'profile', 'my profile', 'unreadable-name'],
    ['[profile "my profile"]', 'profile', 'my profile', 'unreadable-name'],
    ['[seller]', null, 'seller', 'missing-profile-word'],
    ['[profile seller', 'profile', 'seller', 'unclosed-heading'],
    ['[sso-session s]', 'sso-session', 's', null],
  ])('%s', (text, type, name, flaw) => {
    expect(readHeadings(`${text}\n`, 'config')).toMatchObject([{ type, name, flaw }]);
  });

  test('in a credentials file a bare name is right, and the word profile is not', () => {
    expect(readHeadings('[seller]\n[profile seller]\n', 'credentials')).toMatchObject([
      { name: 'seller', flaw: null },
      { name: 'seller', flaw: 'needless-profile-word' },
    ]);
  });
});
