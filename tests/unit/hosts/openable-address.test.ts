import { describe, expect, it } from 'vitest';
import { openableAddress, originsOf } from '../../../src/main/hosts/openable-address.ts';

const practice = ['http://127.0.0.1:4500'];

describe('an address that may be opened in the system browser', () => {
  it.each([
    'https://docs.aws.amazon.com/marketplace/latest/userguide/metering-service.html',
    'https://console.aws.amazon.com/marketplace',
    'https://us-east-1.console.aws.amazon.com/marketplace',
    'https://aws.amazon.com/marketplace/management/',
    'https://acme.awsapps.com/start',
    'https://oidc.eu-central-1.amazonaws.com/authorize?response_type=code',
    'https://device.sso.eu-central-1.amazonaws.com/?user_code=BCDF-GHJK',
    'https://us-east-1.signin.aws/platform/login',
    'https://signin.aws.amazon.com/',
    'https://ssoins-1.portal.us-east-1.app.aws/',
    'http://127.0.0.1:4500/authorize?code_challenge=x',
  ])('%s', (address) => {
    expect(openableAddress(address, practice)?.href).toBe(address);
  });

  it.each([
    ['plain http to AWS', 'http://docs.aws.amazon.com/'],
    ['another port', 'https://docs.aws.amazon.com:8443/'],
    ['a name that only ends alike', 'https://evil-aws.amazon.com.attacker.example/'],
    ['a name that has ours in front', 'https://docs.aws.amazon.com.attacker.example/'],
    ['ours in the query', 'https://attacker.example/?https://docs.aws.amazon.com/'],
    ['ours as the user name', 'https://docs.aws.amazon.com@attacker.example/'],
    ['a password for our host', 'https://user:secret@docs.aws.amazon.com/'],
    ['a bucket of a customer of AWS', 'https://bucket.s3.amazonaws.com/page.html'],
    ['a sign-in page of nobody', 'https://attacker.awsapps.com.example/start'],
    ['another port of this computer', 'http://127.0.0.1:4501/authorize'],
    ['this computer by name', 'http://localhost:4500/authorize'],
    ['practice with a user name', 'http://x@127.0.0.1:4500/'],
    ['a local file', 'file:///etc/passwd'],
    ['a script', 'javascript:alert(1)'],
    ['data', 'data:text/html,hello'],
    ['a program of the system', 'ms-settings:privacy'],
    ['mail', 'mailto:someone@docs.aws.amazon.com'],
    ['a share', '\\\\attacker.example\\share\\x.exe'],
    ['an option of a command line', '--proxy-server=attacker.example'],
    ['nothing', ''],
  ])('is not %s', (_name, address) => {
    expect(openableAddress(address, practice)).toBeNull();
  });

  it('takes origins of web addresses only', () => {
    expect(
      originsOf(['http://127.0.0.1:4500/path', 'file:///x', 'nonsense', 'https://sso.example/start']),
    ).toEqual(['http://127.0.0.1:4500', 'https://sso.example']);
  });
});
