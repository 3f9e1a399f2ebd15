import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { getHomeDir, loadSharedConfigFiles, loadSsoSessionData } from '@smithy/shared-ini-file-loader';
import type { AppError } from '../../../contract/errors.ts';

/** Settings of one section, by their names in the file. */
export type ConfigSection = Readonly<Record<string, string | undefined>>;

/** The AWS config and credentials files as they are on disk now, merged as the SDK merges them. */
export interface AwsConfig {
  readonly profiles: ReadonlyMap<string, ConfigSection>;
  readonly ssoSessions: ReadonlyMap<string, ConfigSection>;
  readonly configPath: string;
  readonly credentialsPath: string;
  /** Why a file could not be read, or null. A missing file is no problem: it has no profiles. */
  readonly problem: AppError | null;
}

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
  const configPath = pathOf('AWS_CONFIG_FILE', 'config');
  const credentialsPath = pathOf('AWS_SHARED_CREDENTIALS_FILE', 'credentials');
  const problem = (await problemOf(configPath)) ?? (await problemOf(credentialsPath));
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
  return { profiles, ssoSessions: new Map(Object.entries(sessions)), configPath, credentialsPath, problem };
}

function pathOf(setting: string, fileName: string): string {
  const chosen = process.env[setting];
  if (chosen === undefined || chosen === '') return join(getHomeDir() || homedir(), '.aws', fileName);
  return chosen.startsWith('~/') ? join(getHomeDir(), chosen.slice(2)) : chosen;
}

function lacksSections(text: string): boolean {
  return !sectionLine.test(text) && !text.split(/\r?\n/).every((line) => blankOrComment.test(line));
}

async function problemOf(path: string): Promise<AppError | null> {
  try {
    const bytes = await readFile(path);
    // A UTF-16 file from an editor, or no text at all: the SDK would silently find no profile in it.
    if (bytes.includes(0)) return { kind: 'config-unreadable', path, detail: notText };
    return lacksSections(bytes.toString('utf8'))
      ? { kind: 'config-unreadable', path, detail: noSection }
      : null;
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    return code === 'ENOENT' ? null : { kind: 'config-unreadable', path, detail: code };
  }
}
