import { expect, test } from './support/shell-app.ts';

test.describe('in a package', () => {
  test.use({ shellEnv: { STAND_IN_PACKAGED: '1', ELECTRON_RENDERER_URL: 'http://127.0.0.1:9' } });
  test('there are no developer tools, and no development server is listened to', async ({ shell, page }) => {
    await expect(page.getByRole('main')).toBeVisible();
    expect(page.url()).toBe('https://usage-desk.app.test/index.html');
    expect(shell.factsOf('BrowserWindow')).toMatchObject([{ webPreferences: { devTools: false } }]);
    expect(JSON.stringify(shell.factsOf('Menu.setApplicationMenu'))).not.toContain('toggleDevTools');
  });

  test('a start that would let others debug the window ends before it begins', async ({ shell, page }) => {
    await expect(page.getByRole('main')).toBeVisible();
    for (const one of ['--remote-debugging-port=9222', '--remote-debugging-pipe']) {
      const debugged = shell.startAgain(['--practice', one]);
      expect(await debugged.ended).toBe(1);
      expect(debugged.printed()).toContain(`takes no ${one.split('=')[0]}`);
      expect(debugged.factsOf('BrowserWindow')).toEqual([]);
    }
  });
});
