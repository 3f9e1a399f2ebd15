/** Signing in from the desktop window: the button here, the approval in the system browser. */
import { expect, type Page } from '@playwright/test';
import { decide } from '../../integration/aws/practice-bench.ts';
import type { Shell } from './shell-app.ts';

/** Chooses the profile, approves at the address that the shell gave the system browser, and waits for the contracts. */
export async function signIn(page: Page, shell: Shell, profile = 'seller-ops'): Promise<void> {
  await page.getByRole('button', { name: `Continue with ${profile}` }).click();
  await decide(await shell.openedAddress(), 'allow');
  await expect(page.getByRole('heading', { name: /^Contracts/ })).toBeVisible();
}
