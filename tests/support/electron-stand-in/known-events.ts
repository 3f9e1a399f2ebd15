/** Events of one of Electron's objects. Listening for an event that the stand-in never fires is refused too. */
import { EventEmitter } from 'node:events';
import { record } from './control.ts';

/** Any listener: which arguments belong to which event is told by Electron's declarations to those who listen. */
type Listener = (...args: never[]) => void;

/** Node's emitter calls listeners with whatever was emitted. */
const loose = (listener: Listener) => listener as (...args: unknown[]) => void;

export interface KnownEvents<Name extends string> {
  readonly on: (name: string, listener: Listener) => void;
  readonly once: (name: string, listener: Listener) => void;
  readonly removeListener: (name: string, listener: Listener) => void;
  readonly listenerCount: (name: Name) => number;
  readonly emit: (name: Name, ...args: unknown[]) => void;
  /** Fires with an event that listeners can prevent; whether one did. */
  readonly emitPreventable: (name: Name, facts: object, ...args: unknown[]) => boolean;
}

export function createKnownEvents<const Name extends string>(
  owner: string,
  names: readonly Name[],
): KnownEvents<Name> {
  const emitter = new EventEmitter();
  const known: ReadonlySet<string> = new Set(names);
  const checked = (name: string): string => {
    if (!known.has(name)) throw new Error(`The stand-in for Electron never fires "${name}" on ${owner}.`);
    return name;
  };
  return {
    on: (name, listener) => void emitter.on(checked(name), loose(listener)),
    once: (name, listener) => void emitter.once(checked(name), loose(listener)),
    removeListener: (name, listener) => void emitter.removeListener(checked(name), loose(listener)),
    listenerCount: (name) => emitter.listenerCount(name),
    emit: (name, ...args) => void emitter.emit(name, ...args),
    emitPreventable: (name, facts, ...args) => {
      const event = preventable(facts);
      emitter.emit(name, event, ...args);
      record('event', { owner, name, prevented: event.defaultPrevented, ...facts });
      return event.defaultPrevented;
    },
  };
}

/** An event with `preventDefault`, and the facts that Electron hangs on it. */
export function preventable<Facts extends object>(facts: Facts) {
  let defaultPrevented = false;
  return {
    ...facts,
    get defaultPrevented() {
      return defaultPrevented;
    },
    preventDefault: () => {
      defaultPrevented = true;
    },
  };
}
