import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cloneOfText, textOfClone } from '../../support/electron-stand-in/clone-text.ts';

describe('a clone as text, as it passes between Chromium and Node', () => {
  it('is the value again, whatever JSON does not know of it', () => {
    const anything = fc.anything({
      ...{ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: false },
      ...{
        withNullPrototype: false,
        withObjectString: false,
        withBoxedValues: false,
        withSparseArray: false,
      },
    });
    fc.assert(
      fc.property(anything, (value) => {
        expect(cloneOfText(textOfClone(value))).toEqual(structuredClone(value));
      }),
    );
  });

  it('keeps cycles and shared parts', () => {
    const shared = { name: 'shared' };
    const value: Record<string, unknown> = { first: shared, second: shared };
    value.self = value;
    const back = cloneOfText(textOfClone(value)) as typeof value;
    expect(back.self).toBe(back);
    expect(back.first).toBe(back.second);
  });

  it('carries a key named __proto__ as a key, and pollutes nothing', () => {
    const value: unknown = JSON.parse('{"__proto__": {"polluted": true}}');
    const back = cloneOfText(textOfClone(value));
    expect(Object.keys(Object(back))).toEqual(['__proto__']);
    expect('polluted' in {}).toBe(false);
  });

  it.each([
    ['a function', () => undefined],
    ['a symbol', Symbol('x')],
    ['a function deep inside', { list: [{ act: () => undefined }] }],
  ])('refuses %s in Electron’s words', (_name, value) => {
    expect(() => textOfClone(value)).toThrow('An object could not be cloned.');
  });
});
