import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { AwsError } from './aws-error.ts';
import { type JsonObject, parseJsonBody } from './aws-json.ts';
import type { LoggedCall } from './call-log.ts';
import { accessDenied, requirePermission } from './credentials.ts';
import type { Fault } from './faults.ts';
import type { MeteringTwist } from './metering.ts';
import type { Handling, Operation, SignedOperation } from './operations.ts';
import type { PracticeRequest } from './practice-request.ts';
import type { PracticeState } from './practice-state.ts';
import { stsError, stsResult } from './security-token-service.ts';
import { readSignature } from './signature.ts';
import type { SignedCall } from './signed-call.ts';

/** What goes back over the connection. `cut`: it is reset. `hang`: nothing, and it stays open. */
export type Reply =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
    }
  | { readonly kind: 'cut' }
  | { readonly kind: 'hang' };

interface Outcome {
  readonly output?: JsonObject | string;
  readonly error?: AwsError;
}

/** Serves one call of the simulated AWS: faults, signature, permission, rate limit, the operation, the log. */
export async function serveOperation(
  state: PracticeState,
  operation: Operation,
  request: PracticeRequest,
): Promise<Reply> {
  const requestId = randomUUID();
  const logged = beginLog(state, operation, request, requestId);
  const fault = state.faults.take(operation.name, `${request.query} ${request.body}`);
  if (fault) logged.fault = fault.kind;
  if (fault?.kind === 'hang') return { kind: 'hang' };
  if (fault?.kind === 'slow') await wait(fault.ms ?? 1000);
  if (fault?.kind === 'cut-before-store') return cut(logged);
  const replaced = fault && replacedAnswer(fault, requestId);
  if (replaced && !fault.store) return finish(state, logged, replaced);
  const outcome = perform(state, operation, request, { requestId, logged, fault });
  if (fault?.kind === 'cut-after-store') return cut(logged);
  if (replaced) return finish(state, logged, replaced);
  if (fault?.kind === 'internal-error') {
    logged.errorName = operation.internalError;
    return finish(state, logged, encode(operation, { error: internalError(operation, fault) }, requestId));
  }
  if (outcome.error) logged.errorName = outcome.error.name;
  return finish(state, logged, encode(operation, outcome, requestId));
}

function beginLog(
  state: PracticeState,
  operation: Operation,
  request: PracticeRequest,
  requestId: string,
): LoggedCall {
  const logged: LoggedCall = {
    requestId,
    at: new Date(state.clock.awsNowMs()).toISOString(),
    service: operation.service,
    operation: operation.name,
    method: request.method,
    path: request.path,
    userAgent: request.header('user-agent') ?? '',
    requestText: readable(request),
  };
  state.calls.add(logged);
  return logged;
}

function readable(request: PracticeRequest): string {
  if (request.form.size > 0) return JSON.stringify(Object.fromEntries(request.form));
  return request.body === '' ? JSON.stringify(Object.fromEntries(request.query)) : request.body;
}

const cut = (logged: LoggedCall): Reply => {
  logged.cut = true;
  return { kind: 'cut' };
};

/** Answers that are not the service's own: a proxy's page, a load balancer's empty refusal. */
function replacedAnswer(fault: Fault, requestId: string): (Reply & { kind: 'answer' }) | undefined {
  if (fault.kind === 'html') {
    return {
      kind: 'answer',
      status: fault.httpStatus ?? 502,
      headers: { 'content-type': 'text/html' },
      body: '<!doctype html><html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>',
    };
  }
  if (fault.kind !== 'service-unavailable-empty') return undefined;
  return { kind: 'answer', status: 503, headers: { 'x-amzn-requestid': requestId }, body: '' };
}

interface Performance {
  readonly requestId: string;
  readonly logged: LoggedCall;
  readonly fault: Fault | undefined;
}

function perform(
  state: PracticeState,
  operation: Operation,
  request: PracticeRequest,
  { requestId, logged, fault }: Performance,
): Outcome {
  let call: SignedCall | undefined;
  let input: JsonObject | undefined;
  let outcome: Outcome;
  try {
    if (operation.kind === 'signed') {
      call = signedCall(state, request, { requestId, logged, fault });
      authorize(state, operation, call);
    }
    throwFault(operation, fault, call);
    input = operation.protocol === 'query' ? {} : parseJsonBody(request.body);
    const handling: Handling = { input, request, twist: twistOf(fault) };
    const output =
      operation.kind === 'open'
        ? operation.handle(handling)
        : operation.handle(handling, call ?? neverUnsigned());
    outcome = { output };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    outcome = { error };
  }
  noteInTrail(state, operation, call, { input, outcome, body: request.body });
  return outcome;
}

function neverUnsigned(): never {
  throw new Error('A signed operation was handled without its signature.');
}

function signedCall(
  state: PracticeState,
  request: PracticeRequest,
  { requestId, logged, fault }: Performance,
): SignedCall {
  const nowMs = state.clock.awsNowMs();
  const { accessKeyId, region, sessionToken } = readSignature(request.headers, nowMs);
  logged.accessKeyId = accessKeyId;
  logged.region = region;
  const caller = state.credentials.resolve(accessKeyId, sessionToken, nowMs);
  logged.accountId = caller.accountId;
  return {
    requestId,
    caller,
    region,
    nowMs,
    userAgent: request.header('user-agent') ?? '',
    view: state.world.view(),
    emptyPage: fault?.kind === 'empty-page',
  };
}

function authorize(state: PracticeState, operation: SignedOperation, call: SignedCall): void {
  if (operation.permission !== undefined) requirePermission(call.caller, operation.permission);
  if (!state.behaviour.current.rateLimits) return;
  state.rateLimits.spend(operation.name, call.caller.accountId, call.region, state.clock.nowMs());
}

function internalError(operation: Operation, fault: Fault): AwsError {
  return new AwsError(operation.internalError, fault.message ?? 'An internal error has occurred.', 500);
}

const throttlingNames: Readonly<Record<string, string>> = {
  sso: 'TooManyRequestsException',
  signin: 'TooManyRequestsError',
};

/** Faults that are exceptions of the service, thrown in the place of its work. */
function throwFault(operation: Operation, fault: Fault | undefined, call: SignedCall | undefined): void {
  if (!fault) return;
  if (fault.kind === 'throttling') {
    const name = throttlingNames[operation.service] ?? 'ThrottlingException';
    throw new AwsError(name, fault.message ?? 'Rate exceeded', operation.throttlingStatus);
  }
  if (fault.kind === 'internal-error' && !fault.store) throw internalError(operation, fault);
  if (fault.kind === 'expired-token') {
    throw new AwsError('ExpiredTokenException', 'The security token included in the request is expired', 403);
  }
  if (fault.kind === 'access-denied') {
    if (!call) throw new AwsError('ForbiddenException', 'No access', 403);
    const permission = operation.kind === 'signed' ? operation.permission : undefined;
    throw accessDenied(call.caller, permission ?? `sts:${operation.name}`);
  }
  if (/^[A-Z]/.test(fault.kind)) {
    const status = fault.httpStatus ?? (/Internal|Unavailable/.test(fault.kind) ? 500 : 400);
    const details = fault.error === undefined ? {} : { error: fault.error };
    throw new AwsError(fault.kind, fault.message ?? `Simulated ${fault.kind}.`, status, details);
  }
}

function twistOf(fault: Fault | undefined): MeteringTwist {
  if (fault?.kind === 'unprocessed') return { unprocessed: fault.records ?? 'all' };
  if (fault?.kind === 'unknown-status') return { unknownStatus: fault.status ?? 'AcceptedForReview' };
  return {};
}

function noteInTrail(
  state: PracticeState,
  operation: Operation,
  call: SignedCall | undefined,
  { input, outcome, body }: { input: JsonObject | undefined; outcome: Outcome; body: string },
): void {
  if (operation.name !== 'BatchMeterUsage' || !call) return;
  const { error, output } = outcome;
  const seen = input ?? safeParse(body);
  const result = error ? { error } : typeof output === 'object' ? { output } : {};
  state.trail.record(call, seen, result, state.behaviour.current);
}

function safeParse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

const contentTypes = {
  'json-1.0': 'application/x-amz-json-1.0',
  'json-1.1': 'application/x-amz-json-1.1',
  rest: 'application/json',
  query: 'text/xml',
} as const;

function encode(
  operation: Operation,
  { output, error }: Outcome,
  requestId: string,
): Reply & { kind: 'answer' } {
  const headers = {
    'content-type': contentTypes[operation.protocol],
    'x-amzn-requestid': requestId,
    ...(error && operation.protocol !== 'query' ? { 'x-amzn-errortype': error.name } : {}),
  };
  const status = error?.status ?? 200;
  if (operation.protocol === 'query') {
    const body = error ? stsError(error, requestId) : stsResult(operation.name, String(output), requestId);
    return { kind: 'answer', status, headers, body };
  }
  const throttled = error?.name === 'ThrottlingException';
  return {
    kind: 'answer',
    status: throttled ? operation.throttlingStatus : status,
    headers,
    body: JSON.stringify(error ? { __type: error.name, message: error.message, ...error.details } : output),
  };
}

function finish(state: PracticeState, logged: LoggedCall, reply: Reply & { kind: 'answer' }): Reply {
  logged.status = reply.status;
  logged.responseText = reply.body;
  return {
    ...reply,
    headers: { ...reply.headers, date: new Date(state.clock.awsNowMs()).toUTCString() },
  };
}
