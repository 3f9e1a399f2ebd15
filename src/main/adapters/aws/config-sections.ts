/**
 * A light reading of the AWS config's text, beside the SDK's parser: that one passes over sections whose heading it doesn't understand, and
 * people then look for their profile in vain. https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */

/** What is wrong with a heading, so that the SDK's parser leaves its section out. */
export type HeadingFlaw =
  | 'unclosed-heading'
  | 'unreadable-name'
  | 'missing-profile-word'
  | 'needless-profile-word';

export interface ConfigHeading {
  /** `profile`, `sso-session`, `services`; null for a bare name. */
  readonly type: string | null;
  readonly name: string;
  readonly flaw: HeadingFlaw | null;
  /** Top-level settings below the heading, as they are written; a later one replaces an earlier. */
  readonly settings: ReadonlyMap<string, string>;
}

export type ConfigFileKind = 'config' | 'credentials';

/** Names as the SDK and the AWS CLI both read them without quotes. */
const readableName = /^[\w\-@+.%:/]+$/;
const typedHeading = /^(profile|sso-session|services)\s+(.+)$/;

/** Every section heading of a config or credentials file, in the file's order. Takes any text, never throws. */
export function readHeadings(text: string, kind: ConfigFileKind): readonly ConfigHeading[] {
  const headings: (ConfigHeading & { readonly settings: Map<string, string> })[] = [];
  for (const line of text.split(/\r?\n/)) {
    const content = withoutComment(line);
    if (content.startsWith('[')) headings.push({ ...readHeading(content, kind), settings: new Map() });
    // What is indented belongs to the setting above it.
    else if (!/^\s/.test(line)) addSetting(headings.at(-1)?.settings, content);
  }
  return headings;
}

function withoutComment(line: string): string {
  return line.replace(/(^|\s)[;#].*$/, '').trim();
}

function addSetting(settings: Map<string, string> | undefined, content: string): void {
  const equals = content.indexOf('=');
  if (equals > 0) settings?.set(content.slice(0, equals).trim(), content.slice(equals + 1).trim());
}

function readHeading(content: string, kind: ConfigFileKind): Omit<ConfigHeading, 'settings'> {
  const isClosed = content.endsWith(']') && content.length > 1;
  const inside = (isClosed ? content.slice(1, -1) : content.slice(1)).trim();
  const [, type = null, rest = inside] = typedHeading.exec(inside) ?? [];
  const name = /^(["'])(.*)\1$/.exec(rest)?.[2] ?? rest;
  return { type, name, flaw: isClosed ? flawOf(type, name, kind) : 'unclosed-heading' };
}

function flawOf(type: string | null, name: string, kind: ConfigFileKind): HeadingFlaw | null {
  if (kind === 'credentials') return type === 'profile' ? 'needless-profile-word' : null;
  if (!readableName.test(name)) return 'unreadable-name';
  return type === null && name !== 'default' ? 'missing-profile-word' : null;
}
