/** A computer whose clock differs from AWS's: told with the amount, and nothing in the app goes by it. */
import { checkAccessibility, expect, test } from './support/app.ts';
import type { HostedApp } from './support/hosted-app.ts';
import { signIn, steer } from './support/tasks.ts';

/** As if the computer were so much behind AWS. */
const behind = (app: HostedApp, seconds: number) =>
  steer(app, 'PUT', 'clock', { mode: 'skew', ms: seconds * 1000 });

test('from 30 seconds off it is a note, from four minutes a banner with the amount, and right again it is neither', async ({
  app,
  page,
}) => {
  await signIn(page);
  const notice = page.locator('.messages');
  const refresh = page.getByRole('button', { name: 'Refresh', exact: true });
  await behind(app, 45);
  await refresh.click();
  await expect(notice).toContainText(/This computer’s clock is 4[3-6] s behind/);
  await expect(notice).toContainText('Times in Usage Desk go by AWS’s clock, so nothing is wrong yet.');
  await checkAccessibility(page);

  await behind(app, 300);
  await refresh.click();
  await expect(notice).toContainText('This computer’s clock is 5 min behind');
  await expect(notice).toContainText('AWS refuses calls whose time is off by more than five minutes.');
  await expect(notice.getByRole('button', { name: 'Dismiss' })).toHaveCount(0);

  await behind(app, 0);
  await refresh.click();
  await expect(notice).not.toContainText('clock');
});
