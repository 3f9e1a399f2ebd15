/** The lock of `app.requestSingleInstanceLock`, between real processes, in the folder of the user's data. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Takes the lock, or tells the process that has it what this one was started with. */
export function takeInstanceLock(folder: string, onSecond: (argv: string[], cwd: string) => void): boolean {
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, 'stand-in-instance');
  const calls = join(folder, 'stand-in-calls');
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch {
      const owner = Number(readFileSync(lock, 'utf8'));
      if (isAlive(owner)) {
        mkdirSync(calls, { recursive: true });
        const call = join(calls, String(process.pid));
        writeFileSync(`${call}.part`, JSON.stringify({ argv: process.argv, cwd: process.cwd() }));
        renameSync(`${call}.part`, `${call}.json`);
        return false;
      }
      rmSync(lock, { force: true });
    }
  }
  process.on('exit', () => rmSync(lock, { force: true }));
  mkdirSync(calls, { recursive: true });
  setInterval(() => {
    for (const name of readdirSync(calls).filter((one) => one.endsWith('.json'))) {
      const { argv, cwd } = JSON.parse(readFileSync(join(calls, name), 'utf8'));
      rmSync(join(calls, name));
      onSecond(argv, cwd);
    }
  }, 100).unref();
  return true;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
