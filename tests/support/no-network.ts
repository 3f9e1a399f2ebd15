/** No test reaches beyond this computer: a socket to anywhere else fails before a packet leaves. */
import net from 'node:net';

const loopbackHosts = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/;

const connect = net.Socket.prototype.connect;

function guardedConnect(this: net.Socket, ...args: unknown[]): net.Socket {
  const host = hostOf(args);
  if (host !== null && !loopbackHosts.test(host)) {
    throw new Error(`A test tried to reach ${host}; tests stay on this computer.`);
  }
  return Reflect.apply(connect, this, args);
}

/** The host that `connect` was asked for; null for a pipe. Node passes its own calls on as one normalised array. */
function hostOf(args: readonly unknown[]): string | null {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === 'object' && first !== null) {
    if ('path' in first && typeof first.path === 'string') return null;
    return 'host' in first && typeof first.host === 'string' ? first.host : 'localhost';
  }
  if (typeof first === 'string' && Number.isNaN(Number(first))) return null;
  return typeof second === 'string' ? second : 'localhost';
}

// The overloads of `connect` can't be written as one function's type; the arguments are passed on untouched.
net.Socket.prototype.connect = guardedConnect as typeof connect;
