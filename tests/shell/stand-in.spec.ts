/** What the stand-in for Electron does not know is an error, so that no spec passes on something that never happened. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from './support/shell-app.ts';

const root = resolve(import.meta.dirname, '../..');
const register = resolve(root, 'tests/support/electron-stand-in/register.ts');

/** Uses of Electron, and what the stand-in says to each; null where nothing is wrong with it. */
const uses = [
  ['app.getVersion()', null],
  ['app.dock.hide()', 'does not know app.dock'],
  ["app.badge = 'x'", 'does not know app.badge'],
  ["app.on('login', () => {})", 'never fires "login" on app'],
  ["app.getPath('music')", 'no folder "music"'],
  ["shell.trashItem('x')", 'does not know shell.trashItem'],
  ['BrowserWindow.fromId(1)', 'does not know BrowserWindow.fromId'],
  ['new BrowserWindow({ kiosk: true })', 'no windows with "kiosk"'],
  ['new BrowserWindow({ webPreferences: { javascript: false } })', 'no windows with "javascript"'],
  [
    'new BrowserWindow({ webPreferences: { sandbox: false } })',
    'only windows that are sandboxed and isolated',
  ],
] as const;

test('an API, an event, an option or a preference that the stand-in does not know is an error', async () => {
  const program = `
    import { app, BrowserWindow, shell } from 'electron';
    await app.whenReady();
    const said = [${uses.map(([use]) => `() => { ${use}; }`).join(', ')}].map((use) => {
      try { use(); return null; } catch (cause) { return cause.message; }
    });
    process.stdout.write(JSON.stringify(said));
    process.exit(0);`;
  const args = ['--import', register, '--input-type=module', '--eval', program];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
  const said: unknown = JSON.parse(stdout);
  expect(said).toEqual(
    uses.map(([, complaint]) => (complaint === null ? null : expect.stringContaining(complaint))),
  );
});
