/**
 * Brings a browser to a launch address without naming it on a command line, where every program of the computer could
 * read it: a page in a file that only this person can read sends the browser on.
 */
import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeLifetimeMs } from './session.ts';

const namePattern = /^launch-[0-9a-f]{16}\.html$/;

/** Writes the file and gives its path. It is removed when its code has expired. */
export function writeLaunchFile(dataDir: string, launchAddress: string): string {
  const path = join(dataDir, `launch-${randomBytes(8).toString('hex')}.html`);
  writeFileSync(path, redirectPage(launchAddress), { mode: 0o600, flag: 'wx' });
  setTimeout(() => rmSync(path, { force: true }), codeLifetimeMs).unref();
  return path;
}

/** Removes what this process, or one that was killed, left behind. */
export function removeLaunchFiles(dataDir: string): void {
  for (const name of readdirSync(dataDir)) {
    if (namePattern.test(name)) rmSync(join(dataDir, name), { force: true });
  }
}

function redirectPage(launchAddress: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0;url=${launchAddress}">
<title>Usage Desk</title>
</head>
<body><p><a href="${launchAddress}">Open Usage Desk</a></p></body>
</html>
`;
}
