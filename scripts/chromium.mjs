/** The browser of the end-to-end tests: Debian's Chromium, installed where that can be done. */
import { existsSync } from 'node:fs';
import { run, say } from './ensure.mjs';

export const chromiumPath = () => process.env.CHROMIUM_PATH || '/usr/bin/chromium';

/** Makes sure that Chromium is there. Throws with what to do where it can't be. */
export async function ensureChromium() {
  if (existsSync(chromiumPath())) return;
  const canInstall =
    existsSync('/etc/debian_version') && process.getuid?.() === 0 && !process.env.CHROMIUM_PATH;
  if (!canInstall) {
    throw new Error(
      `There is no Chromium at ${chromiumPath()}. Install it, or name its place in CHROMIUM_PATH.`,
    );
  }
  say('Installing Chromium for the end-to-end tests …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const packages = ['chromium', 'fonts-liberation'];
  const steps = [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', ...packages],
  ];
  for (const step of steps) {
    if ((await run('apt-get', step, { env, quiet: true })) !== 0)
      throw new Error('apt-get could not install Chromium.');
  }
}
