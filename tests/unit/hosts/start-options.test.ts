import { describe, expect, it } from 'vitest';
import { defaultDataFolder } from '../../../src/main/hosts/data-folder.ts';
import { parseStartOptions, usageLine } from '../../../src/main/hosts/start-options.ts';

const workDir = '/home/ada/usage-desk';
const parse = (...args: string[]) => parseStartOptions(args, { workDir });
const defaults = { practice: false, dataDir: null, port: 0, openLaunch: true, openSignIn: true };

describe('options of the start', () => {
  it.each([
    [[], defaults],
    [['--browser'], defaults],
    [
      ['--practice', '--browser', '--no-open', '--port', '0', '--data-dir', '/tmp/x'],
      { ...defaults, practice: true, dataDir: '/tmp/x', openLaunch: false, openSignIn: false },
    ],
    [['--data-dir=data', '--port=8080'], { ...defaults, dataDir: '/home/ada/usage-desk/data', port: 8080 }],
    [['--no-launch'], { ...defaults, openLaunch: false }],
  ])('%j are understood', (args, options) => {
    expect(parse(...args)).toEqual({ kind: 'options', options });
  });

  it.each([
    [['--host', '0.0.0.0'], 'Usage Desk has no option --host.'],
    [['--no-auth'], 'Usage Desk has no option --no-auth.'],
    [['-p'], 'Usage Desk has no option -p.'],
    [['practice'], '"practice" is not an option of Usage Desk.'],
    [['--practice=yes'], '--practice takes no value.'],
    [['--port'], '--port needs a value.'],
    [['--port', 'http'], '--port takes a number from 0 to 65535, not "http".'],
    [['--port', '65536'], '--port takes a number from 0 to 65535, not "65536".'],
    [['--data-dir', ''], '--data-dir needs a value.'],
    [['--__proto__'], 'Usage Desk has no option --__proto__.'],
  ])('%j are refused in words', (args, sentence) => {
    expect(parse(...args)).toEqual({ kind: 'refused', message: `${sentence}\n${usageLine}` });
  });

  it('leave switches of Electron and Chromium alone in the desktop host', () => {
    const args = ['--inspect=0', '.', '--no-sandbox', '--practice'];
    expect(parseStartOptions(args, { workDir, lenient: true })).toEqual({
      kind: 'options',
      options: { ...defaults, practice: true },
    });
  });
});

describe('the data folder', () => {
  it.each([
    ['linux', '/home/ada', {}, '/home/ada/.local/share/usage-desk'],
    ['linux', '/home/ada', { XDG_DATA_HOME: '/data' }, '/data/usage-desk'],
    ['linux', '/home/ada', { XDG_DATA_HOME: 'relative' }, '/home/ada/.local/share/usage-desk'],
    ['darwin', '/Users/ada', {}, '/Users/ada/Library/Application Support/Usage Desk'],
    ['win32', 'C:\\Users\\ada', { LOCALAPPDATA: 'D:\\Local' }, 'D:\\Local\\Usage Desk'],
    ['win32', 'C:\\Users\\ada', {}, 'C:\\Users\\ada\\AppData\\Local\\Usage Desk'],
  ] as const)('on %s for %s with %j', (platform, home, env, folder) => {
    expect(defaultDataFolder({ platform, home, env })).toBe(folder);
  });
});
