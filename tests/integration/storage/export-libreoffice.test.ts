/** What a spreadsheet program reads out of an export, cell by cell. Skipped, loudly, where LibreOffice is not installed. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { awkward, exporterOf } from './export-fixture.ts';
import { temporaryFolder } from './ledger-fixture.ts';

const isInstalled = spawnSync('soffice', ['--version']).status === 0;
if (!isInstalled)
  process.stderr.write(
    '\nSKIPPED: LibreOffice (soffice) is not installed, so no spreadsheet program reads the exports.\n',
  );

/** Opens a file in LibreOffice and gives the first sheet as it shows it. https://wiki.documentfoundation.org/Documentation/DevGuide/Spreadsheet_Documents */
function readByLibreOffice(name: string, content: Buffer): readonly Record<string, string>[] {
  const folder = temporaryFolder();
  writeFileSync(join(folder, name), content);
  const importing = name.endsWith('.csv') ? ['--infilter=CSV:44,34,76,1,,0,false,true'] : [];
  execFileSync(
    'soffice',
    [
      ...[
        `-env:UserInstallation=file://${join(folder, 'profile')}`,
        '--headless',
        '--norestore',
        ...importing,
      ],
      ...[
        '--convert-to',
        'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false',
        '--outdir',
        join(folder, 'out'),
      ],
      join(folder, name),
    ],
    { stdio: 'pipe' },
  );
  return parse(readFileSync(join(folder, 'out', 'records.csv')), {
    bom: true,
    columns: true,
    relax_quotes: true,
  });
}

describe.skipIf(!isInstalled)('LibreOffice', () => {
  // Starting it takes seconds, and much longer on a loaded machine.
  const timeout = 180_000;
  const descriptions = awkward.map((description, index) => ({ description, quantity: index * 100_003 }));

  it('reads every cell of a workbook unchanged', { timeout }, async () => {
    const exporter = exporterOf(descriptions);
    const { content } = await exporter.write({ format: 'xlsx' });
    const rows = readByLibreOffice('records.xlsx', content);
    // Cell by cell what CSV has, but for how times are written and the apostrophe.
    const inCsv: readonly Record<string, string>[] = parse((await exporter.write()).content, {
      bom: true,
      columns: true,
    });
    const asShown = (name: string, text: string) =>
      /\((?:UTC|local)\)$/.test(name) ? text.slice(0, 19).replace('T', ' ') : text;
    for (const [index, row] of rows.entries())
      for (const [name, text] of Object.entries(inCsv[index] ?? {}))
        if (name !== 'Description')
          expect([index, name, row[name]]).toEqual([index, name, asShown(name, text)]);
    expect(rows.map((row) => row.Description)).toEqual(awkward);
    expect(rows.map((row) => row.Quantity)).toEqual(descriptions.map(({ quantity }) => String(quantity)));
    expect(rows[0]).toMatchObject({
      'Usage time (UTC)': '2026-11-20 14:00:00',
      'Usage time (local)': '2026-11-20 09:00:00',
      'Unit price': '0.00025',
      Estimate: '0.00075',
      'Buyer account': '444455556666',
      'Buyer alias': 'Globex =1',
    });
  });

  it('reads the text of a CSV file unchanged, but for the apostrophe that protects it', {
    timeout,
  }, async () => {
    // CSV has no types: what looks like a number becomes one, whoever reads it. The workbook is for that.
    const texts = descriptions.filter(({ description }) => !/^[\d.]+(?:e\d+)?$/.test(description));
    const { content } = await exporterOf(texts).write();
    const written: readonly Record<string, string>[] = parse(content, { bom: true, columns: true });
    const rows = readByLibreOffice('records.csv', content);
    expect(rows.map((row) => row.Description)).toEqual(written.map((row) => row.Description));
    expect(rows.map((row) => row.Quantity)).toEqual(written.map((row) => row.Quantity));
    // Whatever doesn't look like a number or a time to it stays as it is, in every cell.
    const looksOtherwise = /^(?!.*\((?:UTC|local)\)$)(?!.*(?:account|price|Estimate)$)/i;
    for (const [index, row] of rows.entries())
      for (const [name, text] of Object.entries(written[index] ?? {}))
        if (looksOtherwise.test(name)) expect([index, name, row[name]]).toEqual([index, name, text]);
  });
});
