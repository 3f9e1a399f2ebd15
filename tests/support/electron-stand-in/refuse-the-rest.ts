/** What the stand-in does not know is an error, never a silent no-op. */

/** Names that the language itself looks up on any object, such as `then` when it is awaited. */
const languageNames: ReadonlySet<string> = new Set([
  'then',
  'toJSON',
  'constructor',
  'prototype',
  'length',
  'name',
]);

/**
 * `members` behind a guard that throws on reading or writing any other name. The answer is typed as the whole of Electron's
 * object, because that is what its users see; what is missing says so when it is touched.
 */
export function refuseTheRest<Whole extends object>(name: string, members: Partial<Whole>): Whole {
  const unknown = (key: string): Error =>
    new Error(`The stand-in for Electron does not know ${name}.${key}: teach it, with what Electron does.`);
  const guarded = new Proxy(members, {
    get: (target, key, receiver) => {
      if (typeof key === 'symbol' || key in target || languageNames.has(key)) {
        return Reflect.get(target, key, receiver);
      }
      throw unknown(key);
    },
    set: (target, key, value, receiver) => {
      if (typeof key === 'symbol' || !(key in target)) throw unknown(String(key));
      return Reflect.set(target, key, value, receiver);
    },
  });
  // Every member of the whole can be asked for: those that are missing answer by an error.
  return guarded as Whole;
}
