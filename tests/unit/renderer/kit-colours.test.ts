import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const kit = resolve(root, 'node_modules/@cloudscape-design/components/internal/generated/theming/index.cjs');
const { preset } = createRequire(import.meta.url)(kit) as {
  readonly preset: { readonly propertiesMap: Readonly<Record<string, string>> };
};

it('the colours that rows take from the kit are those that this version of it has', () => {
  const css = readFileSync(resolve(root, 'src/renderer/src/ui/row-parts.css'), 'utf8');
  const taken = [...css.matchAll(/var\((--color-[^)]+)\)/g)].map(([, name]) => name);
  expect(taken.length).toBeGreaterThan(0);
  expect(Object.values(preset.propertiesMap)).toEqual(expect.arrayContaining(taken));
});
