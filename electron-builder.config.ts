import { join } from 'node:path';
import type { AfterPackContext, Configuration } from 'electron-builder';
import { fuses, setFuses } from './packaging/fuses.ts';

const productName = 'Usage Desk';
const executableName = 'usage-desk';

const binaryNames: Readonly<Record<string, string>> = {
  darwin: `${productName}.app`,
  mas: `${productName}.app`,
  win32: `${productName}.exe`,
};

/**
 * What `npm run package` makes of the build. The fuses are declared for the packager, which sets them last before it signs and looks at them
 * no more; so they are set and read back one step earlier as well, and a wrong one ends the packaging.
 */
export default {
  appId: 'desk.usage.app',
  productName,
  directories: { output: 'dist' },
  // Workers too stay inside: Electron's worker threads read from the archive, and its digest does not cover what lies beside it.
  asar: true,
  // Everything is bundled into `out`: no package is needed beside it.
  files: ['out/**', 'package.json', '!**/*.map', '!out/.*', '!**/node_modules/**'],
  beforeBuild: async () => false,
  publish: null,
  // A folder: installers need tools that the packager downloads, and signatures.
  linux: { target: ['dir'], executableName, category: 'Office' },
  mac: { target: ['dir'], category: 'public.app-category.business' },
  win: { target: ['dir'] },
  electronFuses: fuses,
  afterPack: ({ appOutDir, electronPlatformName }: AfterPackContext) =>
    setFuses(join(appOutDir, binaryNames[electronPlatformName] ?? executableName)),
} satisfies Configuration;
