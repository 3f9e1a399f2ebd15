import { AwsError } from './aws-error.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads a request body. AWS answers `SerializationException` to what is no JSON object. */
export function parseJsonBody(body: string): JsonObject {
  if (body.trim() === '') return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw new AwsError('SerializationException', 'Unable to parse the request body as JSON.');
  }
  if (!isObject(parsed)) throw wrongType(parsed, 'Structure');
  return parsed;
}

const kindOf = (value: unknown): string => {
  if (Array.isArray(value)) return 'Start of list';
  if (isObject(value)) return 'Start of structure or map';
  if (typeof value === 'string') return 'STRING_VALUE';
  if (typeof value === 'number') return Number.isInteger(value) ? 'NUMBER_VALUE' : 'A number with a fraction';
  return typeof value === 'boolean' ? `${String(value).toUpperCase()}_VALUE` : 'The value';
};

const wrongType = (value: unknown, wanted: string): AwsError =>
  new AwsError('SerializationException', `${kindOf(value)} can not be converted to ${wanted}`);

/** Readers of one member: absent and null are both `undefined`, a wrong JSON type is a `SerializationException`. */
export const member = {
  text: (from: JsonObject, name: string): string | undefined => {
    const value = from[name] ?? undefined;
    if (value === undefined || typeof value === 'string') return value;
    throw wrongType(value, 'a String');
  },
  whole: (from: JsonObject, name: string): number | undefined => {
    const value = from[name] ?? undefined;
    if (value === undefined || (typeof value === 'number' && Number.isInteger(value))) return value;
    throw wrongType(value, 'an Integer');
  },
  /** Epoch seconds on the wire, with a fraction; milliseconds here. */
  instantMs: (from: JsonObject, name: string): number | undefined => {
    const value = from[name] ?? undefined;
    if (value === undefined) return value;
    if (typeof value === 'number') return Math.round(value * 1000);
    throw wrongType(value, 'a Timestamp');
  },
  object: (from: JsonObject, name: string): JsonObject | undefined => {
    const value = from[name] ?? undefined;
    if (value === undefined || isObject(value)) return value;
    throw wrongType(value, 'a Structure');
  },
  objects: (from: JsonObject, name: string): readonly JsonObject[] | undefined => {
    const value = from[name] ?? undefined;
    if (value === undefined) return value;
    if (!Array.isArray(value)) throw wrongType(value, 'a List');
    return value.map((item) => {
      if (isObject(item)) return item;
      throw wrongType(item, 'a Structure');
    });
  },
  texts: (from: JsonObject, name: string): readonly string[] | undefined => {
    const value = from[name] ?? undefined;
    if (value === undefined) return value;
    if (!Array.isArray(value)) throw wrongType(value, 'a List');
    return value.map((item) => {
      if (typeof item === 'string') return item;
      throw wrongType(item, 'a String');
    });
  },
} as const;

/** Collects broken model constraints and words them as AWS does. */
export function createConstraints() {
  const broken: string[] = [];
  return {
    check: (fulfilled: boolean, value: unknown, path: string, constraint: string): void => {
      if (fulfilled) return;
      const shown = value === undefined ? 'null' : `'${typeof value === 'string' ? value : String(value)}'`;
      broken.push(`Value ${shown} at '${path}' failed to satisfy constraint: ${constraint}`);
    },
    throwIfBroken: (details: JsonObject = {}): void => {
      if (broken.length === 0) return;
      const count = `${broken.length} validation error${broken.length === 1 ? '' : 's'} detected`;
      throw new AwsError('ValidationException', `${count}: ${broken.join('; ')}`, 400, details);
    },
  };
}

/** An instant as these services put it on the wire: epoch seconds, with a fraction where there is one. */
export const epochSeconds = (instant: string | number): number => new Date(instant).getTime() / 1000;
