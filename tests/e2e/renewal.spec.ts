/** What becomes of a sign-in while one works: counted down, renewed by itself, or not to be renewed, told at the top of every screen until it is over. */
import { checkAccessibility, expect, test } from './support/app.ts';
import { appOf, type HostedApp } from './support/hosted-app.ts';
import { signIn, steer } from './support/tasks.ts';

const minuteMs = 60_000;

/** The token ends 20 minutes after the sign-in; 15 minutes before that it is renewed. */
const shortToken = (app: HostedApp) =>
  steer(app, 'PUT', 'world/signIn', { accessTokenMs: 20 * minuteMs, refreshTokens: true });
const shiftTo = (app: HostedApp, minutes: number) =>
  steer(app, 'PUT', 'clock', { mode: 'shift', ms: minutes * minuteMs });
const renewalFails = (app: HostedApp, kind: string) =>
  steer(app, 'PUT', 'faults', [{ operation: 'CreateToken', kind, times: 'always' }]);

test('a sign-in that nothing renews is counted down, warned of ten minutes before, and renewed by one click', async ({
  app,
  page,
}) => {
  await steer(app, 'PUT', 'world/signIn', { accessTokenMs: 20 * minuteMs, refreshTokens: false });
  await signIn(page);
  const bar = page.locator('#top-bar');
  const notice = page.locator('.messages');
  await expect(bar).toContainText(/(19|20) min left/);
  await shiftTo(app, 8);
  await expect(bar).toContainText(/1[12] min left/);
  await expect(notice).toHaveText('');
  await shiftTo(app, 12);
  await expect(notice).toContainText(/Your sign-in ends in [78] min/);
  await checkAccessibility(page);
  await notice.getByRole('button', { name: 'Sign in again' }).click();
  await appOf(page).approveSignIn(page);
  await expect(notice).toHaveText('');
  await expect(bar).toContainText(/(19|20) min left/);
});

test('a renewal for which AWS fails is told with what is left, and the notice goes with the first that works', async ({
  app,
  page,
}) => {
  await shortToken(app);
  await signIn(page);
  const bar = page.locator('#top-bar');
  const notice = page.locator('.messages');
  await expect(bar).toContainText('renews by itself');
  await renewalFails(app, 'internal-error');
  await shiftTo(app, 6);
  await expect(notice).toContainText('Your sign-in could not be renewed');
  await expect(notice).toContainText(/It holds for another 1[34] min/);
  await expect(notice).toContainText('It is tried again every minute');
  await expect(bar).toContainText(/1[34] min left/);
  await checkAccessibility(page);

  await steer(app, 'DELETE', 'faults');
  await shiftTo(app, 8);
  await expect(notice).not.toContainText('could not be renewed');
  await expect(bar).toContainText('renews by itself');
});

test('a renewal that AWS refuses for good is told with its end, and signing in again from there mends it', async ({
  app,
  page,
}) => {
  await shortToken(app);
  await signIn(page);
  const notice = page.locator('.messages');
  await renewalFails(app, 'InvalidGrantException');
  await shiftTo(app, 6);
  await expect(notice).toContainText('AWS renews it no more: sign in again before its end');

  // The person’s own sign-in comes to nothing first: that is told, and the former one still holds.
  await renewalFails(app, 'AccessDeniedException');
  await notice.getByRole('button', { name: 'Sign in again' }).click();
  await appOf(page).approveSignIn(page);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(notice).toContainText('The sign-in was refused');
  await expect(notice).toContainText('Your sign-in could not be renewed');

  await steer(app, 'DELETE', 'faults');
  await notice.getByRole('button', { name: 'Sign in again' }).click();
  await appOf(page).approveSignIn(page);
  await expect(notice).toHaveText('');
  await expect(page.locator('#top-bar')).toContainText('renews by itself');
});
