/** The proxy settings of the environment, as the AWS CLI reads them, in the form in which Node's agents take them. */

export interface ProxyEnvironment {
  /** Where https goes through; absent without a proxy. */
  readonly HTTPS_PROXY?: string;
  readonly NO_PROXY: string;
}

/** What never goes through a proxy: practice lives there, and so does the browser's way back from a sign-in. */
const loopback = ['localhost', '127.0.0.1', '[::1]', '::1'] as const;

/** A setting that can't be followed: calls must not leave by another way than the one that was asked for. */
export class UnusableProxy extends Error {
  readonly setting: string;
  /** Without user and password. */
  readonly address: string;

  constructor(setting: string, address: string) {
    super(`${setting} can't be used`);
    this.setting = setting;
    this.address = address;
  }
}

/**
 * Reads `HTTPS_PROXY` and `NO_PROXY`, lower case first. `HTTP_PROXY` is for plain http, which goes to this computer alone and so through no proxy.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-proxy.html. Throws `UnusableProxy`.
 */
export function proxySettings(env: NodeJS.ProcessEnv): ProxyEnvironment {
  const NO_PROXY = [...exceptions(env.no_proxy || env.NO_PROXY || ''), ...loopback].join(',');
  const setting = env.https_proxy ? 'https_proxy' : 'HTTPS_PROXY';
  const value = env[setting]?.trim() ?? '';
  return value === '' ? { NO_PROXY } : { HTTPS_PROXY: addressOf(setting, value), NO_PROXY };
}

/** The CLI takes an address without a scheme for http; Node would pass over it and call AWS directly. */
function addressOf(setting: string, value: string): string {
  const address = value.includes('://') ? value : `http://${value}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.hostname === '') {
    throw new UnusableProxy(setting, url === null ? '' : `${url.protocol}//${url.host}`);
  }
  return url.href;
}

/** For the CLI a name covers what is below it as well; Node wants that written with a dot in front. */
function exceptions(list: string): readonly string[] {
  return list
    .split(/[,\s]+/)
    .filter((entry) => entry !== '')
    .flatMap((entry) => (/^[a-z][\w-]*(?:\.[\w-]+)+$/i.test(entry) ? [entry, `.${entry}`] : [entry]));
}
