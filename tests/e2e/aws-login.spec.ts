/** A profile of `aws login`: the AWS CLI begins its sign-in, the page says so and takes it up. */
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkAccessibility, expect, test } from './support/app.ts';
import type { HostedApp } from './support/hosted-app.ts';
import { steer } from './support/tasks.ts';

interface Left {
  readonly loginSession: string;
  readonly fileName: string;
  readonly content: unknown;
}

const minuteMs = 60_000;
const homeOf = (app: HostedApp) => join(app.dataDir, 'practice', 'home', '.aws');

/** What a person does in a terminal. */
async function awsLogin(app: HostedApp): Promise<void> {
  const { fileName, content } = (await steer(app, 'POST', 'console-sign-ins', {})) as Left;
  const cache = join(homeOf(app), 'login', 'cache');
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, fileName), JSON.stringify(content), { mode: 0o600 });
}

test('it says what to do in the terminal, signs in once that is done, and goes on by itself after its end', async ({
  app,
  page,
}) => {
  const { loginSession } = (await steer(app, 'POST', 'console-sign-ins', {})) as Left;
  appendFileSync(join(homeOf(app), 'config'), `\n[profile console]\nlogin_session = ${loginSession}\n`);
  const card = page.getByRole('listitem').filter({ hasText: 'The AWS CLI (aws login)' });
  await expect(card).toContainText('4829-1360-7251');
  await card.getByRole('button', { name: 'Continue with console' }).click();
  await expect(page.getByText('This profile signs in by the AWS CLI')).toBeInViewport();
  await expect(page.getByText(/run aws login --profile console .* try again here/)).toBeVisible();
  await checkAccessibility(page);

  await awsLogin(app);
  await expect(card).toContainText(/Yes, for another 1[45] min/);
  await page.getByRole('button', { name: 'Continue with console' }).click();
  await expect(page.getByRole('heading', { name: /^Contracts/ })).toBeVisible();
  await expect(page.locator('#top-bar')).toContainText('renews by itself');

  await steer(app, 'DELETE', 'sign-ins');
  await steer(app, 'PUT', 'clock', { mode: 'shift', ms: 16 * minuteMs });
  const dialog = page.getByRole('dialog', { name: 'The sign-in has ended' });
  await expect(dialog).toContainText('aws login --profile console');
  await checkAccessibility(page);
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(dialog).toContainText('AWS renews that no more');
  await awsLogin(app);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.locator('#top-bar')).toContainText('renews by itself');
});
