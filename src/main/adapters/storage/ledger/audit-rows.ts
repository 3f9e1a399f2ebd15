/**
 * What the trail says of each submission, record and attempt, held against their rows. Fields are matched with columns by
 * name, so that a ledger of an older version, which lacks some, is read by what it has.
 */
import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { LedgerDefect } from '../../../../contract/ledger.ts';
import { createWriteOffAudit } from './audit-write-offs.ts';
import type { TrailEvent } from './events.ts';
import { integer, type Row, text } from './rows.ts';
import {
  type Compare,
  contentOf,
  differingColumn,
  type Found,
  isSaid,
  listIn,
  type Said,
  statesIn,
} from './said.ts';

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

  let defect: LedgerDefect | null = null;
  const submissions = new Set<number>();
  const attempts = new Map<number, { readonly begunSeq: number; ended: boolean }>();
  const traces = new Map<number, Trace>();

  const found: Found = (problem, row, id, seq, column) => {
    defect ??= { problem, row, id, seq, column: column ?? null };
  };

  const compare: Compare = (row, id, seq, stored, said) => {
    const column = differingColumn(stored, said);
    if (column !== null) found('differs', row, id, seq, column);
  };

  const writeOffs = createWriteOffAudit(db, found, compare);

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
      if (event.kind === 'written-off') writeOffs.take(event, content);
      if (event.kind === 'reopened') writeOffs.takeReopening(event, content);
      if (event.kind !== 'submitted') takeStates(event, content);
    },
    finish: () => {
      for (const row of db.prepare('SELECT seq, submission_id FROM submission').iterate()) {
        if (!submissions.has(integer(row, 'seq')))
          found('not-in-trail', 'submission', text(row, 'submission_id'), null);
      }
      for (const row of db.prepare('SELECT * FROM attempt ORDER BY seq').iterate()) checkAttempt(row);
      writeOffs.finish();
      let checkedRecords = 0;
      for (const row of db.prepare('SELECT * FROM usage_record ORDER BY seq').iterate()) {
        checkRecord(row);
        checkedRecords += 1;
      }
      return { defect, checkedRecords };
    },
  };
}
