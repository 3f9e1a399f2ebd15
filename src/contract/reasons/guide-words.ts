/**
 * What the catalogue's words mean for one record: what is seen on it, and the steps that fit it. Pure; the page and the support
 * bundle say the same, each in its own zone.
 */
import type { GuideFacts } from '../guide.ts';
import type { ReasonCode } from '../reason-codes.ts';
import type { UsageRecordView } from '../usage.ts';

/** How facts read: instants (ISO 8601, UTC) with their zone, spans in ms, account ids, money apart. */
export interface FactWords {
  readonly instant: (utc: string) => string;
  readonly span: (ms: number) => string;
  readonly account: (accountId: string) => string;
  readonly quantity: (quantity: number) => string;
}

export type GuidedRecord = Pick<
  UsageRecordView,
  | 'status'
  | 'phase'
  | 'reason'
  | 'awsErrorName'
  | 'awsMessage'
  | 'startUtc'
  | 'deadlineUtc'
  | 'dimensionKey'
  | 'buyerAccountId'
  | 'licenseArn'
  | 'productCode'
  | 'scheme'
  | 'meteringRegion'
  | 'sellerAccountId'
  | 'sellerPrincipalArn'
  | 'nextTryUtc'
>;

export interface Guide {
  /** Facts of this record that explain it; empty when none is known. */
  readonly seen: readonly string[];
  /** Steps that take the place of the catalogue's; null where those fit as they are. */
  readonly steps: readonly string[] | null;
}

interface Subject {
  readonly record: GuidedRecord;
  readonly facts: GuideFacts;
  readonly say: FactWords;
}

const nothing: Guide = { seen: [], steps: null };

/** The guide of a record whose reason is known; empty for a reason that has no facts of its own. */
export function guideOf(record: GuidedRecord, facts: GuideFacts, say: FactWords): Guide {
  const { reason } = record;
  if (reason === null) return nothing;
  const guide = guides[reason]?.({ record, facts, say }) ?? nothing;
  return { ...guide, seen: [...guide.seen, ...whenItEnds({ record, facts, say })] };
}

const guides: Partial<Record<ReasonCode, (subject: Subject) => Guide>> = {
  'invalid-usage-dimension': dimension,
  'timestamp-out-of-bounds': time,
  'window-missed': time,
  'too-old': time,
  'became-too-old-while-waiting': time,
  'customer-not-subscribed': subscription,
  'invalid-customer': subscription,
  'invalid-license': licence,
  'invalid-product-code': productCode,
  'region-disabled': ({ record }) => ({
    seen: [`It was sent to ${record.meteringRegion}.`],
    steps: null,
  }),
  'duplicate-record': duplicate,
  'outcome-unknown': unknownOutcome,
  'aws-unavailable': unknownOutcome,
  'aws-refused': awsSaid,
  'unrecognised-answer': awsSaid,
  'bad-request': awsSaid,
  'not-allowed': permission,
  'clock-wrong': clock,
  'wrong-account': account,
};

function dimension({ record, facts: { contract, nearestKey } }: Subject): Guide {
  const sent = `It was sent with the dimension key “${record.dimensionKey}”.`;
  if (contract === null || contract.meteredKeys === null) return { seen: [sent], steps: null };
  const { meteredKeys, entitledKeys } = contract;
  if (meteredKeys.includes(record.dimensionKey)) {
    return {
      seen: [sent, 'The contract and the listing had exactly this key as metered when they were last read.'],
      steps: [
        'Refresh the contracts and open this record again: the listing may have changed since.',
        'If the key is still there, choose Send again: AWS may know it by now.',
        'If AWS refuses it once more, ask AWS, with the support bundle: the listing and AWS’s metering disagree.',
      ],
    };
  }
  const known =
    meteredKeys.length === 0
      ? 'The contract has no metered dimension today.'
      : `The contract’s metered dimensions: ${quoted(meteredKeys)}.`;
  if (entitledKeys.includes(record.dimensionKey)) {
    return {
      seen: [sent, 'On this contract it is an entitled (prepaid) dimension, which can’t be metered.', known],
      steps: [
        'If the usage goes beyond what was bought, choose Correct and resend and take the metered dimension for it.',
        'If there is none, write it off here and settle it with the buyer.',
      ],
    };
  }
  if (nearestKey === null) return { seen: [sent, known], steps: null };
  return {
    seen: [sent, known, `The nearest is “${nearestKey}”${differs(record.dimensionKey, nearestKey)}.`],
    steps: [
      `Choose Correct and resend. If “${nearestKey}” is what was meant, take it there; nothing else has to change.`,
      'If neither fits, the listing must get the dimension first.',
    ],
  };
}

function differs(sent: string, nearest: string): string {
  return sent.toLowerCase() === nearest.toLowerCase() ? ': only capitals differ, and they count' : '';
}

function time({ record, facts, say }: Subject): Guide {
  const seen = [`Its start time is ${say.instant(record.startUtc)}.`];
  if (facts.lastTriedUtc === null) seen.push('It was never sent.');
  else
    seen.push(
      `It was last sent ${say.instant(facts.lastTriedUtc)}${ageAt(facts.lastTriedUtc, record, say)}.`,
    );
  const offset = facts.clockOffsetMs;
  if (offset !== null && Math.abs(offset) >= 30_000) {
    seen.push(`This computer’s clock is ${say.span(Math.abs(offset))} ${offset > 0 ? 'slow' : 'fast'}.`);
  }
  const isLate = Date.parse(facts.nowUtc) >= Date.parse(record.deadlineUtc);
  if (record.status !== 'rejected' || !isLate) return { seen, steps: null };
  return {
    seen,
    steps: [
      'This usage can’t be metered any more. Don’t give it a later time: it would be billed for an hour in which it was not used.',
      'Settle it with the buyer outside AWS Marketplace, then write it off here.',
      'Look at the attempts to see what kept it.',
    ],
  };
}

function ageAt(utc: string, record: GuidedRecord, say: FactWords): string {
  const ms = Date.parse(utc) - Date.parse(record.startUtc);
  return ms >= 0 ? `, ${say.span(ms)} after its start time` : ', before its start time';
}

function subscription({ record, facts: { contract }, say }: Subject): Guide {
  const sent = `It was sent for the buyer ${say.account(record.buyerAccountId)}.`;
  if (contract === null) return { seen: [sent], steps: null };
  const seen = [sent];
  if (contract.buyerAccountId !== record.buyerAccountId) {
    seen.push(`The contract’s buyer is ${say.account(contract.buyerAccountId)}.`);
  }
  seen.push(`AWS shows the contract as ${contract.awsStatus}${endOf(contract, say)}.`);
  if (contract.awsStatus === 'ACTIVE') {
    return {
      seen,
      steps: [
        'The contract is active here: the buyer’s AWS account may be suspended, or AWS doesn’t know the subscription yet. Ask the buyer.',
        'When that is settled and the record is still in time, choose Send again.',
        'If the record is past its deadline, settle it with the buyer outside AWS Marketplace and write it off here.',
      ],
    };
  }
  return { seen, steps: null };
}

function endOf(contract: NonNullable<GuideFacts['contract']>, say: FactWords): string {
  if (contract.endUtc === null) return '';
  return `, its end ${contract.endIsAbout ? 'about ' : ''}${say.instant(contract.endUtc)}`;
}

function licence({ record, facts: { contract } }: Subject): Guide {
  if (record.licenseArn === null) return nothing;
  const seen = [`It was sent with the licence ${record.licenseArn}.`];
  if (contract === null) return { seen, steps: null };
  if (contract.licenseArns.includes(record.licenseArn)) {
    return {
      seen: [...seen, 'The contract shows this very licence today.'],
      steps: [
        'Look whether the usage began before the licence was activated, or after the contract ended.',
        'If the contract was renewed or replaced, report the usage on the contract that was valid at that time.',
        'Otherwise ask AWS, with the support bundle.',
      ],
    };
  }
  const now =
    contract.licenseArns.length === 0
      ? 'The contract shows no licence today.'
      : `The contract’s licences today: ${contract.licenseArns.join(', ')}.`;
  return { seen: [...seen, now], steps: null };
}

function productCode({ record, facts: { contract } }: Subject): Guide {
  if (record.productCode === null) return nothing;
  const seen = [`It was sent with the product code ${record.productCode}.`];
  if (contract === null || contract.productCode === null) return { seen, steps: null };
  return {
    seen: [
      ...seen,
      contract.productCode === record.productCode
        ? 'The catalog shows this very code today.'
        : `The catalog shows the code ${contract.productCode} today.`,
    ],
    steps: null,
  };
}

function duplicate({ facts: { sameHour }, say }: Subject): Guide {
  if (sameHour.length === 0) {
    return {
      seen: [
        'This computer’s history has no other record for that hour: it was reported by somebody or something else.',
      ],
      steps: null,
    };
  }
  return {
    seen: sameHour.map(
      ({ status, quantity }) =>
        `This computer’s history has a record of ${say.quantity(quantity)} for that hour (${status}).`,
    ),
    steps: null,
  };
}

/** Where no resend is planned any more, only evidence helps. */
function unknownOutcome({ record: { phase, nextTryUtc, awsErrorName } }: Subject): Guide {
  if (phase !== 'unknown' || nextTryUtc !== null) return nothing;
  const again =
    awsErrorName === 'DuplicateRecord'
      ? 'Asked again, AWS said that it holds a record for this hour: that may be this one, or somebody else’s.'
      : 'It is not sent again by itself any more.';
  return {
    seen: [again],
    steps: [
      'Don’t enter the usage again: the hour stays locked until the outcome is known.',
      'Choose Decide: it shows what CloudTrail and the attempts tell, and settles the record on that.',
    ],
  };
}

/** AWS's own words, where they are all that is known. */
function awsSaid({ record: { awsErrorName, awsMessage } }: Subject): Guide {
  const said = [awsErrorName, awsMessage].filter((part) => part !== null && part !== '').join(': ');
  return { seen: said === '' ? [] : [`AWS said “${said}”.`], steps: null };
}

function permission({ record, facts: { missingAction } }: Subject): Guide {
  const action = missingAction ?? 'aws-marketplace:BatchMeterUsage';
  return {
    seen: [`AWS refused ${action} to ${record.sellerPrincipalArn}.`],
    steps: [
      `Ask your AWS admin to allow ${action} for this role, with * as the resource. The whole policy can be copied in Settings.`,
      'When it is allowed, choose Try now: the same record is sent.',
    ],
  };
}

function clock({ facts: { clockOffsetMs }, say }: Subject): Guide {
  if (clockOffsetMs === null) return nothing;
  const off = `${say.span(Math.abs(clockOffsetMs))} ${clockOffsetMs > 0 ? 'slow' : 'fast'}`;
  return { seen: [`This computer’s clock is ${off}, compared with AWS’s.`], steps: null };
}

function account({ record, facts: { signedInAccountId }, say }: Subject): Guide {
  const seen = [`The record belongs to ${say.account(record.sellerAccountId)}.`];
  if (signedInAccountId !== null) seen.push(`You are signed in to ${say.account(signedInAccountId)}.`);
  return { seen, steps: null };
}

const limitOf = {
  age: 'AWS takes usage that is less than 24 hours old',
  month: 'AWS closes a month at 06:00 UTC on the 1st of the next one',
  'contract-end': 'AWS takes usage for one hour after the contract’s end',
} as const;

/** The deadline, and by how much it has passed or how much is left. Not for what is settled well. */
function whenItEnds({ record, facts, say }: Subject): string[] {
  if (record.status !== 'pending' && record.status !== 'rejected') return [];
  const leftMs = Date.parse(record.deadlineUtc) - Date.parse(facts.nowUtc);
  const limit = limitOf[facts.deadlineRule];
  const deadline = say.instant(record.deadlineUtc);
  return [
    leftMs > 0
      ? `Its deadline is ${deadline}, ${say.span(leftMs)} from now: ${limit}.`
      : `Its deadline was ${deadline}, ${say.span(-leftMs)} ago: ${limit}.`,
  ];
}

function quoted(keys: readonly string[]): string {
  const shown = keys.slice(0, 8).map((key) => `“${key}”`);
  return keys.length > shown.length
    ? `${shown.join(', ')} and ${keys.length - shown.length} more`
    : shown.join(', ');
}
