/** Whether the desktop host can run here, and why not. Electron's package brings its binary on first use, from the net. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownEnv, ownNode, root, say } from './ensure.mjs';

const folder = join(root, 'node_modules', 'electron');
const missStamp = join(root, 'node_modules', '.usage-desk-no-electron');
const askAgainMs = 60 * 60_000;
const probeMs = 4_000;
const downloadMs = 5 * 60_000;

/** Gives `{ path }` of the binary, or `{ reason }` in a few words. */
export async function findElectron() {
  const obstacle = obstacleHere();
  if (binaryPath() === null) {
    // What could not run is not worth a download.
    if (obstacle !== null) return { reason: `there is no Electron binary here, and ${obstacle}` };
    if (!(await download())) return { reason: 'no Electron binary can be had here' };
  }
  return obstacle === null ? { path: binaryPath() } : { reason: obstacle };
}

/** Gives `{ folder }` of Electron's own distribution, whether or not it could run here, or `{ reason }` in a few words. */
export async function findDistribution() {
  if (binaryPath() !== null || (await download())) return { folder: distFolder() };
  return { reason: 'no Electron binary can be had here' };
}

/** A screen is needed, and Chromium's sandbox, which stays on, does not run as root. */
function obstacleHere() {
  if (process.platform !== 'linux') return null;
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no screen for its window';
  return process.getuid?.() === 0 ? 'Electron does not run as root' : null;
}

function binaryPath() {
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
  const name = names[process.platform] ?? 'electron';
  const path = join(distFolder(), name);
  return existsSync(path) ? path : null;
}

function distFolder() {
  return process.env.ELECTRON_OVERRIDE_DIST_PATH || join(folder, 'dist');
}

/** Electron's own installer, when its server answers at all; a miss is remembered for an hour. */
async function download() {
  if (missedLately() || process.env.ELECTRON_OVERRIDE_DIST_PATH) return false;
  if (
    await canReach(
      process.env.ELECTRON_MIRROR || process.env.npm_config_electron_mirror || 'https://github.com',
    )
  ) {
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    say(`Downloading Electron ${version} …`);
    if ((await install()) && binaryPath() !== null) return true;
  }
  writeFileSync(missStamp, '');
  return false;
}

function missedLately() {
  const facts = statSync(missStamp, { throwIfNoEntry: false });
  return facts !== undefined && Date.now() - facts.mtimeMs < askAgainMs;
}

async function canReach(address) {
  // The installer knows proxies, this question does not.
  if (process.env.ELECTRON_GET_USE_PROXY) return true;
  try {
    await fetch(address, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(probeMs) });
    return true;
  } catch {
    return false;
  }
}

function install() {
  return new Promise((done) => {
    const child = spawn(ownNode, [join(folder, 'install.js')], {
      env: ownEnv(),
      stdio: 'ignore',
      timeout: downloadMs,
    });
    child.once('error', () => done(false));
    child.once('exit', (code) => done(code === 0));
  });
}
