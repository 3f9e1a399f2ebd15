/** The receipt that is on the page, as a file: the host prints its own page, and the person says where the file goes. */
import { err, type Result } from '../../../contract/result.ts';
import type { SavedFile, SubmissionReceipt } from '../../../contract/usage.ts';
import type { PagePrinter, SaveTarget } from '../ports.ts';

export interface ReceiptPdfDeps {
  readonly receipt: (submissionId: string) => Result<SubmissionReceipt>;
  readonly printer: PagePrinter | null;
  readonly save: Pick<SaveTarget, 'saveBytes'>;
}

/** Fails as the receipt does, with `not-possible-now` where the host doesn't print, or as saving does. Rejects when the page can't be printed. */
export function createReceiptPdf({
  receipt,
  printer,
  save,
}: ReceiptPdfDeps): (submissionId: string) => Promise<Result<SavedFile>> {
  return async (submissionId) => {
    if (printer === null) return err({ kind: 'not-possible-now', detail: 'this host saves no PDF' });
    const found = receipt(submissionId);
    if (!found.ok) return found;
    const { confirmedUtc, practice } = found.value;
    // Printed before anybody is asked where to: it is what stands on the page at this moment.
    const bytes = await printer.toPdf();
    return await save.saveBytes({
      suggestedName: `${practice ? 'practice-' : ''}receipt-${confirmedUtc.slice(0, 10)}-${submissionId.slice(0, 8)}.pdf`,
      mediaType: 'application/pdf',
      chunks: oneChunk(bytes),
    });
  };
}

async function* oneChunk(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
