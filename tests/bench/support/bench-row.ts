/** What every benchmark gives back: one row a measurement, as a ratio to a baseline measured in the same run. */

export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly baseline: number;
  /** Unit of `value` and `baseline`; milliseconds where it is left out. */
  readonly unit?: string;
  /** `value / baseline`. */
  readonly ratio: number;
  /** What the ratio should be: `at-most` unless said otherwise. */
  readonly aim?: number;
  readonly aimIs?: 'at-most' | 'at-least';
}

export function meetsAim({ ratio, aim, aimIs = 'at-most' }: BenchRow): boolean {
  if (aim === undefined) return true;
  return aimIs === 'at-most' ? ratio <= aim : ratio >= aim;
}

const toNumber = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

function toCells(row: BenchRow): readonly string[] {
  const unit = row.unit ?? 'ms';
  const sign = row.aimIs === 'at-least' ? '≥' : '≤';
  const verdict = meetsAim(row) ? 'met' : 'MISSED';
  const aim = row.aim === undefined ? '' : `${sign} ${row.aim} ${verdict}`;
  return [
    row.name,
    `${toNumber(row.value)} ${unit}`,
    `${toNumber(row.baseline)} ${unit}`,
    toNumber(row.ratio),
    aim,
  ];
}

/** The rows as a Markdown table with aligned columns. */
export function formatTable(rows: readonly BenchRow[]): string {
  const head = ['measurement', 'value', 'baseline', 'ratio', 'aim'];
  const cells = [head, ...rows.map(toCells)];
  const widths = head.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  const toLine = (line: readonly string[]) =>
    `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [toLine(head), rule, ...cells.slice(1).map(toLine)].join('\n');
}
