import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { getHomeDir, loadSharedConfigFiles, loadSsoSessionData } from '@smithy/shared-ini-file-loader';
import type { AppError } from '../../../contract/errors.ts';
import { type ConfigHeading, type HeadingFlaw, readHeadings } from './config-sections.ts';

/** Settings of one section, by their names in the file. */
export type ConfigSection = Readonly<Record<string, string | undefined>>;

/** The AWS config and credentials files as they are on disk now, merged as the SDK merges them. */
export interface AwsConfig {
  readonly profiles: ReadonlyMap<string, ConfigSection>;
  readonly ssoSessions: ReadonlyMap<string, ConfigSection>;
  readonly configPath: string;
  readonly credentialsPath: string;
  /** Profiles that the SDK's reader passes over, in the files' order. */
  readonly broken: readonly BrokenSection[];
  /** Why a file could not be read, or null. A missing file is no problem: it has no profiles. */
  readonly problem: AppError | null;
}

/** A section that is meant as a profile and that can't be used as one. */
export interface BrokenSection {
  readonly name: string;
  /**
   * A code: `heading-unclosed`, `heading-name`, `heading-spacing`, `heading-profile-word`, `heading-no-profile-word`, or `no-credentials` for
   * a heading with nothing below it.
   */
  readonly problem: string;
}

const problemsOfHeadings: Readonly<Record<HeadingFlaw, string>> = {
  'unclosed-heading': 'heading-unclosed',
  'unreadable-name': 'heading-name',
  'missing-profile-word': 'heading-no-profile-word',
  'needless-profile-word': 'heading-profile-word',
};

/** Sections that the SDK's reader lists beside the profiles. */
const foreignSection = /^(?:sso-session|services|profile)\./;

const notText = 'not-text';
const noSection = 'no-section';

/** The SDK's reader passes over what stands in no section, and so finds no profile in a file that is something else. */
const sectionLine = /^\s*\[[^\]]+\]/m;
const blankOrComment = /^\s*(?:[#;].*)?$/;

/**
 * Reads both files anew, past the SDK's cache, and leaves the fresh content in that cache: the SDK's own credential
 * providers then see it too, also where they take no option for it.
 *
 * Merging: https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html. The credentials file wins.
 */
export async function loadAwsConfig(): Promise<AwsConfig> {
  const { configPath, credentialsPath } = awsFilePaths();
  const configText = await readText(configPath);
  const credentialsText = await readText(credentialsPath);
  const problem = configText.problem ?? credentialsText.problem;
  // The SDK swallows every failure to read, so the files are probed above and parsed here.
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const sessions = await loadSsoSessionData();
  const profiles = new Map<string, ConfigSection>();
  for (const file of [configFile, credentialsFile]) {
    for (const [name, section] of Object.entries(file)) {
      if (foreignSection.test(name)) continue;
      profiles.set(name, { ...profiles.get(name), ...section });
    }
  }
  const headings = [
    ...readHeadings(configText.text, 'config'),
    ...readHeadings(credentialsText.text, 'credentials'),
  ];
  return {
    ...{ profiles, configPath, credentialsPath, problem },
    ssoSessions: new Map(Object.entries(sessions)),
    broken: brokenSections(headings, profiles),
  };
}

/** Each name once: what is wrong with a section that is there soundly as well keeps nobody from anything. */
function brokenSections(
  headings: readonly ConfigHeading[],
  profiles: ReadonlyMap<string, ConfigSection>,
): readonly BrokenSection[] {
  const broken = new Map<string, string>();
  for (const heading of headings) {
    const { type, name } = heading;
    if ((type !== null && type !== 'profile') || name === '' || profiles.has(name) || broken.has(name))
      continue;
    broken.set(name, problemOfHeading(heading));
  }
  return [...broken].map(([name, problem]) => ({ name, problem }));
}

function problemOfHeading({ flaw, name, settings }: ConfigHeading): string {
  if (flaw !== null) return problemsOfHeadings[flaw];
  if (/\s/.test(name)) return 'heading-name';
  return settings.size === 0 ? 'no-credentials' : 'heading-spacing';
}

/** Where the files lie by the settings of this moment. */
export function awsFilePaths(): Pick<AwsConfig, 'configPath' | 'credentialsPath'> {
  return {
    configPath: pathOf('AWS_CONFIG_FILE', 'config'),
    credentialsPath: pathOf('AWS_SHARED_CREDENTIALS_FILE', 'credentials'),
  };
}

function pathOf(setting: string, fileName: string): string {
  const chosen = process.env[setting];
  if (chosen === undefined || chosen === '') return join(getHomeDir() || homedir(), '.aws', fileName);
  return chosen.startsWith('~/') ? join(getHomeDir(), chosen.slice(2)) : chosen;
}

function lacksSections(text: string): boolean {
  return !sectionLine.test(text) && !text.split(/\r?\n/).every((line) => blankOrComment.test(line));
}

/** The text of a file as far as it is one, and what is wrong with it. */
async function readText(path: string): Promise<{ readonly text: string; readonly problem: AppError | null }> {
  const unreadable = (detail: string) => ({ kind: 'config-unreadable', path, detail }) as const;
  try {
    const bytes = await readFile(path);
    // A UTF-16 file from an editor, or no text at all: the SDK would silently find no profile in it.
    if (bytes.includes(0)) return { text: '', problem: unreadable(notText) };
    const text = bytes.toString('utf8');
    return { text, problem: lacksSections(text) ? unreadable(noSection) : null };
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    return { text: '', problem: code === 'ENOENT' ? null : unreadable(code) };
  }
}
