/** The end of the app: asks first where something can still be taken back, and waits until everything is on disk. */
import { app } from 'electron';

export interface Quitting {
  /** Starts the app anew with these arguments if it may close. */
  readonly relaunch: (args: string[]) => void;
  /** Whether windows may close by themselves; else closing the last one means to quit, which may still ask. */
  readonly mayWindowsClose: () => boolean;
}

export interface QuittingDeps {
  /** Asks whoever has to be asked. */
  readonly mayClose: () => Promise<boolean>;
  readonly close: () => Promise<void>;
  readonly onDefect: (cause: unknown) => void;
}

export function endWithTheApp({ mayClose, close, onDefect }: QuittingDeps): Quitting {
  let state: 'running' | 'asking' | 'allowed' | 'closing' | 'closed' = 'running';
  let relaunchArgs: string[] | null = null;

  async function decide(): Promise<void> {
    state = 'asking';
    // A defect must not keep the app from ending: what can be taken back can be after the next start too.
    const may = await mayClose().catch((cause: unknown) => {
      onDefect(cause);
      return true;
    });
    if (state !== 'asking') return;
    state = may ? 'allowed' : 'running';
    if (!may) {
      relaunchArgs = null;
      return;
    }
    if (relaunchArgs !== null) app.relaunch({ args: relaunchArgs });
    app.quit();
  }

  app.on('before-quit', (event) => {
    if (state !== 'running' && state !== 'asking') return;
    event.preventDefault();
    if (state === 'running') void decide();
  });
  app.on('will-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    void close().finally(() => {
      state = 'closed';
      app.quit();
    });
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  // Nobody can be asked there: the undo window starts again at the next start, visibly.
  const endUnasked = (): void => {
    if (state === 'running' || state === 'asking') state = 'allowed';
    app.quit();
  };
  process.on('SIGINT', endUnasked);
  process.on('SIGTERM', endUnasked);
  return {
    relaunch: (args) => {
      relaunchArgs = args;
      app.quit();
    },
    mayWindowsClose: () => process.platform === 'darwin' || (state !== 'running' && state !== 'asking'),
  };
}
