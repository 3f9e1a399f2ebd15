import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { withReasonsTable } from '../../../scripts/write-reasons-table.ts';
import { reasonCatalogue } from '../../../src/contract/reason-catalogue.ts';
import { reasonCodes } from '../../../src/contract/reason-codes.ts';
import { adminPolicy } from '../../../src/renderer/src/copy/admin-policy.ts';

const readme = readFileSync(resolve(import.meta.dirname, '../../../README.md'), 'utf8');

it('has the table of reasons as the catalogue has it now (`npm run readme` writes it)', () => {
  expect(withReasonsTable(readme)).toBe(readme);
});

it('names every reason in that table', () => {
  for (const code of reasonCodes)
    expect(readme).toContain(`| \`${code}\` | ${reasonCatalogue[code].badge} |`);
});

it('has the very policy that the app lets a person copy for the AWS admin', () => {
  expect(readme).toContain(`\`\`\`json\n${adminPolicy()}\n\`\`\`\n`);
});
