/** How the ledger's trail, its backups and its damage read. */
import {
  type AuditHead,
  auditHeadSchema,
  type BackupContent,
  type LedgerCheck,
  type LedgerDefect,
  type RestoreLoss,
} from '../../../contract/ledger.ts';
import { formatCount, formatInstant, formatQuantity } from './formats.ts';

/** `412:3f9a…`, as it is kept elsewhere and pasted back. */
export function headText(head: AuditHead): string {
  return `${head.seq}:${head.hash}`;
}

/** Reads a pasted head; null when it is none. Receipts and exports may have put spaces around it. */
export function readHead(text: string): AuditHead | null {
  const found = /^\s*(\d{1,15})\s*:\s*([0-9a-f]{64})\s*$/i.exec(text);
  const head = auditHeadSchema.safeParse({ seq: Number(found?.[1]), hash: found?.[2]?.toLowerCase() });
  return head.success ? head.data : null;
}

/** `412 events, 37 usage records`. */
export function checkedWords({ checkedEvents, checkedRecords }: LedgerCheck): string {
  return `${formatCount(checkedEvents, 'event')}, ${formatCount(checkedRecords, 'usage record')}`;
}

const rowNames = {
  event: 'event',
  submission: 'submission',
  record: 'usage record',
  attempt: 'attempt',
  'write-off': 'write-off of usage record',
} as const satisfies Record<LedgerDefect['row'], string>;

/** The first row that doesn't fit, as a sentence. */
export function defectSentence(defect: LedgerDefect): string {
  const at = defect.seq === null ? '' : ` ${formatQuantity(defect.seq)}`;
  const row = `the ${rowNames[defect.row]}${defect.id === null ? '' : ` ${defect.id}`}`;
  switch (defect.problem) {
    case 'changed':
      return `Event${at} of the trail was altered after it was written.`;
    case 'missing':
      return `Event${at} of the trail is missing: it was taken out.`;
    case 'cut-off':
      return `The trail ends before the head that you gave: its end${at === '' ? '' : `, from event${at} on,`} was cut off.`;
    case 'other-head':
      return `The trail has another event${at} than the head that you gave: this one or one before it was replaced.`;
    case 'differs':
      return `Event${at} of the trail says something else than ${row}${defect.column === null ? '' : ` in ${defect.column}`}.`;
    case 'lost':
      return `Event${at} of the trail has ${row}, which the ledger doesn’t have any more.`;
    case 'not-in-trail':
      return `The ledger has ${row}, of which the trail knows nothing.`;
  }
}

/** `37 records, until 20 Nov 2026, 14:05:00 GMT-5`. */
export function contentWords(content: BackupContent | null, zone: string): string {
  if (content === null) return 'can’t be read as a ledger';
  if (content.untilUtc === null) return 'nothing yet';
  return `${formatCount(content.records, 'record')}, until ${formatInstant(content.untilUtc, zone)}`;
}

/** What restoring a backup costs, each a sentence; to be read before it is done. */
export function lossSentences(loss: RestoreLoss, zone: string): readonly string[] {
  const { missingRecords, missingEvents, missingSinceUtc, undecidedRecords } = loss;
  const since = missingSinceUtc === null ? '' : ` since ${formatInstant(missingSinceUtc, zone)}`;
  return [
    missingEvents === 0
      ? 'Nothing has happened since this backup: nothing would be missing.'
      : `${formatCount(missingEvents, 'event')}${since} would be missing from the ledger.`,
    missingRecords === 0
      ? null
      : `Among them ${formatCount(missingRecords, 'usage record')} that ${missingRecords === 1 ? 'was' : 'were'} confirmed. AWS keeps what it accepted all the same: don’t enter ${missingRecords === 1 ? 'it' : 'them'} again.`,
    undecidedRecords === 0
      ? null
      : `${undecidedSentence(undecidedRecords)} Nothing of it is sent again by itself.`,
  ].filter((sentence) => sentence !== null);
}

/** What becomes of records that were pending in a backup. */
export function undecidedSentence(count: number): string {
  return count === 1
    ? '1 record that was pending in it becomes unknown and waits for your decision.'
    : `${formatQuantity(count)} records that were pending in it become unknown and wait for your decision.`;
}

/** To who moves a ledger: what the other computer may still do with its own. `pending` is how many records it may be sending. */
export function otherComputerSentences(pending: number): readonly string[] {
  return [
    'If this file is of another computer, close Usage Desk there and don’t use it again: two ledgers would not know of each other’s hours.',
    ...(pending === 0
      ? []
      : [
          'What was pending may have been sent from there meanwhile. Let CloudTrail show it before you decide. If you try it again, the identical record is sent, which AWS takes once.',
        ]),
  ];
}

/** `1.2 MB`. */
export function formatBytes(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return new Intl.NumberFormat('en-GB', {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  }).format(bytes / 1000 ** step);
}
