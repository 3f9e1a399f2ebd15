import type { Caller } from './credentials.ts';
import type { WorldView } from './world-store.ts';

/** The circumstances of one signed call. */
export interface SignedCall {
  readonly requestId: string;
  readonly caller: Caller;
  /** From the signature's credential scope. */
  readonly region: string;
  /** AWS's time, epoch milliseconds. */
  readonly nowMs: number;
  readonly userAgent: string;
  readonly view: WorldView;
  /** A fault asks for a page without items, but with a token for the next one. */
  readonly emptyPage: boolean;
}
