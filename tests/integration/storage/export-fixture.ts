/** Exports of invented records, written by the worker as the app writes them. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { everything } from '../../../src/contract/history.ts';
import { createHistoryReader } from '../../../src/main/adapters/storage/ledger/history/history-reader.ts';
import type { NewUsageRecord } from '../../../src/main/core/domain/usage-record.ts';
import type { ExportOrder } from '../../../src/main/core/ports.ts';
import { rowsOf } from '../../../src/main/core/services/history.ts';
import {
  aLedger,
  anHourMs,
  aRecord,
  aSubmission,
  noIncidents,
  temporaryFolder,
  valueIn,
} from './ledger-fixture.ts';

export const timeZone = 'America/New_York';

/** Ids that don't change from run to run, so that the same records are the same bytes. */
const idOf = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

/** A reader over a ledger that holds these records, one an hour. */
export function exporterOf(records: readonly Partial<NewUsageRecord>[]) {
  const { ledger, path } = aLedger();
  const hourMs = 3_600_000;
  for (const [index, changes] of records.entries()) {
    const record = aRecord({ recordId: idOf(index), startMs: anHourMs + index * hourMs, ...changes });
    valueIn(ledger.submit(aSubmission([record], { submissionId: idOf(index), reviewId: randomUUID() })));
  }
  const reader = createHistoryReader({
    ledgerPath: path,
    incidents: noIncidents,
    exportsDir: join(temporaryFolder(), 'exports'),
  });
  onTestFinished(() => reader.close());

  return {
    reader,
    order: (changes: Partial<ExportOrder> = {}): ExportOrder => ({
      rows: rowsOf(everything, {}),
      format: 'csv',
      context: { aliases: { '444455556666': 'Globex =1' }, timeZone, practice: true },
      about: {
        writtenBy: 'Usage Desk 0.0.0',
        writtenUtc: '2026-11-21T00:00:00Z',
        timeZone,
        practice: true,
        filter: [['Seller account', 'all']],
      },
      ...changes,
    }),
    write: async function write(changes: Partial<ExportOrder> = {}) {
      const written = valueIn(await reader.writeExport(this.order(changes)).written);
      if (written === null) throw new Error('The export was cancelled');
      const parts: Uint8Array[] = [];
      for await (const part of written.bytes()) parts.push(part);
      return { ...written, content: Buffer.concat(parts) };
    },
  };
}

/** Text that has broken one spreadsheet or another. */
export const awkward: readonly string[] = [
  ...['=1+1', '+1', '-1', '@SUM(A1)', '＝1+1', ' =1', "'=1", '\t=1'],
  ...['the "big" one', 'a, b; c', 'two\nlines', '😀 👩‍👩‍👧', 'שלום עולם', '\u202Eabc', '日本語'],
  ...['<b>&amp;</b>', '_x0041_', ' space around ', '0012', '1e5', 'TRUE', '2026-11-20', '#N/A', ''],
];
