import { isObject } from './aws-json.ts';

/** One request to the simulated AWS and what became of it, while it is being served. */
export interface LoggedCall {
  readonly requestId: string;
  /** AWS's time, ISO, UTC. */
  readonly at: string;
  readonly service: string;
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly userAgent: string;
  /** The request's members; read as text, so that logging costs little. */
  readonly requestText: string;
  accessKeyId?: string;
  accountId?: string;
  region?: string;
  /** Kind of the fault that the call met. */
  fault?: string;
  /** HTTP status; absent when no answer was given, or not yet. */
  status?: number;
  errorName?: string;
  responseText?: string;
  /** The connection was cut instead of an answer. */
  cut?: boolean;
}

/** A call as it is shown: members parsed, tokens and secrets blotted out. */
export type ShownCall = Omit<LoggedCall, 'requestText' | 'responseText'> & {
  readonly request: unknown;
  readonly response?: unknown;
};

export interface CallLog {
  readonly add: (call: LoggedCall) => void;
  readonly list: () => readonly ShownCall[];
  readonly clear: () => void;
}

export function createCallLog(keep: () => number): CallLog {
  let calls: LoggedCall[] = [];
  return {
    add: (call) => {
      calls.push(call);
      // Cut in one go now and then: removing one by one from the front is slow.
      if (calls.length > keep() * 1.25) calls = calls.slice(-keep());
    },
    list: () => calls.slice(-keep()).map(show),
    clear: () => {
      calls = [];
    },
  };
}

function show({ requestText, responseText, ...call }: LoggedCall): ShownCall {
  return {
    ...call,
    request: readable(requestText),
    ...(responseText === undefined ? {} : { response: readable(responseText) }),
  };
}

function readable(text: string): unknown {
  if (text === '') return null;
  try {
    return redact(JSON.parse(text));
  } catch {
    return redactXml(text);
  }
}

const secretNames = new Set(
  'accesstoken refreshtoken idtoken clientsecret code codeverifier devicecode usercode secretaccesskey sessiontoken registrationtoken tokencode verificationuricomplete user_code request'.split(
    ' ',
  ),
);
const blot = '(redacted)';

/** Blots out the values of members that carry a secret, at any depth. */
function redact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redact);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      secretNames.has(name.toLowerCase()) ? blot : redact(inner),
    ]),
  );
}

const redactXml = (xml: string): string =>
  xml.replace(/<(SecretAccessKey|SessionToken)>[^<]*</g, (_, name: string) => `<${name}>${blot}<`);
