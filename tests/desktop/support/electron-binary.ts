/** Whether real Electron can run here: `ELECTRON_OVERRIDE_DIST_PATH`, or the binary that Electron's package downloaded. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const projectFolder = resolve(import.meta.dirname, '../../..');

const names: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};
const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH || join(projectFolder, 'node_modules/electron/dist');
export const electronBinary = join(folder, names[process.platform] ?? 'electron');
const hasScreen = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** Why it can't, or null. */
export const whyNoElectron = !existsSync(electronBinary)
  ? `there is no binary at ${electronBinary}`
  : hasScreen
    ? null
    : 'there is no screen';
