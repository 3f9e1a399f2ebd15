/** Time, and what is noted of incidents. */

export interface Clock {
  /** AWS's time: the computer's, corrected by what AWS's answers told. Epoch ms. */
  readonly now: () => number;
  /** AWS minus computer in ms; null until AWS has answered, and again after the computer's clock was set or slept. */
  readonly offsetMs: () => number | null;
  /** Takes the offset that a signed answer of AWS told. */
  readonly learnOffset: (offsetMs: number) => void;
  /** Runs `listener` soon after each time that the unknown offset became known; returns the function that ends it. */
  readonly onLearnt: (listener: () => void) => () => void;
  /** Runs `task` once AWS's time has reached `atMs`; returns the function that cancels it. Survives sleep and shifts. */
  readonly schedule: (atMs: number, task: () => void) => () => void;
}

export interface IncidentLog {
  /** Writes a defect in full, redacted, and returns the id under which it can be found. */
  readonly report: (cause: unknown, context: string) => string;
  /** One line of what the app did; never a payload, a token or a key. */
  readonly note: (message: string) => void;
}
