/**
 * A workbook (Office Open XML, ECMA-376) written as it comes, however many rows it has. Cells are numbers, dates or text; a text is never
 * a formula, whatever it begins with. The same rows give the same bytes.
 *
 * Written here over a zip library, since no writer on the registry does what an export needs: several sheets in constant memory, written
 * without waiting inside one read of the ledger, decimal text as a number digit by digit, and a fixed time in the zip. `exceljs` streams by
 * `archiver` with the present time and is hardly kept; `xlsx-write-stream` and `hucre` stream a single sheet, the latter with JavaScript's
 * numbers only and new in 2026.
 */
import { strToU8, Zip, ZipDeflate } from 'fflate/browser';

export type Cell =
  | { readonly kind: 'text'; readonly text: string }
  /** Decimal text; beyond the digits that a spreadsheet's numbers hold it becomes text. */
  | { readonly kind: 'number'; readonly decimal: string }
  /** Wall-clock time as if it were UTC, epoch ms. */
  | { readonly kind: 'time'; readonly wallMs: number }
  | null;

export interface Workbook {
  /** Begins the next sheet; names are given by the caller, at most 31 characters. */
  readonly sheet: (name: string, widths: readonly number[]) => void;
  readonly row: (cells: readonly Cell[], bold?: boolean) => void;
  readonly end: () => void;
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Cell styles by their place in `cellXfs`. */
const styles = { plain: 0, bold: 1, time: 2 } as const;

const stylesXml = `${head}<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`;

/** What XML 1.0 can't carry, and a carriage return, which it would turn into a line feed; ECMA-376 part 1, 22.9.2.19. */
const unwritable = /[\uFFFE\uFFFF]|\p{Cs}|(?![\t\n])\p{Cc}/gu;
const looksEscaped = /_(?=x[0-9A-Fa-f]{4}_)/g;
const special = /[&<>"_\uFFFE\uFFFF]|\p{Cs}|\p{Cc}/u;

export function xmlText(text: string): string {
  if (!special.test(text)) return text;
  return text
    .replace(looksEscaped, '_x005F_')
    .replace(unwritable, (mark) => `_x${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Doubles hold every decimal number of fifteen digits. */
const fitsNumber = (decimal: string) => decimal.replace(/[-.]/g, '').replace(/^0+/, '').length <= 15;

/** Days since the last of December 1899, as spreadsheets count. */
const serialOf = (wallMs: number) => wallMs / 86_400_000 + 25_569;

const columnNames: string[] = [];
function columnName(index: number): string {
  const known = columnNames[index];
  if (known !== undefined) return known;
  const name =
    (index >= 26 ? columnName(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));
  columnNames[index] = name;
  return name;
}

function cellXml(cell: Cell, place: string, bold: boolean): string {
  if (cell === null) return '';
  if (cell.kind === 'time') return `<c r="${place}" s="${styles.time}"><v>${serialOf(cell.wallMs)}</v></c>`;
  if (cell.kind === 'number' && fitsNumber(cell.decimal)) return `<c r="${place}"><v>${cell.decimal}</v></c>`;
  const text = cell.kind === 'number' ? cell.decimal : cell.text;
  const style = bold ? ` s="${styles.bold}"` : '';
  return `<c r="${place}" t="inlineStr"${style}><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;
}

const flushAt = 262_144;

/** `write` gets the bytes in order. */
export function createWorkbook(write: (bytes: Uint8Array) => void): Workbook {
  const names: string[] = [];
  let open: ZipDeflate | null = null;
  let pending = '';
  let rows = 0;
  const zip = new Zip((failure, bytes) => {
    if (failure !== null) throw failure;
    write(bytes);
  });

  function entry(path: string): ZipDeflate {
    const file = new ZipDeflate(path, { level: 3 });
    // A fixed time, the earliest that the format knows: the same rows give the same bytes.
    file.mtime = new Date(1980, 0, 1);
    zip.add(file);
    return file;
  }

  function whole(path: string, xml: string): void {
    entry(path).push(strToU8(xml), true);
  }

  function endSheet(): void {
    open?.push(strToU8(`${pending}</sheetData></worksheet>`), true);
    open = null;
    pending = '';
  }

  return {
    sheet: (name, widths) => {
      endSheet();
      names.push(name);
      rows = 0;
      open = entry(`xl/worksheets/sheet${names.length}.xml`);
      const columns = widths.map(
        (width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
      );
      pending = `${head}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData>`;
    },
    row: (cells, bold = false) => {
      rows += 1;
      const row = rows;
      pending += `<row r="${row}">${cells.map((cell, index) => cellXml(cell, `${columnName(index)}${row}`, bold)).join('')}</row>`;
      if (pending.length < flushAt) return;
      open?.push(strToU8(pending));
      pending = '';
    },
    end: () => {
      endSheet();
      whole('xl/styles.xml', stylesXml);
      whole('xl/workbook.xml', workbookXml(names));
      whole('xl/_rels/workbook.xml.rels', workbookRelations(names.length));
      whole(
        '_rels/.rels',
        `${head}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      );
      whole('[Content_Types].xml', contentTypes(names.length));
      zip.end();
    },
  };
}

const each = (count: number, xml: (number: number) => string) =>
  Array.from({ length: count }, (_, index) => xml(index + 1)).join('');

const workbookXml = (names: readonly string[]) =>
  `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${names
    .map((name, index) => `<sheet name="${xmlText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`)
    .join('')}</sheets></workbook>`;

const workbookRelations = (sheets: number) =>
  `${head}<Relationships xmlns="${packages}/relationships">${each(
    sheets,
    (number) =>
      `<Relationship Id="rId${number}" Type="${office}/worksheet" Target="worksheets/sheet${number}.xml"/>`,
  )}<Relationship Id="rId${sheets + 1}" Type="${office}/styles" Target="styles.xml"/></Relationships>`;

const contentTypes = (sheets: number) =>
  `${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${spreadsheet}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${spreadsheet}.styles+xml"/>${each(
    sheets,
    (number) =>
      `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${spreadsheet}.worksheet+xml"/>`,
  )}</Types>`;
