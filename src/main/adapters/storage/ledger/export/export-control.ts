/** What the core and the worker tell each other while an export is written, through shared memory: a busy worker reads no messages. */

/** Places of 32-bit numbers. `total` is one more than it says, so that 0 is not yet. */
const places = { done: 0, stop: 1, total: 2 } as const;

export const createExportControl = (): SharedArrayBuffer => new SharedArrayBuffer(12);

/** The core's side. */
export function watchExport(control: SharedArrayBuffer) {
  const shared = new Int32Array(control);
  return {
    done: () => Atomics.load(shared, places.done),
    total: () => {
      const told = Atomics.load(shared, places.total);
      return told === 0 ? null : told - 1;
    },
    cancel: () => void Atomics.store(shared, places.stop, 1),
  };
}

/** The worker's side. */
export function steerExport(control: SharedArrayBuffer) {
  const shared = new Int32Array(control);
  return {
    tellDone: (records: number) => void Atomics.store(shared, places.done, records),
    tellTotal: (records: number) => void Atomics.store(shared, places.total, records + 1),
    isStopped: () => Atomics.load(shared, places.stop) === 1,
  };
}

export type ExportSteering = ReturnType<typeof steerExport>;
