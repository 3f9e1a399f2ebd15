/** `dialog`, `shell` and `clipboard`: what is asked of a person or of the desktop is asked of the spec. */
import type { Clipboard, Dialog, MessageBoxOptions, Shell } from 'electron';
import { ask, record } from './control.ts';
import { mustBeReady } from './life.ts';
import { refuseTheRest } from './refuse-the-rest.ts';

/** Dialogs take their options last, after the window that they belong to. */
const optionsOf = (args: readonly unknown[]): unknown => args.at(-1);

export const dialog = refuseTheRest<Dialog>('dialog', {
  showSaveDialog: (async (...args: readonly unknown[]) => {
    mustBeReady('dialog');
    return await ask('dialog.showSaveDialog', optionsOf(args));
  }) as Dialog['showSaveDialog'],
  showOpenDialog: (async (...args: readonly unknown[]) => {
    mustBeReady('dialog');
    return await ask('dialog.showOpenDialog', optionsOf(args));
  }) as Dialog['showOpenDialog'],
  showMessageBox: (async (...args: readonly unknown[]) => {
    mustBeReady('dialog');
    const { signal, ...options } = optionsOf(args) as MessageBoxOptions;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    // A box that the app takes away answers as if it had been closed.
    signal?.addEventListener('abort', () =>
      resolve({ response: options.cancelId ?? 0, checkboxChecked: false }),
    );
    ask('dialog.showMessageBox', options).then(resolve, reject);
    return await promise;
  }) as Dialog['showMessageBox'],
  showErrorBox: (title, content) => record('dialog.showErrorBox', { title, content }),
});

export const shell = refuseTheRest<Shell>('shell', {
  openExternal: async (address) => record('shell.openExternal', address),
  openPath: async (path) => {
    record('shell.openPath', path);
    return '';
  },
  showItemInFolder: (path) => record('shell.showItemInFolder', path),
});

export const clipboard = refuseTheRest<Clipboard>('clipboard', {
  writeText: async (text) => record('clipboard.writeText', text),
});
