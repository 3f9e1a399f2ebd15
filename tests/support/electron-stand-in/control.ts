/**
 * The stand-in's line to the spec that started this process: what the shell asked of Electron goes out, answers and orders come in. It is
 * the channel of `child_process.fork`; a process that was started without one has nobody to ask and says so.
 */

export interface Asked {
  readonly kind: 'asked';
  /** Present when an answer is waited for. */
  readonly id?: number;
  /** Such as `dialog.showSaveDialog`. */
  readonly what: string;
  readonly facts: unknown;
}

export interface Answer {
  readonly kind: 'answer';
  readonly id: number;
  readonly value: unknown;
}

export interface Order {
  readonly kind: 'order';
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
}

export interface Done {
  readonly kind: 'done';
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

const waiting = new Map<number, (value: unknown) => void>();
const orders = new Map<string, (input: never) => unknown>();
let lastId = 0;

/** Tells the spec what was asked of Electron. Facts that can't be cloned are told as text. */
export function record(what: string, facts: unknown): void {
  tell({ kind: 'asked', what, facts: plain(facts) });
}

/** Asks the spec, as Electron would ask a person; waits for as long as that takes. */
export function ask(what: string, facts: unknown): Promise<unknown> {
  if (process.send === undefined) return Promise.reject(new Error(`Nobody is there to answer ${what}.`));
  lastId += 1;
  const id = lastId;
  return new Promise((resolve) => {
    waiting.set(id, resolve);
    tell({ kind: 'asked', id, what, facts: plain(facts) });
  });
}

/** Lets the spec order something of this process. */
export function onOrder<Input>(name: string, carryOut: (input: Input) => unknown): void {
  orders.set(name, carryOut);
}

process.on('message', (message: Answer | Order) => {
  if (message.kind === 'answer') {
    waiting.get(message.id)?.(message.value);
    waiting.delete(message.id);
    return;
  }
  carryOut(message).then(
    (value) => tell({ kind: 'done', id: message.id, value: plain(value) }),
    (cause: unknown) =>
      tell({ kind: 'done', id: message.id, error: cause instanceof Error ? cause.message : String(cause) }),
  );
});
// The line alone must not keep the shell alive, nor outlive the spec.
process.channel?.unref();
process.on('disconnect', () => process.exit(1));

async function carryOut({ name, input }: Order): Promise<unknown> {
  const order = orders.get(name);
  if (order === undefined) throw new Error(`The stand-in takes no order "${name}".`);
  // The spec's side names the type of each order's input.
  return await order(input as never);
}

function tell(message: Asked | Done): void {
  if (process.connected) process.send?.(message);
}

/** What the channel can carry. */
function plain(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch {
    return JSON.parse(
      JSON.stringify(value, (_key, part) => (typeof part === 'function' ? '[function]' : part)),
    );
  }
}
