/**
 * What the trail says of each submission, record and attempt, held against their rows. Fields are matched with columns by
 * name, so that a ledger of an older version, which lacks some, is read by what it has.
 */
import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { LedgerDefect } from '../../../../contract/ledger.ts';
import type { TrailEvent } from './events.ts';
import { integer, type Row, text } from './rows.ts';

type Said = Readonly<Record<string, unknown>>;
type RowKind = Exclude<LedgerDefect['row'], 'event'>;

/** What the trail has said of one record so far, by the events that said it; 0 where none did. */
interface Trace {
  readonly bornSeq: number;
  stateSeq: number;
  sendingSeq: number;
  attempts: number;
}

export interface Reconciliation {
  /** Takes the events in their order. */
  readonly take: (event: TrailEvent) => void;
  /** After the last event: the first row that contradicts the trail. */
  readonly finish: () => { readonly defect: LedgerDefect | null; readonly checkedRecords: number };
}

const isSaid = (value: unknown): value is Said =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const listIn = (said: Said, key: string): readonly unknown[] => {
  const value = said[key];
  return Array.isArray(value) ? value : [];
};

const columnNames = new Map<string, string>();

function columnOf(key: string): string {
  const known = columnNames.get(key);
  if (known !== undefined) return known;
  const column = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  columnNames.set(key, column);
  return column;
}

/** The columns in which a field of an event stands; none for what has no column of its own. */
function columnsOf(key: string, value: unknown): readonly (readonly [string, unknown])[] {
  if (key === 'estimate') {
    const money = isSaid(value) ? value : {};
    return [
      ['estimate_amount', money.amount ?? null],
      ['estimate_currency', money.currencyCode ?? null],
    ];
  }
  if (typeof value === 'boolean') return [[columnOf(key), value ? 1 : 0]];
  if (value !== null && typeof value === 'object') return [];
  return [[columnOf(key), value]];
}

/** The first column that holds something else than was said of it; null when all fit. */
function differingColumn(row: Row, said: Said): string | null {
  for (const [key, value] of Object.entries(said)) {
    for (const [column, expected] of columnsOf(key, value)) {
      if (Object.hasOwn(row, column) && row[column] !== expected) return column;
    }
  }
  return null;
}

function contentOf(event: Pick<TrailEvent, 'content'>): Said {
  try {
    const content: unknown = JSON.parse(event.content);
    return isSaid(content) ? content : {};
  } catch {
    return {};
  }
}

/** The states that an event gave to records, whichever its kind. */
function statesIn(content: Said): readonly Said[] {
  return listIn(content, 'records').flatMap((entry) => {
    if (!isSaid(entry)) return [];
    const state = isSaid(entry.change) ? entry.change : entry;
    return typeof state.recordId === 'string' && typeof state.status === 'string' ? [state] : [];
  });
}

const hashOf = (content: string): string => createHash('sha256').update(content).digest('hex');

/** Starts a reconciliation over a connection whose transaction sees one state of the ledger. */
export function createReconciliation(db: DatabaseSync): Reconciliation {
  const submissionById = db.prepare('SELECT * FROM submission WHERE submission_id = ?');
  const recordById = db.prepare('SELECT * FROM usage_record WHERE record_id = ?');
  const recordSeqById = db.prepare('SELECT seq FROM usage_record WHERE record_id = ?');
  const attemptById = db.prepare('SELECT * FROM attempt WHERE attempt_id = ?');
  const linkOf = db.prepare('SELECT * FROM attempt_record WHERE record_seq = ? AND attempt_seq = ?');
  const linkCount = db.prepare('SELECT count(*) AS links FROM attempt_record WHERE attempt_seq = ?');
  const eventBySeq = db.prepare('SELECT content FROM event WHERE seq = ?');

  // A backup of before version 3 has no such table, and its trail tells of none.
  const hasWriteOffs =
    db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'write_off'").get() !== undefined;
  const writeOffBySeq = hasWriteOffs ? db.prepare('SELECT * FROM write_off WHERE seq = ?') : null;

  let defect: LedgerDefect | null = null;
  const submissions = new Set<number>();
  const attempts = new Map<number, { readonly begunSeq: number; ended: boolean }>();
  const traces = new Map<number, Trace>();
  /** By its event, the event that reopened it. */
  const writeOffs = new Map<number, number | null>();

  function found(
    problem: LedgerDefect['problem'],
    row: RowKind,
    id: string,
    seq: number | null,
    column = '',
  ) {
    defect ??= { problem, row, id, seq, column: column === '' ? null : column };
  }

  function compare(row: RowKind, id: string, seq: number, stored: Row, said: Said): void {
    const column = differingColumn(stored, said);
    if (column !== null) found('differs', row, id, seq, column);
  }

  function traceOf(recordId: unknown, eventSeq: number): Trace | null {
    const row = typeof recordId === 'string' ? recordSeqById.get(recordId) : undefined;
    const trace = row === undefined ? undefined : traces.get(integer(row, 'seq'));
    if (trace === undefined) found('lost', 'record', String(recordId), eventSeq);
    return trace ?? null;
  }

  function takeSubmission(event: TrailEvent, content: Said): void {
    const { records: _, ...said } = content;
    const submissionId = said.submissionId;
    if (typeof submissionId !== 'string') return;
    const stored = submissionById.get(submissionId);
    if (stored === undefined) {
      found('lost', 'submission', submissionId, event.seq);
      return;
    }
    const submissionSeq = integer(stored, 'seq');
    submissions.add(submissionSeq);
    compare('submission', submissionId, event.seq, stored, said);
    // The trail has the review's hash, which binds its text.
    if (hashOf(text(stored, 'review_json')) !== said.reviewHash)
      found('differs', 'submission', submissionId, event.seq, 'review_json');
    for (const record of listIn(content, 'records')) {
      if (isSaid(record)) takeRecord(event, record, submissionSeq);
    }
  }

  function takeRecord(event: TrailEvent, said: Said, submissionSeq: number): void {
    const recordId = String(said.recordId);
    const stored = recordById.get(recordId);
    if (stored === undefined) {
      found('lost', 'record', recordId, event.seq);
      return;
    }
    traces.set(integer(stored, 'seq'), { bornSeq: event.seq, stateSeq: 0, sendingSeq: 0, attempts: 0 });
    // Ledgers of before the links say nothing of a predecessor, and none of their records has one.
    compare('record', recordId, event.seq, stored, { predecessorId: null, ...said, submissionSeq });
  }

  function takeBegun(event: TrailEvent, content: Said): void {
    const attemptId = String(content.attemptId);
    const stored = attemptById.get(attemptId);
    if (stored === undefined) {
      found('lost', 'attempt', attemptId, event.seq);
      return;
    }
    const attemptSeq = integer(stored, 'seq');
    attempts.set(attemptSeq, { begunSeq: event.seq, ended: false });
    const { atMs: startedMs, actor: principalArn } = event;
    compare('attempt', attemptId, event.seq, stored, { ...content, startedMs, principalArn });
    const recordIds = listIn(content, 'recordIds');
    for (const recordId of recordIds) {
      const trace = traceOf(recordId, event.seq);
      if (trace === null) continue;
      trace.sendingSeq = event.seq;
      trace.attempts += 1;
    }
    if (integer(linkCount.get(attemptSeq) ?? {}, 'links') !== recordIds.length)
      found('differs', 'attempt', attemptId, event.seq, 'attempt_record');
  }

  function takeEnded(event: TrailEvent, content: Said): void {
    const attemptId = String(content.attemptId);
    const stored = attemptById.get(attemptId);
    const known = stored === undefined ? undefined : attempts.get(integer(stored, 'seq'));
    if (stored === undefined || known === undefined) {
      found('lost', 'attempt', attemptId, event.seq);
      return;
    }
    known.ended = true;
    compare('attempt', attemptId, event.seq, stored, { ...content, endedMs: event.atMs });
    for (const entry of listIn(content, 'records')) {
      if (!isSaid(entry) || !isSaid(entry.change) || !isSaid(entry.outcome)) continue;
      const record = recordSeqById.get(String(entry.change.recordId));
      const link =
        record === undefined ? undefined : linkOf.get(integer(record, 'seq'), integer(stored, 'seq'));
      const { kind: outcome, ...said } = entry.outcome;
      if (link === undefined) found('differs', 'attempt', attemptId, event.seq, 'attempt_record');
      else compare('attempt', attemptId, event.seq, link, { ...said, outcome });
    }
  }

  function takeStates(event: TrailEvent, content: Said): void {
    for (const state of statesIn(content)) {
      const trace = traceOf(state.recordId, event.seq);
      if (trace !== null) trace.stateSeq = event.seq;
    }
  }

  function takeWriteOff(event: TrailEvent, content: Said): void {
    const recordId = String(content.recordId);
    const record = recordSeqById.get(recordId);
    const stored = writeOffBySeq?.get(event.seq);
    if (record === undefined || stored === undefined) {
      found('lost', 'write-off', recordId, event.seq);
      return;
    }
    writeOffs.set(event.seq, null);
    const { recordId: _, ...said } = content;
    const { atMs, actor } = event;
    compare('write-off', recordId, event.seq, stored, { ...said, atMs, actor, recordSeq: record.seq });
  }

  function takeReopening(event: TrailEvent, content: Said): void {
    const recordId = String(content.recordId);
    const writeOffSeq = Number(content.writeOffSeq);
    const stored = writeOffBySeq?.get(writeOffSeq);
    if (stored === undefined || !writeOffs.has(writeOffSeq)) {
      found('lost', 'write-off', recordId, event.seq);
      return;
    }
    writeOffs.set(writeOffSeq, event.seq);
    const { atMs: reopenedMs, actor: reopenedBy } = event;
    compare('write-off', recordId, event.seq, stored, { reopenedMs, reopenedBy });
  }

  function checkWriteOffs(): void {
    if (!hasWriteOffs) return;
    const all = db.prepare(`SELECT write_off.seq, reopened_ms, record_id FROM write_off
      LEFT JOIN usage_record ON usage_record.seq = record_seq ORDER BY write_off.seq`);
    for (const row of all.iterate()) {
      const seq = integer(row, 'seq');
      const reopenedSeq = writeOffs.get(seq);
      const id = String(row.record_id);
      if (reopenedSeq === undefined) found('not-in-trail', 'write-off', id, null);
      else if (reopenedSeq === null && row.reopened_ms !== null)
        found('differs', 'write-off', id, seq, 'reopened_ms');
    }
  }

  let parsed: {
    readonly seq: number;
    readonly states: ReadonlyMap<unknown, Said>;
    readonly requestId: unknown;
  };

  /** What the event made of the record. One event names many records, so the last one read is kept. */
  function stateAt(seq: number, recordId: string): Said {
    if (parsed?.seq !== seq) {
      const content = contentOf({ content: text(eventBySeq.get(seq) ?? {}, 'content') });
      const states = new Map(statesIn(content).map((state) => [state.recordId, state]));
      parsed = { seq, states, requestId: content.requestId };
    }
    const state = parsed.states.get(recordId) ?? {};
    return parsed.requestId === undefined ? state : { ...state, requestId: parsed.requestId };
  }

  function checkRecord(row: Row): void {
    const recordId = text(row, 'record_id');
    const trace = traces.get(integer(row, 'seq'));
    if (trace === undefined) {
      found('not-in-trail', 'record', recordId, null);
      return;
    }
    const { bornSeq, stateSeq, sendingSeq, attempts: attemptCount } = trace;
    const newest = Math.max(bornSeq, stateSeq, sendingSeq);
    const state =
      newest === bornSeq
        ? { status: 'pending', mayBeRecorded: false }
        : newest === sendingSeq
          ? { status: 'pending', phase: 'sending' }
          : stateAt(stateSeq, recordId);
    compare('record', recordId, newest, row, { ...state, attemptCount });
  }

  function checkAttempt(row: Row): void {
    const attemptId = text(row, 'attempt_id');
    const known = attempts.get(integer(row, 'seq'));
    if (known === undefined) found('not-in-trail', 'attempt', attemptId, null);
    else if (!known.ended && row.ended_ms !== null)
      found('differs', 'attempt', attemptId, known.begunSeq, 'ended_ms');
  }

  return {
    take: (event) => {
      if (defect !== null) return;
      const content = contentOf(event);
      if (event.kind === 'submitted') takeSubmission(event, content);
      if (event.kind === 'attempt-begun') takeBegun(event, content);
      if (event.kind === 'attempt-ended') takeEnded(event, content);
      if (event.kind === 'written-off') takeWriteOff(event, content);
      if (event.kind === 'reopened') takeReopening(event, content);
      if (event.kind !== 'submitted') takeStates(event, content);
    },
    finish: () => {
      for (const row of db.prepare('SELECT seq, submission_id FROM submission').iterate()) {
        if (!submissions.has(integer(row, 'seq')))
          found('not-in-trail', 'submission', text(row, 'submission_id'), null);
      }
      for (const row of db.prepare('SELECT * FROM attempt ORDER BY seq').iterate()) checkAttempt(row);
      checkWriteOffs();
      let checkedRecords = 0;
      for (const row of db.prepare('SELECT * FROM usage_record ORDER BY seq').iterate()) {
        checkRecord(row);
        checkedRecords += 1;
      }
      return { defect, checkedRecords };
    },
  };
}
