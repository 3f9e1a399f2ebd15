/** Whether the stand-in's app is ready: some things may only be asked before, others only after. */
let ready = false;

export const isReady = (): boolean => ready;
export const becomeReady = (): void => {
  ready = true;
};

/** Throws in Electron's words when something that needs a ready app comes too early. */
export function mustBeReady(what: string): void {
  if (!ready) throw new Error(`Cannot use ${what} before app is ready`);
}
