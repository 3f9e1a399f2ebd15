/**
 * Makes this process live at another instant, for practice only: whatever asks `Date` for the present, libraries
 * included, is told the shifted one. Timers keep running by the real clock and must be judged anew after a shift.
 */

export interface ShiftedDate {
  /** From now on the present is the real one plus this many ms; 0 is the real one again. */
  readonly shiftTo: (shiftMs: number) => void;
  /** Puts the real `Date` back. */
  readonly restore: () => void;
}

/**
 * Takes the place of `globalThis.Date`. To be called before anything keeps a reference to `Date` or `Date.now`: those
 * that are taken afterwards follow every later shift.
 */
export function installShiftedDate(): ShiftedDate {
  const RealDate = globalThis.Date;
  let shiftMs = 0;
  const now = (): number => RealDate.now() + shiftMs;

  const shifted = new Proxy(RealDate, {
    apply: () => new RealDate(now()).toString(),
    construct: (target, args: unknown[], newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
  });
  const use = (date: DateConstructor): void => {
    globalThis.Date = date;
    // Dates that exist already and those to come say that they are of the `Date` that is in use.
    Object.defineProperty(RealDate.prototype, 'constructor', {
      value: date,
      writable: true,
      configurable: true,
    });
  };
  use(shifted);

  return {
    shiftTo: (ms) => {
      shiftMs = ms;
    },
    restore: () => use(RealDate),
  };
}
