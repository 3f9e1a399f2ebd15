/** What a file of aliases would change, in words. */
import type { AliasLine, AliasPreview } from '../../../../contract/aliases.ts';
import { formatAccountId, formatCount } from '../../copy/formats.ts';

/** Why nothing could be read of a file. */
export const fileProblemWords = {
  empty: 'The file has no buyers in it.',
  'no-table': 'This is not a CSV file that can be read. Save the sheet as “CSV UTF-8” and choose it again.',
  'no-columns':
    'No column with account ids and none with aliases was found. Name them “Buyer account” and “Alias” in the first line, as the export does.',
} as const satisfies Record<NonNullable<AliasPreview['problem']>, string>;

const problemWords = {
  'account-missing': 'No account id on this line.',
  'account-not-an-id': 'This is no AWS account id: it has twelve digits.',
  'account-rounded':
    'The spreadsheet has rounded this number and its digits are lost. Export the aliases again, and keep the column as text.',
  'alias-too-long': 'The alias is longer than 100 characters.',
  'account-twice': 'Another line above has a different alias for this account.',
} as const satisfies Record<NonNullable<AliasLine['problem']>, string>;

/** What becomes of a line, such as `Globex → Globex Robotics`. */
export function lineWords(line: AliasLine): string {
  switch (line.outcome) {
    case 'new':
      return `New: ${line.alias}`;
    case 'changed':
      return `${line.before ?? ''} → ${line.alias}`;
    case 'same':
      return `Stays ${line.alias}`;
    case 'unnamed':
      return line.before === null ? 'No alias given' : `No alias given; stays ${line.before}`;
    case 'problem':
      return line.problem === null ? '' : problemWords[line.problem];
  }
}

/** What else a person should know of a line. */
export function lineNotes(line: AliasLine): readonly string[] {
  if (line.buyerAccountId === null) return [];
  return [
    ...(line.zerosRestored
      ? [
          `The spreadsheet took the zeros at the front of ${line.accountText.trim()}; read as ${formatAccountId(line.buyerAccountId)}.`,
        ]
      : []),
    ...(line.notInList ? ['No contract in the list is this buyer’s.'] : []),
  ];
}

/** The lines that change something. */
export const changing = (lines: readonly AliasLine[]): readonly AliasLine[] =>
  lines.filter((line) => line.outcome === 'new' || line.outcome === 'changed');

/** Such as `3 new, 1 changed, 12 as they are. 2 lines have a problem and are left out.` */
export function previewWords(lines: readonly AliasLine[]): string {
  const count = (...outcomes: AliasLine['outcome'][]) =>
    lines.filter((line) => outcomes.includes(line.outcome)).length;
  const problems = count('problem');
  const rest = `${count('new')} new, ${count('changed')} changed, ${count('same', 'unnamed')} as they are.`;
  if (problems === 0) return rest;
  const verb = problems === 1 ? 'has a problem and is' : 'have a problem and are';
  return `${rest} ${formatCount(problems, 'line')} ${verb} left out.`;
}
