import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/**
 * The build tool declares `__dirname` in every file that has the word, and the package "open" declares one of its own: twice is a
 * syntax error. Its own gets another name.
 */
const renameDirnameOfOpen = {
  name: 'rename-dirname-of-open',
  transform: (code: string, id: string) =>
    /[\\/]node_modules[\\/]open[\\/]index\.js$/.test(id)
      ? { code: code.replaceAll('__dirname', 'ownFolder'), map: null }
      : null,
};

const zodOrItsPolicy = /[\\/](node_modules[\\/]zod|src[\\/]app[\\/]strict-policy)[\\/.]/;

/**
 * Everything is bundled, so that what ships is what was built and tested: only Electron and Node's own modules stay
 * outside. `serve` and `practice-aws` start in plain Node.
 */
export default defineConfig({
  main: {
    plugins: [renameDirnameOfOpen],
    build: {
      target: 'node24',
      externalizeDeps: false,
      sourcemap: true,
      rolldownOptions: {
        input: {
          index: 'src/main/index.ts',
          serve: 'src/main/serve.ts',
          'practice-aws': 'src/main/practice/practice-main.ts',
          'open-address': 'src/main/hosts/open-address.ts',
          'ledger-worker': 'src/main/adapters/storage/ledger/ledger-worker.ts',
        },
        // Modules by their own name: which package.json a loader finds from inside an archive, in a worker too, decides nothing.
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name]-[hash].mjs' },
      },
    },
  },
  preload: {
    build: {
      target: 'node24',
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'src/preload/index.ts' },
        // A sandboxed window loads CommonJS only: https://www.electronjs.org/docs/latest/tutorial/esm
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: {
      // The browser host opens the page in whatever browser a person has.
      target: 'es2022',
      minify: true,
      // The policy allows fonts as data, which the kit's style sheet already holds, and nothing else inline.
      assetsInlineLimit: 0,
      // Read from this computer's disk: one large file is no cost.
      chunkSizeWarningLimit: 4_000,
      rolldownOptions: {
        input: 'src/renderer/index.html',
        // Whatever file holds schemas runs after this one, in which zod is told of the page's policy.
        output: { codeSplitting: { groups: [{ name: 'zod', test: zodOrItsPolicy }] } },
      },
    },
  },
});
