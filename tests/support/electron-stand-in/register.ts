/**
 * For `node --import`: from here on, whatever imports `electron` in this process gets the stand-in, and nothing else changes.
 * The built shell is loaded as it is. https://nodejs.org/docs/latest-v24.x/api/module.html#moduleregisterhooksoptions
 */
import { registerHooks } from 'node:module';
import { isMainThread } from 'node:worker_threads';

// Worker threads of the shell are plain Node in Electron as well, and there Electron can't be imported.
if (isMainThread) {
  const standIn = new URL('./electron.ts', import.meta.url).href;
  registerHooks({
    resolve: (specifier, context, nextResolve) =>
      specifier === 'electron' ? { url: standIn, shortCircuit: true } : nextResolve(specifier, context),
  });
}
