/** Writes the README's table of reasons from the one catalogue: `npm run readme`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ReasonEntry, reasonCatalogue } from '../src/contract/reason-catalogue.ts';

const path = resolve(import.meta.dirname, '../README.md');
const marks = /(<!-- reasons:start -->\n)[\s\S]*?(<!-- reasons:end -->)/;

const again = {
  yes: 'yes',
  identical: 'yes, unchanged',
  'after-a-change': 'after a change',
  no: 'no',
} as const satisfies Record<ReasonEntry['again'], string>;

/** The README with the table of today's catalogue between its marks. */
export function withReasonsTable(readme: string): string {
  const rows = Object.values<ReasonEntry>(reasonCatalogue).map(
    (reason) =>
      `| \`${reason.code}\` | ${reason.badge} | ${cell(reason.whatHappened)} | ${cell(reason.steps.join(' '))} | ${again[reason.again]} |`,
  );
  const table = [
    '| code | badge | what happened | what to do | send again |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ];
  return readme.replace(marks, (_, start: string, end: string) => `${start}${table.join('\n')}\n${end}`);
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

if (process.argv[1] === import.meta.filename)
  writeFileSync(path, withReasonsTable(readFileSync(path, 'utf8')));
