import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { csvChunks } from '../../../src/main/core/services/export-usage.ts';
import { storedRecord } from '../domain/records.ts';

async function csvOf(descriptions: readonly string[]): Promise<string> {
  const records = descriptions.map((description) => storedRecord({ description }));
  let text = '';
  for await (const chunk of csvChunks(records, { aliases: {}, timeZone: 'Europe/Berlin' })) text += chunk;
  return text;
}

/** The descriptions as a strict reader of RFC 4180 finds them. */
async function readBack(descriptions: readonly string[]): Promise<unknown[]> {
  const rows: Record<string, string>[] = parse(await csvOf(descriptions), {
    bom: true,
    columns: true,
    record_delimiter: '\r\n',
  });
  return rows.map((row) => row.Description);
}

describe('the exported CSV', () => {
  it.each([
    ['a line feed', 'one\ntwo'],
    ['a carriage return', 'one\rtwo'],
    ['both', 'one\r\ntwo'],
    ['a quotation mark', 'the "big" one'],
    ['a comma', 'one, two'],
  ])('quotes a field that holds %s', async (_, text) => {
    expect(await csvOf([text])).toContain(`"${text.replaceAll('"', '""')}"`);
    expect(await readBack([text, 'next'])).toEqual([text, 'next']);
  });

  it('ends each row with CRLF and begins with a byte order mark', async () => {
    const text = await csvOf(['one', 'two']);
    expect(text.startsWith('\uFEFFSubmitted (UTC),')).toBe(true);
    expect(text.match(/\r\n/g)).toHaveLength(3);
    expect(text.endsWith('\r\n')).toBe(true);
  });
});

describe('text that a spreadsheet would run', () => {
  const signs = ['=', '+', '-', '@', '\uFF1D', '\uFF0B', '\uFF0D', '\uFF20'];
  const before = ['', ' ', '\n', '\r\n', '\u00A0', ' \t\u2003', '\uFEFF'];
  const formulas = signs.flatMap((sign) => before.map((space) => `${space}${sign}1+1`));

  it.each(formulas)('is prefixed by an apostrophe: %j', async (text) => {
    expect(await readBack([text])).toEqual([`'${text}`]);
  });

  it.each(['\tone', '\rone'])('is prefixed where it begins with tab or carriage return: %j', async (text) => {
    expect(await readBack([text])).toEqual([`'${text}`]);
  });

  it.each(['one = two', ' one', '\none', "'=1"])('is no more than that: %j', async (text) => {
    expect(await readBack([text])).toEqual([text]);
  });

  it('is never a number of ours', async () => {
    const text = await csvOf(['one']);
    expect(text).toContain(',1250,0.002,2.5,USD,');
  });
});
