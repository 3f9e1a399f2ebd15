import { describe, expect, it } from 'vitest';
import type { Draft } from '../../../../src/contract/entry.ts';
import { ok } from '../../../../src/contract/result.ts';
import {
  rejectedLines,
  successorLine,
} from '../../../../src/renderer/src/features/report-usage/rejected-lines.ts';
import { createReportUsageStore } from '../../../../src/renderer/src/features/report-usage/report-usage-store.ts';
import { createFakeApi } from '../../../support/fake-api.ts';
import { aRecord } from '../../../support/sample-views.ts';

const rejected = aRecord({ status: 'rejected', settlement: { kind: 'open' }, licenseArn: 'arn:one' });

function aDesk(draft: Draft | null = null) {
  const api = createFakeApi({ 'drafts.get': () => ok(draft), 'drafts.save': () => ok({}) });
  let lines = 0;
  const report = createReportUsageStore({
    api,
    agreementId: rejected.agreementId,
    timeZone: 'UTC',
    locale: 'en-GB',
    newLineId: () => `line-${++lines}`,
  });
  return { report, lines: rejectedLines(report) };
}

describe('rejected usage on the form', () => {
  it('is the record as it was, with its own licence, linked to it', async () => {
    const { lines, report } = aDesk();
    expect(await lines.put([rejected], 'correct', 'dimension')).toEqual({ besideOthers: false });
    const state = report.store.getState();
    expect(state.licenseArn).toBe('arn:one');
    expect(state.lines).toMatchObject([{ predecessorId: rejected.recordId, quantityText: '1250' }]);
    expect(state.firstFocus).toEqual({ lineId: state.lines[0]?.lineId, field: 'dimension' });
  });

  it('does not begin with the licence that AWS refused', async () => {
    const { lines, report } = aDesk();
    await lines.put([{ ...rejected, reason: 'invalid-license' }], 'correct', 'quantity');
    expect(report.store.getState().licenseArn).toBeNull();
  });

  it('stands below the draft that was kept, and only once however often it is asked for', async () => {
    const kept = successorLine(aRecord({ recordId: 'other' }), 'kept', 'UTC', 'correct');
    const { lines, report } = aDesk({
      agreementId: rejected.agreementId,
      lines: [kept],
      licenseArn: null,
      timeZone: 'UTC',
      savedUtc: '2026-11-20T14:00:00Z',
    });
    expect(await lines.put([rejected], 'correct', 'quantity')).toEqual({ besideOthers: true });
    await lines.put([rejected], 'correct', 'quantity');
    expect(report.store.getState().lines.map(({ predecessorId }) => predecessorId)).toEqual([
      'other',
      rejected.recordId,
    ]);
  });

  it('begins a difference with neither a quantity nor a time: another hour is never guessed', () => {
    expect(successorLine(rejected, 'l', 'UTC', 'difference')).toMatchObject({
      dimensionKey: rejected.dimensionKey,
      quantityText: '',
      dateText: '',
      timeText: '',
    });
  });
});
