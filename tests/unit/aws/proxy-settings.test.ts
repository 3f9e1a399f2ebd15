import { describe, expect, test } from 'vitest';
import { proxySettings, UnusableProxy } from '../../../src/main/adapters/aws/proxy-settings.ts';

const loopback = 'localhost,127.0.0.1,[::1],::1';

describe('the proxy of the environment', () => {
  test.each<[NodeJS.ProcessEnv, object]>([
    [{}, { NO_PROXY: loopback }],
    [{ HTTPS_PROXY: '  ' }, { NO_PROXY: loopback }],
    [
      { HTTPS_PROXY: 'http://proxy.corp:8080' },
      { HTTPS_PROXY: 'http://proxy.corp:8080/', NO_PROXY: loopback },
    ],
    [{ HTTPS_PROXY: 'proxy.corp:8080' }, { HTTPS_PROXY: 'http://proxy.corp:8080/', NO_PROXY: loopback }],
    [
      { HTTPS_PROXY: 'https://a:b@proxy.corp' },
      { HTTPS_PROXY: 'https://a:b@proxy.corp/', NO_PROXY: loopback },
    ],
    [
      { HTTPS_PROXY: 'http://upper:1', https_proxy: 'http://lower:1' },
      { HTTPS_PROXY: 'http://lower:1/', NO_PROXY: loopback },
    ],
    // Plain http goes to this computer alone.
    [{ HTTP_PROXY: 'http://proxy.corp:8080' }, { NO_PROXY: loopback }],
    [{ NO_PROXY: '*' }, { NO_PROXY: `*,${loopback}` }],
    [
      { NO_PROXY: 'amazonaws.com, .corp 10.0.0.1' },
      { NO_PROXY: `amazonaws.com,.amazonaws.com,.corp,10.0.0.1,${loopback}` },
    ],
    [{ no_proxy: 'a.example:443' }, { NO_PROXY: `a.example:443,${loopback}` }],
  ])('%j', (env, expected) => {
    expect(proxySettings(env)).toEqual(expected);
  });

  test.each(['socks5://proxy.corp:1080', 'http://', '://', 'ftp://a:secret@proxy.corp'])(
    '%s can’t be followed, and its password is not told',
    (value) => {
      const thrown = caught(() => proxySettings({ HTTPS_PROXY: value }));
      expect(thrown).toBeInstanceOf(UnusableProxy);
      expect(JSON.stringify(thrown)).not.toContain('secret');
    },
  );
});

function caught(run: () => unknown): unknown {
  try {
    return run();
  } catch (cause) {
    return cause;
  }
}
