/** Makes inputs from a call's own schema: such as a page could send, and such as none should. */
import fc from 'fast-check';
import { z } from 'zod';

/** Inputs of the schema's shape. Formats that a walker can't know, such as known time zones, are taken from `samples`. */
export function validInput(schema: z.ZodType, samples: readonly unknown[] = []): fc.Arbitrary<unknown> {
  const made = fitting(schema);
  // What only nearly fits is an input as well: the schema is asked again where it matters.
  return samples.length === 0 ? made : fc.oneof(made, fc.constantFrom(...samples));
}

function fitting(schema: z.ZodType): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodObject) {
    const shape: Record<string, z.ZodType> = schema.shape;
    const required = Object.keys(shape).filter((key) => !(shape[key] instanceof z.ZodOptional));
    return fc.record(Object.fromEntries(Object.entries(shape).map(([key, inner]) => [key, fitting(inner)])), {
      requiredKeys: required,
    });
  }
  if (schema instanceof z.ZodOptional) return fitting(inner(schema.unwrap()));
  if (schema instanceof z.ZodNullable) return fc.option(fitting(inner(schema.unwrap())), { nil: null });
  if (schema instanceof z.ZodArray)
    return fc.array(fitting(inner(schema.element)), { minLength: 1, maxLength: 3 });
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodUUID) return fc.uuid();
  if (schema instanceof z.ZodISODateTime) {
    return fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date('2099-12-31') })
      .map((at) => at.toISOString());
  }
  if (schema instanceof z.ZodNumber) {
    const { minValue, maxValue } = schema;
    return fc.integer({
      min: Math.max(minValue ?? 0, -2_147_483_648),
      max: Math.min(maxValue ?? 1e9, 2_147_483_647),
    });
  }
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values);
  if (schema instanceof z.ZodDiscriminatedUnion)
    return fc.oneof(...schema.options.map((option) => fitting(inner(option))));
  if (schema instanceof z.ZodString) return texts(schema);
  throw new Error(`The walker does not know ${schema.constructor.name} yet`);
}

/** zod names inner schemas by a type wider than the one they are made with. */
const inner = (schema: unknown): z.ZodType => {
  if (schema instanceof z.ZodType) return schema;
  throw new Error('Not a schema');
};

function texts(schema: z.ZodString): fc.Arbitrary<string> {
  const pattern = patternOf(schema);
  const minLength = schema.minLength ?? 0;
  const maxLength = Math.min(schema.maxLength ?? 60, 60);
  const plain = fc.string({ minLength, maxLength, unit: 'grapheme' });
  const known = [
    'Europe/Berlin',
    'UTC',
    'Asia/Kolkata',
    'en-GB',
    'de-DE',
    '2026-11-20',
    '14:05:00',
    '1,250',
    '3',
    'seller-ops',
  ];
  const fittingKnown = known.filter((text) => schema.safeParse(text).success);
  const some = fittingKnown.length === 0 ? [plain] : [plain, fc.constantFrom(...fittingKnown)];
  return pattern === null ? fc.oneof(...some) : fc.stringMatching(pattern);
}

function patternOf(schema: z.ZodString): RegExp | null {
  for (const check of schema.def.checks ?? []) {
    const { def } = check._zod;
    if ('pattern' in def && def.pattern instanceof RegExp) return def.pattern;
  }
  return null;
}

/** Anything JSON can say, with the names and sizes that break careless readers. */
const anything: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    ...[null, true, '', 'x'.repeat(5_000), -1, 2 ** 53, 1e308, [], {}, [[]], '__proto__', '\u0000', '\ud800'],
  ),
  fc
    .constantFrom('{"__proto__":{"polluted":true}}', '{"constructor":{"prototype":{"polluted":true}}}')
    .map((text): unknown => JSON.parse(text)),
);

/** An input of the schema with one thing wrong: a field gone, one too many, or one of another kind. Or something else altogether. */
export function brokenInput(schema: z.ZodType): fc.Arbitrary<unknown> {
  const damaged = fc
    .tuple(fitting(schema), fc.nat(), fc.constantFrom('drop', 'add', 'replace', 'pollute'), anything)
    .map(([input, at, how, other]) => damage(input, at, how, other));
  return fc.oneof(damaged, anything).filter((input) => !schema.safeParse(input).success);
}

function damage(input: unknown, at: number, how: string, other: unknown): unknown {
  if (typeof input !== 'object' || input === null) return other;
  const entries = Object.entries(input);
  const index = entries.length === 0 ? 0 : at % entries.length;
  const [key, value] = entries[index] ?? ['', undefined];
  switch (how) {
    case 'drop':
      return Object.fromEntries(entries.filter((_entry, position) => position !== index));
    case 'add':
      return { ...input, surplus: other };
    case 'pollute':
      return JSON.parse(
        `${JSON.stringify(input).slice(0, -1)}${entries.length === 0 ? '' : ','}"__proto__":{"polluted":true}}`,
      );
    default:
      return {
        ...input,
        [key]: typeof value === 'object' && value !== null ? damage(value, at + 1, 'replace', other) : other,
      };
  }
}
