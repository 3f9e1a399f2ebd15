/**
 * Buyer aliases as CSV, out and in again. Account ids are written with dashes: a spreadsheet takes bare digits for a number, and eats their
 * zeros.
 */
import { parse } from 'csv-parse/sync';
import { type AliasLine, type AliasPreview, longestAlias } from '../../../contract/aliases.ts';
import { isFormula } from '../domain/formula-text.ts';
import { csvText } from './csv-text.ts';

export interface ListedBuyer {
  readonly accountId: string;
  readonly alias: string | null;
  readonly contracts: number;
  /** Titles, or ids where there is none. */
  readonly products: readonly string[];
}

const header = ['Buyer account', 'Alias', 'Contracts', 'Products'] as const;

/** All buyers, those without an alias too, so that the file can be filled in. */
export function writeAliases(buyers: readonly ListedBuyer[]): string {
  const rows = buyers.map((buyer) => [
    withDashes(buyer.accountId),
    guarded(buyer.alias ?? ''),
    buyer.contracts,
    buyer.products.join('; '),
  ]);
  return csvText([[...header], ...rows], true);
}

const withDashes = (accountId: string): string => accountId.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3');

/** An apostrophe that disarms a formula comes off when the file is read, so one that is the alias's own gets another. */
const ownApostrophes = /^'+/;
const looksGuarded = (text: string): boolean =>
  text.startsWith("'") && isFormula(text.replace(ownApostrophes, ''));
const guarded = (alias: string): string => (looksGuarded(alias) ? `'${alias}` : alias);
const unguarded = (text: string): string => (looksGuarded(text) ? text.slice(1) : text);

/**
 * What a file says, against what is known. The first line names the columns, or is data where it begins with an account. Takes what
 * spreadsheets of any country write: comma, semicolon or tab.
 */
export function readAliases(
  text: string,
  known: { readonly aliases: Readonly<Record<string, string>>; readonly listed: ReadonlySet<string> },
): AliasPreview {
  const rows = parseRows(text);
  if (rows === null) return { lines: [], problem: 'no-table' };
  const [first] = rows;
  if (first === undefined) return { lines: [], problem: 'empty' };
  const columns = findColumns(first.cells);
  if (columns === null) return { lines: [], problem: 'no-columns' };
  const data = columns.isHeader ? rows.slice(1) : rows;
  if (data.length === 0) return { lines: [], problem: 'empty' };
  const seen = new Map<string, string>();
  return {
    lines: data.map(({ line, cells }) =>
      readLine(line, cells[columns.account] ?? '', cells[columns.alias] ?? '', { ...known, seen }),
    ),
    problem: null,
  };
}

interface FileRow {
  readonly line: number;
  readonly cells: readonly string[];
}

function parseRows(text: string): readonly FileRow[] | null {
  try {
    const parsed: unknown = parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
    });
    // The library's types don't know what `info` makes of a row.
    const rows = parsed as {
      readonly record: readonly string[];
      readonly info: { readonly lines: number };
    }[];
    return rows.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch {
    return null;
  }
}

/** The one that the first line has most of, outside of quotes. */
function delimiterOf(text: string): string {
  const [line = ''] = text.replace(/"[^"]*"/g, '').split(/[\r\n]/, 1);
  const count = (delimiter: string): number => line.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best));
}

const accountNames = /^(buyer )?(aws )?(account|account id|buyer|buyer account|buyer account id)$/;
const aliasNames = /^(buyer )?(alias|name)$/;

function findColumns(
  cells: readonly string[],
): { readonly account: number; readonly alias: number; readonly isHeader: boolean } | null {
  const names = cells.map((cell) => cell.trim().toLowerCase().replace(/[_-]/g, ' '));
  const account = names.findIndex((name) => accountNames.test(name));
  const alias = names.findIndex((name) => aliasNames.test(name));
  if (account >= 0 && alias >= 0) return { account, alias, isHeader: true };
  const isData = cells.length >= 2 && readAccount(cells[0] ?? '').problem === null;
  return isData ? { account: 0, alias: 1, isHeader: false } : null;
}

interface Known {
  readonly aliases: Readonly<Record<string, string>>;
  readonly listed: ReadonlySet<string>;
  /** The alias that an earlier line has for an account. */
  readonly seen: Map<string, string>;
}

function readLine(line: number, accountText: string, aliasText: string, known: Known): AliasLine {
  const { accountId, zerosRestored, problem: accountProblem } = readAccount(accountText);
  const alias = unguarded(aliasText).replace(/\s+/g, ' ').trim();
  const before =
    accountId !== null && Object.hasOwn(known.aliases, accountId) ? (known.aliases[accountId] ?? null) : null;
  const earlier = accountId === null ? undefined : known.seen.get(accountId);
  const problem =
    accountProblem ??
    (alias.length > longestAlias ? 'alias-too-long' : null) ??
    (earlier !== undefined && alias !== '' && earlier !== alias ? 'account-twice' : null);
  if (problem === null && accountId !== null && alias !== '') known.seen.set(accountId, alias);
  return {
    line,
    accountText,
    buyerAccountId: accountId,
    before,
    alias,
    outcome: problem !== null ? 'problem' : outcomeOf(before, alias),
    problem,
    zerosRestored,
    notInList: accountId !== null && !known.listed.has(accountId),
  };
}

function outcomeOf(before: string | null, alias: string): AliasLine['outcome'] {
  if (alias === '') return 'unnamed';
  if (before === null) return 'new';
  return before === alias ? 'same' : 'changed';
}

interface ReadAccount {
  readonly accountId: string | null;
  readonly zerosRestored: boolean;
  readonly problem: AliasLine['problem'];
}

/** Fewer digits than this are no account id that only lost its zeros: one in ten thousand begins with so many. */
const fewestDigits = 8;

function readAccount(text: string): ReadAccount {
  const none = { accountId: null, zerosRestored: false };
  // `="0012…"` and `'0012…` are how people make a spreadsheet keep zeros.
  const plain = text
    .trim()
    .replace(/^=?"(.*)"$/, '$1')
    .replace(/^'/, '')
    .replace(/[\s\u00a0-]/g, '');
  if (plain === '') return { ...none, problem: 'account-missing' };
  if (/^\d+(?:[.,]\d+)?e\+?\d+$/i.test(plain)) return { ...none, problem: 'account-rounded' };
  const digits = plain.replace(/[.,]0+$/, '');
  if (/^\d{12}$/.test(digits)) return { accountId: digits, zerosRestored: false, problem: null };
  return /^\d+$/.test(digits) && digits.length >= fewestDigits && digits.length < 12
    ? { accountId: digits.padStart(12, '0'), zerosRestored: true, problem: null }
    : { ...none, problem: 'account-not-an-id' };
}
