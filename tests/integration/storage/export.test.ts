import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { csvText } from '../../../src/main/adapters/storage/ledger/export/csv.ts';
import { xmlText } from '../../../src/main/adapters/storage/ledger/export/xlsx.ts';
import { exportColumns } from '../../../src/main/core/domain/export-columns.ts';
import { awkward, exporterOf } from './export-fixture.ts';

const withDescriptions = (texts: readonly string[]) =>
  exporterOf(texts.map((description) => ({ description })));

const rowsIn = (content: Buffer): readonly Record<string, string>[] =>
  parse(content, { bom: true, columns: true, record_delimiter: '\r\n' });

describe('an export as CSV', () => {
  it('has a byte order mark, the documented columns and one row a record, oldest first', async () => {
    const { content, records } = await withDescriptions(['one', 'two']).write();
    expect(content.toString().startsWith('\uFEFFSubmitted (UTC),Submitted (local),')).toBe(true);
    expect(content.toString().endsWith('\r\n')).toBe(true);
    const rows = rowsIn(content);
    expect(records).toBe(2);
    expect(Object.keys(rows[0] ?? {})).toEqual(exportColumns.map(({ name }) => name));
    expect(rows.map((row) => row.Description)).toEqual(['one', 'two']);
    expect(rows[0]).toMatchObject({
      'Usage time (UTC)': '2026-11-20T14:00:00Z',
      'Usage time (local)': '2026-11-20 09:00:00-05:00',
      'Time zone': 'America/New_York',
      'Buyer account': '444455556666',
      'Buyer alias': 'Globex =1',
      Quantity: '3',
      'Unit price': '0.00025',
      Estimate: '0.00075',
      Currency: 'USD',
      Status: 'pending',
      Practice: 'practice',
    });
  });

  it('says beside it what it holds', async () => {
    const { beside, head } = await withDescriptions(['one', 'two']).write();
    expect(JSON.parse(beside ?? '')).toMatchObject({
      practice: true,
      records: 2,
      auditHead: `${head.seq}:${head.hash}`,
      filter: { 'Seller account': 'all' },
      totals: { pending: { records: 2, money: [{ amount: '0.0015', currencyCode: 'USD' }] } },
      totalsByDimension: [{ dimensionKey: 'api_calls', pending: { quantity: '6' } }],
    });
  });

  it.each(['csv', 'xlsx'] as const)('is the same bytes for the same records, as %s', async (format) => {
    const exporter = withDescriptions(awkward);
    const [first, second] = [await exporter.write({ format }), await exporter.write({ format })];
    expect(first.content.equals(second.content)).toBe(true);
  });

  it('comes to nothing when it is cancelled', async () => {
    const exporter = withDescriptions(Array.from({ length: 300 }, () => 'one'));
    const writing = exporter.reader.writeExport(exporter.order());
    writing.cancel();
    expect(await writing.written).toEqual({ ok: true, value: null });
  });

  it('comes back from any text as it was, but for the apostrophe before what would run', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const row = `${csvText(text)},next\r\n`;
        const [cells] = parse(row, { record_delimiter: '\r\n' }) as string[][];
        const read = cells?.[0] ?? '';
        expect(read === text || read === `'${text}`).toBe(true);
        expect(read).not.toMatch(/^\s*[=+\-@]/);
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});

describe('an export as XLSX', () => {
  const sheet = (content: Buffer, number: number) =>
    Buffer.from(unzipSync(content)[`xl/worksheets/sheet${number}.xml`] ?? []).toString();

  it('has numbers and times as such, every text as text, and no formula', async () => {
    const { content } = await withDescriptions(awkward).write({ format: 'xlsx' });
    const xml = sheet(content, 1);
    expect(xml).toContain('<v>3</v>');
    expect(xml).toContain('<v>0.00025</v>');
    expect(xml).not.toContain('<f');
    expect(xml).toContain('<is><t xml:space="preserve">=1+1</t></is>');
    expect(xml).toContain('_x005F_x0041_');
  });

  it('goes on in another sheet, with the heads again', async () => {
    const { content } = await withDescriptions(['a', 'b', 'c']).write({ format: 'xlsx', rowsPerSheet: 2 });
    expect(sheet(content, 1).match(/<row /g)).toHaveLength(3);
    expect(sheet(content, 2).match(/<row /g)).toHaveLength(2);
    expect(sheet(content, 2)).toContain('Submitted (UTC)');
    expect(sheet(content, 3)).toContain('About this export');
  });

  it('carries any text through XML', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const xml = xmlText(text);
        expect(xml).not.toMatch(/[<>"\r\uFFFE\uFFFF]|\p{Cs}/u);
        const read = xml
          .replaceAll('&quot;', '"')
          .replaceAll('&gt;', '>')
          .replaceAll('&lt;', '<')
          .replaceAll('&amp;', '&')
          .replace(/_x([0-9A-F]{4})_/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
        expect(read).toBe(text);
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
