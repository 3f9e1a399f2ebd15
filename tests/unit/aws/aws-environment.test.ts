import { describe, expect, test } from 'vitest';
import { prepareAwsEnvironment } from '../../../src/main/adapters/aws/aws-environment.ts';

function prepared(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  prepareAwsEnvironment(env, '/home/ada');
  return env;
}

describe('the paths of the AWS files, as the AWS CLI makes them whole', () => {
  test.each([
    ['~/aws/config', '/home/ada/aws/config'],
    ['$PLACE/config', '/srv/aws/config'],
    [`$\{PLACE}/config`, '/srv/aws/config'],
    ['$ROOT_OF_HOME/config', '/home/ada/config'],
    ['$NOWHERE/config', '$NOWHERE/config'],
    [`$\{NOWHERE}/config`, `$\{NOWHERE}/config`],
    ['~eve/config', '~eve/config'],
    ['/srv/~/config', '/srv/~/config'],
    ['/srv/$/config', '/srv/$/config'],
    ['~', '/home/ada'],
  ])('%s', (written, meant) => {
    for (const setting of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'AWS_LOGIN_CACHE_DIRECTORY']) {
      const env = prepared({ [setting]: written, PLACE: '/srv/aws', ROOT_OF_HOME: '~' });
      expect(env[setting]).toBe(meant);
    }
  });
});

describe('the profile of the environment', () => {
  test.each([
    [{ AWS_DEFAULT_PROFILE: 'old' }, 'old'],
    [{ AWS_PROFILE: 'ops', AWS_DEFAULT_PROFILE: 'old' }, 'ops'],
    [{ AWS_PROFILE: '', AWS_DEFAULT_PROFILE: 'old' }, 'old'],
    [{ AWS_PROFILE: 'ops' }, 'ops'],
    [{}, undefined],
  ])('%j', (env, name) => {
    expect(prepared({ ...env }).AWS_PROFILE).toBe(name);
  });
});
