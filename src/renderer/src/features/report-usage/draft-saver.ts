/** When a draft is saved: with every change, and as often as saving takes. */

export interface DraftSaver {
  /** The draft has changed. It is saved at once; while that is under way, what changes is saved next, all in one. */
  readonly changed: () => void;
  /** Saves at once what waits its turn, as when the page goes away. Resolves when nothing is under way any more. */
  readonly flush: () => Promise<void>;
  /** What waits its turn is not wanted any more. */
  readonly forget: () => void;
}

/**
 * Waits for no pause in typing: a window that crashes, or a page that the shell takes down, gets no chance to save its last
 * words. `save` takes the draft as it stands when it is called, and never rejects.
 */
export function createDraftSaver(save: () => Promise<void>): DraftSaver {
  let isDue = false;
  let running: Promise<void> | null = null;
  const run = async (): Promise<void> => {
    while (isDue) {
      isDue = false;
      await save();
    }
    running = null;
  };
  return {
    changed: () => {
      isDue = true;
      running ??= run();
    },
    flush: async () => {
      const last = isDue ? save() : null;
      isDue = false;
      await Promise.all([running, last]);
    },
    forget: () => {
      isDue = false;
    },
  };
}
