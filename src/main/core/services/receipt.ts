/** A submission as a document: what was confirmed, by whom, and what AWS said to it. */
import type { AuditHead } from '../../../contract/ledger.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { SubmissionReceipt } from '../../../contract/usage.ts';
import { addMoney } from '../domain/money.ts';
import { utc } from '../domain/utc-hours.ts';
import type { Clock, Ledger, Preferences } from '../ports.ts';
import { recordView } from './record-view.ts';

export interface ReceiptDeps {
  readonly ledger: () => Result<Ledger>;
  readonly auditHead: () => Result<AuditHead>;
  readonly clock: Clock;
  readonly preferences: Preferences;
  readonly practice: boolean;
}

/** Gives the receipt of a submission; fails with `not-found`, or with why the ledger can't be read. */
export function createReceipt(deps: ReceiptDeps): (submissionId: string) => Result<SubmissionReceipt> {
  return (submissionId) => {
    const ledger = deps.ledger();
    if (!ledger.ok) return ledger;
    const submission = ledger.value.submission(submissionId);
    if (!submission.ok) return submission;
    if (submission.value === null) return err({ kind: 'not-found', what: 'submission', id: submissionId });
    const records = ledger.value.recordsOfSubmission(submissionId);
    if (!records.ok) return records;
    const auditHead = deps.auditHead();
    if (!auditHead.ok) return auditHead;
    const { buyerAliases, accountNames } = deps.preferences.get();
    const nowMs = deps.clock.now();
    const { reviewedMs, confirmedMs, confirmationText, reviewHash } = submission.value;
    const { sellerAccountId, sellerRoleName, sellerPrincipalArn, profile } = submission.value;
    return ok({
      ...{ submissionId, confirmationText, reviewHash },
      reviewedUtc: utc(reviewedMs),
      confirmedUtc: utc(confirmedMs),
      ...{ sellerAccountId, sellerRoleName, sellerPrincipalArn, profile },
      sellerAccountName: accountNames[sellerAccountId] ?? null,
      records: records.value.map((record) => recordView(record, buyerAliases, nowMs)),
      estimates: addMoney(records.value.flatMap(({ estimate }) => estimate ?? [])),
      auditHead: auditHead.value,
      nowUtc: utc(nowMs),
      practice: deps.practice,
    });
  };
}
