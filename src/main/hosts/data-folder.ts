import { join, posix, win32 } from 'node:path';

export interface FolderFacts {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Where the app's data lies when nobody said otherwise, by the manners of each system:
 * https://specifications.freedesktop.org/basedir/latest/ for Linux, `Application Support` on macOS, and on Windows the
 * local application data, which does not roam to other computers where another process could own it at the same time.
 */
export function defaultDataFolder({ platform, home, env }: FolderFacts): string {
  switch (platform) {
    case 'win32':
      return win32.join(env.LOCALAPPDATA || win32.join(home, 'AppData', 'Local'), 'Usage Desk');
    case 'darwin':
      return posix.join(home, 'Library', 'Application Support', 'Usage Desk');
    default: {
      const chosen = env.XDG_DATA_HOME;
      // Relative paths there are to be ignored.
      const base = chosen?.startsWith('/') ? chosen : posix.join(home, '.local', 'share');
      return posix.join(base, 'usage-desk');
    }
  }
}

/** Live and practice never share a folder. */
export function modeFolder(dataDir: string, practice: boolean): string {
  return join(dataDir, practice ? 'practice' : 'live');
}
