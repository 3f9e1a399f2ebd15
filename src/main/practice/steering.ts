import { z } from 'zod';
import { behaviourChangeSchema } from './behaviour.ts';
import { createDefaultWorld } from './default-world.ts';
import { type Fault, faultSchema } from './faults.ts';
import type { PracticeRequest } from './practice-request.ts';
import type { PracticeState } from './practice-state.ts';
import type { Reply } from './serve-operation.ts';
import { resolveInstant } from './world-schema.ts';
import { parseWorld } from './world-store.ts';

const clockSchema = z
  .strictObject({
    mode: z.enum(['skew', 'shift']),
    ms: z.number().int().optional(),
    /** ISO, or relative such as `now+3d`. */
    instant: z.string().optional(),
  })
  .refine(({ ms, instant }) => (ms === undefined) !== (instant === undefined), 'give either ms or instant');

/** The world that practice starts with, in another size. */
const defaultWorldSchema = z.strictObject({
  agreements: z.number().int().min(0).max(1_000_000),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 32 - 1)
    .default(1),
});

const consoleSignInSchema = z.strictObject({
  accountId: z.string().optional(),
  userName: z.string().optional(),
});

/** A steering request that can't be followed, told in words. */
class SteeringError extends Error {
  override readonly name = 'SteeringError';
}

const prefix = '/_practice/';

/** The endpoints under `/_practice/`; undefined for any other path. */
export function serveSteering(state: PracticeState, request: PracticeRequest): Reply | undefined {
  if (!request.path.startsWith(prefix)) return undefined;
  try {
    const [resource = '', ...rest] = request.path.slice(prefix.length).split('/').map(decodeURIComponent);
    return handle(state, request, resource, rest);
  } catch (error) {
    if (error instanceof z.ZodError) return json(400, { error: z.prettifyError(error) });
    if (error instanceof URIError) return json(400, { error: 'The address is not well encoded.' });
    if (error instanceof SteeringError) return json(400, { error: error.message });
    throw error;
  }
}

const json = (status: number, value: unknown): Reply => ({
  kind: 'answer',
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: `${JSON.stringify(value, null, 2)}\n`,
});

function handle(state: PracticeState, request: PracticeRequest, resource: string, rest: string[]): Reply {
  const write = request.method === 'PUT' || request.method === 'POST';
  const notAllowed = (): Reply => json(405, { error: `${request.method} is not possible here.` });
  switch (resource) {
    case 'clock':
      if (write) setClock(state, readJson(request));
      else if (request.method === 'DELETE') {
        state.clock.setSkewMs(0);
        state.clock.setShiftMs(0);
      } else if (request.method !== 'GET') return notAllowed();
      return json(200, clockView(state));
    case 'behaviour':
      if (write) {
        const change = behaviourChangeSchema.parse(readJson(request));
        state.behaviour.current = Object.assign({}, state.behaviour.current, change);
      } else if (request.method !== 'GET') return notAllowed();
      return json(200, state.behaviour.current);
    case 'default-world':
      if (!write) return notAllowed();
      return defaultWorld(state, defaultWorldSchema.parse(readJson(request)));
    case 'world':
      return rest.length > 0 ? changeWorldPart(state, request, rest) : wholeWorld(state, request, write);
    case 'faults':
      return faults(state, request);
    case 'calls':
      if (request.method === 'DELETE') state.calls.clear();
      else if (request.method !== 'GET') return notAllowed();
      return json(200, state.calls.list());
    case 'metered':
      if (request.method === 'DELETE') state.ledger.clear();
      else if (request.method !== 'GET') return notAllowed();
      return json(200, state.ledger.entries());
    case 'sign-ins':
      if (request.method !== 'DELETE') return notAllowed();
      state.sessions.revokeAll();
      return json(200, { revoked: 'all' });
    case 'console-sign-ins':
      if (request.method !== 'POST') return notAllowed();
      return consoleSignIn(state, consoleSignInSchema.parse(readJson(request)));
    default:
      return json(404, {
        error:
          'There are clock, behaviour, world, default-world, faults, calls, metered, sign-ins and console-sign-ins here.',
      });
  }
}

function readJson({ body }: PracticeRequest): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new SteeringError('The body must be JSON.');
  }
}

function setClock({ clock }: PracticeState, body: unknown): void {
  const { mode, ms, instant } = clockSchema.parse(body);
  // The instant of the unmoved clock that the offset counts from.
  const baseMs = mode === 'shift' ? clock.nowMs() - clock.shiftMs() : clock.nowMs();
  const resolved =
    instant === undefined
      ? undefined
      : resolveInstant(instant, mode === 'shift' ? clock.nowMs() : clock.awsNowMs());
  if (instant !== undefined && resolved === undefined) {
    throw new SteeringError(
      'instant must be ISO, such as 2026-12-01T05:59:50Z, or relative, such as now+3d.',
    );
  }
  const offsetMs = resolved === undefined ? (ms ?? 0) : Date.parse(resolved) - baseMs;
  // Beyond the range of dates nothing could be answered any more.
  if (Number.isNaN(new Date(baseMs + offsetMs).getTime()))
    throw new SteeringError('That instant is out of range.');
  if (mode === 'shift') clock.setShiftMs(offsetMs);
  else clock.setSkewMs(offsetMs);
}

const clockView = ({ clock }: PracticeState) => ({
  now: new Date(clock.nowMs()).toISOString(),
  awsNow: new Date(clock.awsNowMs()).toISOString(),
  shiftMs: clock.shiftMs(),
  skewMs: clock.skewMs(),
});

function replaceWorld(state: PracticeState, input: unknown): void {
  try {
    state.world.replace(parseWorld(input, state.clock.awsNowMs()));
  } catch (error) {
    throw new SteeringError(error instanceof Error ? error.message : String(error));
  }
}

function wholeWorld(state: PracticeState, request: PracticeRequest, write: boolean): Reply {
  if (write) replaceWorld(state, readJson(request));
  else if (request.method !== 'GET') return json(405, { error: `${request.method} is not possible here.` });
  return json(200, state.world.view().world);
}

/** Answers with sizes only: a world of ten thousand agreements is tens of megabytes. */
function defaultWorld(state: PracticeState, options: z.output<typeof defaultWorldSchema>): Reply {
  const world = createDefaultWorld({ ...options, nowMs: state.clock.awsNowMs() });
  state.world.replace(world);
  return json(200, {
    agreements: world.agreements.length,
    buyers: world.buyers.length,
    products: world.products.length,
  });
}

function consoleSignIn(state: PracticeState, of: z.output<typeof consoleSignInSchema>): Reply {
  const left = state.console.logIn(of);
  if (left === null) throw new SteeringError('accountId must be one of the sellers.');
  return json(200, left);
}

/** Lists of the world of which one item can be read, put or removed by its identifier. */
const identifiers = {
  products: 'id',
  agreements: 'agreementId',
  roles: 'name',
  buyers: 'accountId',
  offers: 'id',
  profiles: 'name',
  accessKeys: 'accessKeyId',
} as const;

const isPart = (name: string): name is keyof typeof identifiers => Object.hasOwn(identifiers, name);

function changeWorldPart(state: PracticeState, request: PracticeRequest, [part = '', id]: string[]): Reply {
  const { world } = state.world.view();
  if (part === 'signIn' && id === undefined) {
    if (request.method === 'PUT') replaceWorld(state, { ...world, signIn: mergedSignIn(state, request) });
    return json(200, state.world.view().world.signIn);
  }
  if (!isPart(part)) {
    return json(404, { error: `There are ${Object.keys(identifiers).join(', ')} and signIn here.` });
  }
  if (id === undefined) return json(200, world[part]);
  const list: readonly Readonly<Record<string, unknown>>[] = world[part];
  const isIt = (item: Readonly<Record<string, unknown>>): boolean => item[identifiers[part]] === id;
  const known = list.find(isIt);
  if (request.method === 'PUT') {
    const item = z.record(z.string(), z.unknown()).parse(readJson(request));
    if (item[identifiers[part]] !== id) throw new SteeringError(`The ${identifiers[part]} must be ${id}.`);
    const next = known ? list.map((old) => (isIt(old) ? item : old)) : [...list, item];
    replaceWorld(state, { ...world, [part]: next });
    return json(200, item);
  }
  if (!known) return json(404, { error: `${part} has no ${id}.` });
  if (request.method === 'DELETE')
    replaceWorld(state, { ...world, [part]: list.filter((old) => !isIt(old)) });
  return json(200, known);
}

function mergedSignIn(state: PracticeState, request: PracticeRequest): unknown {
  const change = z.record(z.string(), z.unknown()).parse(readJson(request));
  return { ...state.world.view().world.signIn, ...change };
}

function faults(state: PracticeState, request: PracticeRequest): Reply {
  const parse = (): Fault[] => {
    const body = readJson(request);
    return z.array(faultSchema).parse(Array.isArray(body) ? body : [body]);
  };
  if (request.method === 'PUT') state.faults.replace(parse());
  else if (request.method === 'POST') state.faults.replace([...state.faults.list(), ...parse()]);
  else if (request.method === 'DELETE') state.faults.replace([]);
  return json(200, state.faults.list());
}
