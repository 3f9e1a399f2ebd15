/** Bundles the empty host as the app's own start is bundled, and writes its page. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';

const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Empty</title></head>
<body><div id="root"></div><script type="module" src="./page.js"></script></body>
</html>
`;

/** When its load was drawn the page asks for the first agreements and writes how many came; it draws nothing else. */
const script = `addEventListener('load', () => {
  const root = document.getElementById('root');
  root.dataset.step = 'loaded';
  requestAnimationFrame(() => setTimeout(() => void list(root)));
});
async function list(root) {
  const response = await fetch('/api/contracts.list', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  const { value } = await response.json();
  root.textContent = String(value.length);
  root.dataset.step = value.length > 0 ? 'listed' : 'none';
}
`;

export interface EmptyHost {
  /** The file to start. */
  readonly entry: string;
  /** Its only argument. */
  readonly pageDir: string;
}

/** Builds into `folder`, which the caller removes. */
export async function buildEmptyHost(folder: string): Promise<EmptyHost> {
  const pageDir = join(folder, 'page');
  const outDir = join(folder, 'host');
  mkdirSync(pageDir, { recursive: true });
  writeFileSync(join(pageDir, 'index.html'), html);
  writeFileSync(join(pageDir, 'page.js'), script);
  await build({
    configFile: false,
    logLevel: 'warn',
    root: resolve(import.meta.dirname, '../../..'),
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node24',
      outDir,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: {
        input: { 'empty-host': join(import.meta.dirname, 'empty-host.ts') },
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
  return { entry: join(outDir, 'empty-host.mjs'), pageDir };
}
