/**
 * What every command needs first, on a machine with git, Node 20 and npm only: packages from the lockfile, a current
 * build, and this project's own Node. Imports nothing but Node. Says what it does on stderr: stdout belongs to the app.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '..');
export const ownNode = join(
  root,
  'node_modules',
  'node',
  'bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

const installStamp = join(root, 'node_modules', '.usage-desk-install');
const buildStamp = join(root, 'out', '.usage-desk-build');

export const say = (text) => process.stderr.write(`${text}\n`);

/** Installs the packages when the lockfile is not the one they were installed from. */
export async function ensurePackages() {
  const wanted = hashOf(['package-lock.json', '.npmrc'], [process.platform, process.arch]);
  if (read(installStamp) === wanted && existsSync(ownNode)) return;
  say('Installing packages from the lockfile …');
  const [command, args] = npmCommand();
  // Its own Node may lie in the very folder that is replaced, so the machine's one is used.
  const code = await run(command, [...args, 'ci', '--loglevel=error'], {
    env: machineEnv(),
    quiet: true,
    shell: command === 'npm',
  });
  if (code !== 0) throw new Error('The packages could not be installed; npm says why above.');
  if (!existsSync(ownNode))
    throw new Error(`The package "node" brought no binary for ${process.platform} ${process.arch}.`);
  writeFileSync(installStamp, wanted);
}

/** Builds when a source is not the one that was built. */
export async function ensureBuilt() {
  const wanted = hashOf(['electron.vite.config.ts', 'package.json', 'package-lock.json', ...filesIn('src')]);
  if (read(buildStamp) === wanted) return;
  say('Building …');
  const cli = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const code = await run(ownNode, [cli, 'build', '--logLevel', 'warn'], { quiet: true });
  if (code !== 0) throw new Error('The build failed; it says why above.');
  writeFileSync(buildStamp, wanted);
}

/** Runs a program to its end and gives its exit code. `quiet` moves what it prints to stderr. */
export function run(command, args, { env = ownEnv(), quiet = false, shell = false } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      cwd: root,
      env,
      shell,
      stdio: ['inherit', quiet ? 2 : 'inherit', 'inherit'],
    });
    child.once('error', fail);
    child.once('exit', (code) => done(code ?? 1));
  });
}

/**
 * Runs a program that stays, and ends this process with its exit code. Signals are passed on; when npm or the shell between is
 * gone without a word, the program ends too. With `channel` it notices the end of this process by itself.
 */
export function runToTheEnd(command, args, { env = ownEnv(), channel = false } = {}) {
  const stdio = ['inherit', 'inherit', 'inherit', ...(channel ? ['ipc'] : [])];
  const child = spawn(command, args, { cwd: root, env, stdio });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM');
  }, 250).unref();
  child.once('error', (cause) => {
    say(`${command} could not be started: ${cause.message}`);
    process.exit(1);
  });
  child.once('exit', (code, signal) =>
    process.exit(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)),
  );
}

/** The environment with this project's own Node and tools first. */
export function ownEnv() {
  const bin = join(root, 'node_modules', '.bin');
  return { ...process.env, PATH: [bin, process.env.PATH ?? ''].join(delimiter) };
}

/** Ends the command with one sentence when its steps fail. */
export async function main(steps) {
  try {
    await steps();
  } catch (cause) {
    say(cause instanceof Error ? cause.message : String(cause));
    process.exit(1);
  }
}

function machineEnv() {
  const paths = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((path) => !/node_modules[\\/]\.bin$/.test(path));
  return { ...process.env, PATH: paths.join(delimiter) };
}

/** npm as it runs this script, started by the machine's Node; else the one on the PATH. */
function npmCommand() {
  const script = process.env.npm_execpath;
  return script !== undefined && /\.c?js$/.test(script) ? ['node', [script]] : ['npm', []];
}

function filesIn(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1))
    .sort();
}

function hashOf(files, facts = []) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0`).update(read(join(root, file)) ?? '');
  for (const fact of facts) hash.update(`\0${fact}`);
  return hash.digest('hex');
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
