import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aLedger, anEnd, outcomeOf, temporaryFolder, unknown, valueIn } from './ledger-fixture.ts';

const child = join(import.meta.dirname, 'crash-child.ts');

/** Lets the child work until it has said `steps` steps, kills it with SIGKILL, and returns all that it had said. */
async function workUntilKilled(path: string, run: number, steps: number): Promise<readonly string[]> {
  const worker = spawn(process.execPath, [child, path, String(run)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  worker.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
    if (said.split('\n').length > steps) worker.kill('SIGKILL');
  });
  const [code, signal] = await new Promise<readonly [number | null, string | null]>((resolve) =>
    worker.on('close', (...end) => resolve(end)),
  );
  expect([code, signal]).toEqual([null, 'SIGKILL']);
  return said.split('\n').slice(0, -1);
}

describe('a ledger whose process is killed', () => {
  it('opens clean, with every acknowledged step in it, again and again', async () => {
    const path = join(temporaryFolder(), 'ledger.sqlite');
    const saidSoFar: string[] = [];
    for (const [run, steps] of [1, 2, 3, 40, 71, 113].entries()) {
      saidSoFar.push(...(await workUntilKilled(path, run, steps)));
      const { ledger } = aLedger(path);
      expect(valueIn(ledger.verifyAudit()).intact).toBe(true);
      const open = valueIn(ledger.unanswered());
      expect(open.length).toBeLessThanOrEqual(1);
      for (const line of saidSoFar) {
        const [step, recordId = ''] = line.split(' ');
        const record = valueIn(ledger.record(recordId));
        expect(record).not.toBeNull();
        if (step === 'begun') expect(record?.attemptCount).toBe(1);
        if (step === 'ended') expect(record?.status).toBe('accepted');
      }
      for (const { attemptId, recordIds } of open) {
        const records = recordIds.map((id) => ({ outcome: outcomeOf('unanswered'), change: unknown(id) }));
        valueIn(ledger.endAttempt(anEnd(attemptId, records, { requestId: null, httpStatus: null })));
      }
      expect(valueIn(ledger.unanswered())).toEqual([]);
      ledger.close();
    }
  }, 60_000);
});
