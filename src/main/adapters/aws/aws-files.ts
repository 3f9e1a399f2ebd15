/** Notices when AWS's files change under the app: the config, the credentials, and the sign-ins that the AWS CLI shares. */
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { getSSOTokenFilepath } from '@smithy/shared-ini-file-loader';
import { awsFilePaths } from './aws-config.ts';
import { loginCacheFolder } from './login-session.ts';

/** Often enough for who has just saved a file; a dozen looks at files cost nothing. */
const lookEveryMs = 2_000;

/**
 * Calls `onChange` after the files have changed, whoever did it. Looks at them now and then in place of the system's notifications: those miss a
 * file that is replaced or not there yet, and network drives. Returns the function that ends it.
 */
export function watchAwsFiles(onChange: () => void, everyMs = lookEveryMs): () => void {
  let known: string | null = null;
  let ended = false;
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    const found = await fingerprint();
    if (ended) return;
    const hasChanged = known !== null && known !== found;
    known = found;
    timer = setTimeout(() => void look(), everyMs);
    timer.unref();
    if (hasChanged) onChange();
  };
  void look();
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}

async function fingerprint(): Promise<string> {
  const { configPath, credentialsPath } = awsFilePaths();
  const caches = [dirname(getSSOTokenFilepath('any')), loginCacheFolder()];
  const cached = (await Promise.all(caches.map(filesOf))).flat();
  return (await Promise.all([configPath, credentialsPath, ...cached].map(stampOf))).join('\n');
}

async function filesOf(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.sort().map((name) => join(folder, name));
}

async function stampOf(path: string): Promise<string> {
  try {
    const { ino, size, mtimeMs } = await stat(path);
    return `${path} ${ino} ${size} ${mtimeMs}`;
  } catch {
    // Not there, or not readable: either may change.
    return path;
  }
}
