import type { Handlers } from '../../src/contract/api.ts';
import { callNames } from '../../src/contract/names.ts';
import { err } from '../../src/contract/result.ts';

/** Handlers for every call of the contract: those given, and a plain refusal for all others. */
export function fakeHandlers(given: Partial<Handlers> = {}): Handlers {
  const refuse = () => err({ kind: 'not-possible-now' as const, detail: 'not faked' });
  // Every name of the contract gets a handler, which a loop can't tell the compiler.
  const all = Object.fromEntries(callNames.map((name) => [name, refuse])) as unknown as Handlers;
  return { ...all, ...given };
}
