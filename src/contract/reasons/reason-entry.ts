/** What the catalogue says of one reason, and AWS's pages that it names. */
import type { ReasonCode } from '../reason-codes.ts';

export interface ReasonEntry {
  readonly code: ReasonCode;
  /** One to four words that stand on the badge. */
  readonly badge: string;
  /** `blocker`: nothing was or can be recorded as it is. `warning`: it may still go wrong. `information`: it goes on by itself. */
  readonly severity: 'blocker' | 'warning' | 'information';
  readonly title: string;
  readonly whatHappened: string;
  readonly why: string;
  /** What to do, in order. */
  readonly steps: readonly string[];
  /** May the record be sent again? `identical`: only unchanged, because it may already be recorded. */
  readonly again: 'yes' | 'identical' | 'after-a-change' | 'no';
  /** AWS's own page on it. */
  readonly awsPage: string | null;
  /** `record`: AWS refused this record. `call`: AWS refused or lost the whole call. `sign-in`: nothing was metered. `local`: found here, before sending. */
  readonly scope: 'record' | 'call' | 'sign-in' | 'local';
}

const api = 'https://docs.aws.amazon.com/marketplace/latest/APIReference';
export const resultPage = `${api}/API_marketplace-metering_UsageRecordResult.html`;
export const batchPage = `${api}/API_marketplace-metering_BatchMeterUsage.html`;
export const recordPage = `${api}/API_marketplace-metering_UsageRecord.html`;
export const meteringGuide =
  'https://docs.aws.amazon.com/marketplace/latest/userguide/metering-for-usage.html';
export const contractWithConsumptionGuide =
  'https://docs.aws.amazon.com/marketplace/latest/userguide/saas-integrate-contract-with-pay.html';
export const regionsPage =
  'https://docs.aws.amazon.com/marketplace/latest/developerguide/metering-regions.html';
export const permissionsPage =
  'https://docs.aws.amazon.com/marketplace/latest/userguide/iam-user-policy-for-aws-marketplace-actions.html';
export const signInErrorsPage =
  'https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html';
