/** What stands on the form of one contract, as its page sees it. */
import type { CheckedEntry, Draft, EntryLine, entryFields, Review } from '../../../../contract/entry.ts';
import type { AppError } from '../../../../contract/errors.ts';

export type EntryField = (typeof entryFields)[number];

export interface ReportUsageState {
  readonly stage: 'new' | 'opening' | 'draft-offered' | 'editing';
  readonly lines: readonly EntryLine[];
  /** The licence that was chosen among several; null while none was. */
  readonly licenseArn: string | null;
  /** `lineId field` of each field that was left: its errors are shown. */
  readonly leftFields: ReadonlySet<string>;
  /** Every error is shown, since *Review* was asked for. */
  readonly showAll: boolean;
  readonly checked: CheckedEntry | null;
  readonly checkProblem: AppError | null;
  readonly offeredDraft: Draft | null;
  /** Where the cursor goes when the form appears; null where the form decides. */
  readonly firstFocus: { readonly lineId: string; readonly field: EntryField } | null;
  readonly draftProblem: AppError | null;
  /** The line that was removed last, for *Undo*; with it, the line that it was merged into, as that was before. */
  readonly removed: {
    readonly line: EntryLine;
    readonly at: number;
    readonly mergedInto: EntryLine | null;
  } | null;
  readonly review: Review | null;
  readonly reviewing: boolean;
  readonly reviewProblem: AppError | null;
  readonly submitting: boolean;
}

export type ReviewOutcome =
  | { readonly kind: 'reviewed' }
  | {
      readonly kind: 'errors';
      readonly first: { readonly lineId: string; readonly field: EntryField } | null;
    }
  | { readonly kind: 'failed' };

export const blankForm: ReportUsageState = {
  stage: 'new',
  lines: [],
  licenseArn: null,
  leftFields: new Set(),
  showAll: false,
  checked: null,
  checkProblem: null,
  offeredDraft: null,
  firstFocus: null,
  draftProblem: null,
  removed: null,
  review: null,
  reviewing: false,
  reviewProblem: null,
  submitting: false,
};
