/**
 * Structured clones as text, for the wire between Chromium and Node, which carries nothing else. Both functions also run in the page,
 * so each stands for itself. https://developer.mozilla.org/docs/Web/API/Web_Workers_API/Structured_clone_algorithm
 */

/** Text of a value, cycles and shared parts included. Throws as Electron does when the value can't be cloned. */
export function textOfClone(value: unknown): string {
  let cloned: unknown;
  try {
    cloned = structuredClone(value);
  } catch {
    throw new Error('An object could not be cloned.');
  }
  const nodes: unknown[] = [];
  const seen = new Map<object, number>();
  const add = (part: unknown): number => {
    if (typeof part === 'object' && part !== null) {
      const known = seen.get(part);
      if (known !== undefined) return known;
    }
    const index = nodes.push(null) - 1;
    if (typeof part === 'object' && part !== null) seen.set(part, index);
    nodes[index] = nodeOf(part);
    return index;
  };
  const nodeOf = (part: unknown): unknown[] => {
    if (part === undefined) return ['undefined'];
    if (typeof part === 'bigint') return ['bigint', String(part)];
    if (typeof part === 'number')
      return Object.is(part, -0) || !Number.isFinite(part)
        ? ['number', Object.is(part, -0) ? '-0' : String(part)]
        : ['json', part];
    if (typeof part !== 'object' || part === null) return ['json', part];
    if (Array.isArray(part)) return ['array', Array.from(part, add)];
    if (part instanceof Date) return ['date', part.getTime()];
    if (part instanceof Map) return ['map', [...part].map(([key, inner]) => [add(key), add(inner)])];
    if (part instanceof Set) return ['set', [...part].map(add)];
    if (part instanceof RegExp) return ['regexp', part.source, part.flags];
    if (part instanceof Error) return ['error', part.name, part.message];
    if (part instanceof ArrayBuffer) return ['buffer', [...new Uint8Array(part)]];
    if (ArrayBuffer.isView(part))
      return ['view', part.constructor.name, add(part.buffer), part.byteOffset, part.byteLength];
    const prototype = Object.getPrototypeOf(part);
    // Files, images and other things of the page: Electron does not clone them either.
    if (prototype !== Object.prototype && prototype !== null)
      throw new Error('An object could not be cloned.');
    return ['object', Object.entries(part).map(([key, inner]) => [key, add(inner)])];
  };
  add(cloned);
  return JSON.stringify(nodes);
}

/** The value of such a text. */
export function cloneOfText(text: string): unknown {
  const nodes: readonly (readonly [string, ...unknown[]])[] = JSON.parse(text);
  const made = new Map<number, unknown>();
  const build = (index: number): unknown => {
    if (made.has(index)) return made.get(index);
    const [kind, ...facts] = nodes[index] ?? ['undefined'];
    const keep = <Value>(value: Value): Value => {
      made.set(index, value);
      return value;
    };
    // Texts come from `textOfClone` alone, which pairs each kind with these facts.
    const list = facts[0] as number[];
    const pairs = facts[0] as [number | string, number][];
    switch (kind) {
      case 'undefined':
        return undefined;
      case 'bigint':
        return BigInt(String(facts[0]));
      case 'number':
        return Number(facts[0]);
      case 'json':
        return facts[0];
      case 'array': {
        const array: unknown[] = keep([]);
        for (const inner of list) array.push(build(inner));
        return array;
      }
      case 'date':
        return keep(new Date(Number(facts[0])));
      case 'map': {
        const map = keep(new Map<unknown, unknown>());
        for (const [key, inner] of pairs) map.set(build(Number(key)), build(inner));
        return map;
      }
      case 'set': {
        const set = keep(new Set<unknown>());
        for (const inner of list) set.add(build(inner));
        return set;
      }
      case 'regexp':
        return keep(new RegExp(String(facts[0]), String(facts[1])));
      case 'error': {
        const error = keep(new Error(String(facts[1])));
        error.name = String(facts[0]);
        return error;
      }
      case 'buffer':
        return keep(new Uint8Array(list).buffer);
      case 'view': {
        // A view is shown as its bytes, whatever numbers it held: no call of ours carries one.
        const buffer = build(Number(facts[1]));
        if (!(buffer instanceof ArrayBuffer)) throw new Error('A view without its buffer');
        return keep(new Uint8Array(buffer, Number(facts[2]), Number(facts[3])));
      }
      default: {
        const object: Record<string, unknown> = keep({});
        for (const [key, inner] of pairs) {
          // Defined, not set: a key named `__proto__` is a key like any other in a clone.
          Object.defineProperty(object, key, {
            value: build(inner),
            ...{ enumerable: true, configurable: true, writable: true },
          });
        }
        return object;
      }
    }
  };
  return build(0);
}
