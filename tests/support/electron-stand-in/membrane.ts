/**
 * How values pass between the page's world and the preload's, as through Electron's `contextBridge`: copies without prototypes, functions and
 * promises as stand-ins for the originals, everything else by Chromium's own structured clone. Runs in both worlds, so it stands for
 * itself. https://www.electronjs.org/docs/latest/api/context-bridge#parameter--error--return-type-support
 */

/** A copied value: the root is entry 0. */
type Table = (readonly [kind: string, ...facts: unknown[]])[];

export interface Membrane {
  readonly give: (value: unknown) => Table;
  readonly take: (table: Table) => unknown;
  /** Lets the other side say something once, such as what is to be exposed. */
  readonly tell: (topic: string, value: unknown) => void;
  readonly hear: (topic: string, listener: (value: unknown) => void) => void;
}

/**
 * Opens one side. `secret` is known to both worlds and to nobody else: their events pass over the window that they share, under names
 * that no script of the page can guess.
 */
export function openMembrane(secret: string, own: string, other: string): Membrane {
  // Taken before any script of the page runs, so that it can't listen in by replacing them.
  const { addEventListener, dispatchEvent } = globalThis as unknown as EventTarget & typeof globalThis;
  const Event = CustomEvent;
  const say = (side: string, topic: string, detail: unknown): void => {
    Reflect.apply(dispatchEvent, globalThis, [new Event(`${secret}:${side}:${topic}`, { detail })]);
  };
  const listen = (topic: string, heard: (detail: never) => void): void => {
    Reflect.apply(addEventListener, globalThis, [
      `${secret}:${own}:${topic}`,
      (event: { readonly detail: unknown }) => heard(event.detail as never),
    ]);
  };

  const functions = new Map<number, (...args: unknown[]) => unknown>();
  const idOf = new Map<unknown, number>();
  const promises = new Map<number, { resolve: (value: unknown) => void; reject: (cause: unknown) => void }>();
  const replies = new Map<number, { readonly ok: boolean; readonly table: Table }>();
  let lastId = 0;
  const nextId = (): number => {
    lastId += 1;
    return lastId;
  };
  const words = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

  const give = (value: unknown): Table => {
    const table: Table = [];
    const seen = new Map<unknown, number>();
    const add = (part: unknown, depth: number): number => {
      if (depth > 1000) {
        throw new TypeError(
          'Electron contextBridge recursion depth exceeded. Nested objects deeper than 1000 are not supported.',
        );
      }
      const known = seen.get(part);
      if (known !== undefined) return known;
      const index = table.push(['value', undefined]) - 1;
      if ((typeof part === 'object' && part !== null) || typeof part === 'function') seen.set(part, index);
      table[index] = entryOf(part, depth);
      return index;
    };
    const entryOf = (part: unknown, depth: number): Table[number] => {
      if (typeof part === 'function') {
        const id = idOf.get(part) ?? nextId();
        idOf.set(part, id);
        functions.set(id, part as (...args: unknown[]) => unknown);
        return ['function', id];
      }
      if (part instanceof Promise) {
        const id = nextId();
        part.then(
          (settled) => say(other, 'settle', { id, ok: true, table: give(settled) }),
          (cause) => say(other, 'settle', { id, ok: false, table: give(words(cause)) }),
        );
        return ['promise', id];
      }
      if (Array.isArray(part)) return ['array', Array.from(part, (inner) => add(inner, depth + 1))];
      if (part instanceof Error) return ['error', part.message];
      if (typeof part !== 'object' || part === null) return ['value', structuredClone(part)];
      if (
        /^\[object (Date|Map|Set|RegExp|ArrayBuffer|\w+Array|Blob|File)\]$/.test(
          Object.prototype.toString.call(part),
        )
      ) {
        return ['value', structuredClone(part)];
      }
      return ['object', Object.entries(part).map(([key, inner]) => [key, add(inner, depth + 1)])];
    };
    add(value, 0);
    return table;
  };

  const take = (table: Table): unknown => {
    const made = new Map<number, unknown>();
    const build = (index: number): unknown => {
      if (made.has(index)) return made.get(index);
      const [kind, fact] = table[index] ?? ['value', undefined];
      const keep = <Value>(value: Value): Value => {
        made.set(index, value);
        return value;
      };
      if (kind === 'function') return keep(standFor(Number(fact)));
      if (kind === 'promise') {
        return keep(new Promise((resolve, reject) => promises.set(Number(fact), { resolve, reject })));
      }
      if (kind === 'error') return keep(new Error(String(fact)));
      if (kind === 'array') {
        const array: unknown[] = keep([]);
        for (const inner of fact as number[]) array.push(build(inner));
        return array;
      }
      if (kind !== 'object') return fact;
      const object: object = keep({});
      for (const [key, inner] of fact as [string, number][]) {
        Object.defineProperty(object, key, {
          value: build(inner),
          ...{ enumerable: true, configurable: true, writable: true },
        });
      }
      return object;
    };
    return build(0);
  };

  const standFor =
    (id: number) =>
    (...args: unknown[]): unknown => {
      const replyId = nextId();
      say(other, 'call', { id, replyId, table: give(args) });
      const reply = replies.get(replyId);
      replies.delete(replyId);
      if (reply === undefined) throw new Error('The other world did not answer.');
      const value = take(reply.table);
      if (!reply.ok) throw new Error(String(value));
      return value;
    };

  listen('call', ({ id, replyId, table }: { id: number; replyId: number; table: Table }) => {
    const answer = (ok: boolean, value: unknown) => say(other, 'reply', { replyId, ok, table: give(value) });
    try {
      const called = functions.get(id);
      if (called === undefined) throw new Error('No such function');
      answer(true, called(...(take(table) as unknown[])));
    } catch (cause) {
      answer(false, words(cause));
    }
  });
  listen('reply', ({ replyId, ok, table }: { replyId: number; ok: boolean; table: Table }) => {
    replies.set(replyId, { ok, table });
  });
  listen('settle', ({ id, ok, table }: { id: number; ok: boolean; table: Table }) => {
    const promise = promises.get(id);
    promises.delete(id);
    const value = take(table);
    if (ok) promise?.resolve(value);
    else promise?.reject(new Error(String(value)));
  });

  return {
    give,
    take,
    tell: (topic, value) => say(other, topic, give(value)),
    hear: (topic, listener) => listen(topic, (table: Table) => listener(take(table))),
  };
}
