import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface EndpointOverride {
  /** Where it is set: a variable, or a setting of a section of the config. */
  readonly setting: string;
  readonly url: string;
}

/** Services that this app calls, by their name in variables: an override of another one is no matter of ours. */
const services = [
  'MARKETPLACE_METERING',
  'MARKETPLACE_AGREEMENT',
  'MARKETPLACE_CATALOG',
  'MARKETPLACE_ENTITLEMENT_SERVICE',
  'CLOUDTRAIL',
  'SSO',
  'SSO_OIDC',
  'STS',
  'SIGNIN',
] as const;

/** Whether an address is on this computer. */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname);
}

/**
 * Lists what makes AWS's SDK call other hosts than AWS's own, in the order in which it decides. A sign-in token goes there too, so a person must be able
 * to see it. In the files the SDK looks into the profile of `AWS_PROFILE`, or `default`, whatever profile a person chose here.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function findEndpointOverrides(env: NodeJS.ProcessEnv): readonly EndpointOverride[] {
  if (env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS?.toLowerCase() === 'true') return [];
  const variables = [...services.map((service) => `AWS_ENDPOINT_URL_${service}`), 'AWS_ENDPOINT_URL'];
  const fromVariables = variables.flatMap((setting) => {
    const url = env[setting];
    return url === undefined || url === '' ? [] : [{ setting, url: withoutSecrets(url) }];
  });
  return [...fromVariables, ...fromFiles(env)];
}

function fromFiles(env: NodeJS.ProcessEnv): EndpointOverride[] {
  const home = env.HOME || env.USERPROFILE || homedir();
  const config = sectionsOf(pathOf(env.AWS_CONFIG_FILE, home, 'config'));
  const profile = env.AWS_PROFILE || 'default';
  const headings = profile === 'default' ? ['default', 'profile default'] : [`profile ${profile}`];
  const own = headings.flatMap((heading) => config.get(heading) ?? []);
  const credentials =
    sectionsOf(pathOf(env.AWS_SHARED_CREDENTIALS_FILE, home, 'credentials')).get(profile) ?? [];
  const settings = [...own, ...credentials];
  if (
    settings.some(
      ([key, value]) => key === 'ignore_configured_endpoint_urls' && value.toLowerCase() === 'true',
    )
  ) {
    return [];
  }
  const section = settings.find(([key]) => key === 'services')?.[1];
  const ofServices = section === undefined ? [] : (config.get(`services ${section}`) ?? []);
  const known = new Set(services.map((service) => service.toLowerCase()));
  return [
    ...ofServices
      .filter(([key]) => known.has(key.split('.')[0] ?? '') && key.endsWith('.endpoint_url'))
      .map(([key, url]) => ({ setting: `[services ${section}] ${key}`, url: withoutSecrets(url) })),
    ...settings
      .filter(([key]) => key === 'endpoint_url')
      .map(([key, url]) => ({ setting: `[${profile}] ${key}`, url: withoutSecrets(url) })),
  ];
}

type Setting = readonly [key: string, value: string];

/** Reads the sections of an AWS file, with `group.key` for what is indented below a key without a value. Unreadable counts as empty. */
function sectionsOf(path: string): ReadonlyMap<string, readonly Setting[]> {
  const sections = new Map<string, Setting[]>();
  let current: Setting[] = [];
  let group = '';
  for (const line of textOf(path).split(/\r?\n/)) {
    const stripped = (line.split(/(?:^|\s)[;#]/)[0] ?? '').trim();
    if (stripped.startsWith('[') && stripped.endsWith(']')) {
      const heading = stripped.slice(1, -1).trim().replace(/\s+/g, ' ').replace(/["']/g, '');
      current = sections.get(heading) ?? [];
      sections.set(heading, current);
      group = '';
      continue;
    }
    const at = stripped.indexOf('=');
    if (at <= 0) continue;
    const [key, value] = [stripped.slice(0, at).trim(), stripped.slice(at + 1).trim()];
    if (!/^\s/.test(line)) group = '';
    if (value === '') group = key;
    else current.push([group === '' ? key : `${group}.${key}`, value]);
  }
  return sections;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function pathOf(chosen: string | undefined, home: string, fileName: string): string {
  if (chosen === undefined || chosen === '') return join(home, '.aws', fileName);
  return chosen.startsWith('~/') ? join(home, chosen.slice(2)) : chosen;
}

/** An address may carry a password. */
function withoutSecrets(url: string): string {
  if (!URL.canParse(url)) return url;
  const parsed = new URL(url);
  if (parsed.username === '' && parsed.password === '') return url;
  parsed.username = '';
  parsed.password = '';
  return parsed.href;
}
