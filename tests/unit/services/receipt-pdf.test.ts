import { describe, expect, it } from 'vitest';
import { err, ok } from '../../../src/contract/result.ts';
import type { SubmissionReceipt } from '../../../src/contract/usage.ts';
import { createReceiptPdf } from '../../../src/main/core/services/receipt-pdf.ts';

const submissionId = '0a1b2c3d-0000-4000-8000-000000000001';
const aReceipt = { confirmedUtc: '2026-11-20T14:05:00Z', practice: false } as SubmissionReceipt;

function setUp({
  printer = { toPdf: async () => Buffer.from('%PDF-') },
  receipt = ok(aReceipt) as ReturnType<Receipt>,
} = {}) {
  const saved: { name: string; bytes: string }[] = [];
  const savePdf = createReceiptPdf({
    receipt: () => receipt,
    printer,
    save: {
      saveBytes: async ({ suggestedName, chunks }) => {
        const parts: Uint8Array[] = [];
        for await (const part of chunks) parts.push(part);
        saved.push({ name: suggestedName, bytes: Buffer.concat(parts).toString() });
        return ok({ kind: 'saved', path: '/chosen.pdf' });
      },
    },
  });
  return { savePdf, saved };
}
type Receipt = Parameters<typeof createReceiptPdf>[0]['receipt'];

describe('a receipt as a PDF', () => {
  it('is what the host prints, under a name that tells the day and the submission', async () => {
    const { savePdf, saved } = setUp();
    expect(await savePdf(submissionId)).toMatchObject({ ok: true, value: { kind: 'saved' } });
    expect(saved).toEqual([{ name: 'receipt-2026-11-20-0a1b2c3d.pdf', bytes: '%PDF-' }]);
  });

  it('is not to be had of a host that prints nothing, nor of no submission', async () => {
    const without = createReceiptPdf({
      receipt: () => ok(aReceipt),
      printer: null,
      save: { saveBytes: () => expect.unreachable() },
    });
    expect(await without(submissionId)).toMatchObject({ ok: false, error: { kind: 'not-possible-now' } });
    const unknown = setUp({ receipt: err({ kind: 'not-found', what: 'submission', id: submissionId }) });
    expect(await unknown.savePdf(submissionId)).toMatchObject({ ok: false, error: { kind: 'not-found' } });
    expect(unknown.saved).toEqual([]);
  });
});
