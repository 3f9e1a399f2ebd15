/**
 * The browser host with Vite's development server in front. The page is Vite's, hot; calls, events and the launch address pass
 * through to the real host behind its real gate. A change outside the page builds and starts the host anew.
 */
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { createServer as createPortFinder } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import react from '@vitejs/plugin-react';
import { createServer } from 'vite';
import { ensureBuilt, ownNode, root, say } from './ensure.mjs';

const readyPrefix = 'Usage Desk is ready: ';
const passedThrough = ['/api', '/events', '/launch', '/downloads'];
const debounceMs = 300;

const hostPort = await freePort();
const hostOrigin = `http://127.0.0.1:${hostPort}`;
const vite = await createServer({
  configFile: false,
  root: join(root, 'src', 'renderer'),
  plugins: [react()],
  server: {
    host: '127.0.0.1',
    port: await freePort(),
    strictPort: true,
    cors: false,
    proxy: Object.fromEntries(
      passedThrough.map((path) => [path, { target: hostOrigin, changeOrigin: true, configure }]),
    ),
  },
});
await vite.listen();
const pageOrigin = `http://127.0.0.1:${vite.config.server.port}`;

let host = startHost();
let pending;
let ending = false;
for (const folder of ['src/main', 'src/contract']) {
  watch(join(root, folder), { recursive: true }, () => {
    clearTimeout(pending);
    pending = setTimeout(restartHost, debounceMs);
  });
}
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    ending = true;
    host.kill('SIGTERM');
  });
}

/** Only what came from our own development page is passed on as ours; a foreign page stays foreign to the gate. */
function configure(proxy) {
  proxy.on('proxyReq', (passed, request) => {
    if (request.headers.origin === pageOrigin) passed.setHeader('origin', hostOrigin);
  });
}

function startHost() {
  const entry = join(root, 'out', 'main', 'serve.mjs');
  const args = [...process.argv.slice(2), '--no-launch', '--port', String(hostPort)];
  const child = spawn(ownNode, [entry, ...args], { stdio: ['inherit', 'pipe', 'inherit'] });
  createInterface({ input: child.stdout }).on('line', (line) => {
    process.stdout.write(`${line.startsWith(readyPrefix) ? line.replace(hostOrigin, pageOrigin) : line}\n`);
  });
  child.once('exit', (code) => {
    if (!ending && !child.killed) say('The host ended; it starts anew when a source changes.');
    if (ending) void vite.close().finally(() => process.exit(code ?? 0));
  });
  return child;
}

async function restartHost() {
  try {
    await ensureBuilt();
  } catch (cause) {
    say(cause.message);
    return;
  }
  const before = host;
  const start = () => {
    host = startHost();
  };
  if (before.exitCode !== null || before.signalCode !== null) return start();
  before.once('exit', start);
  before.kill('SIGTERM');
}

function freePort() {
  return new Promise((done, fail) => {
    const server = createPortFinder();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
