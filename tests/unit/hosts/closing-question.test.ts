import { describe, expect, it } from 'vitest';
import { err, ok, type Result } from '../../../src/contract/result.ts';
import {
  type ClosingDeps,
  mayClose,
  untilAnswered,
} from '../../../src/main/hosts/electron/closing-question.ts';
import type { Question } from '../../../src/main/hosts/electron/page-trouble.ts';

const submission = (submissionId: string, recordCount: number) => ({
  ...{ submissionId, recordCount, agreementId: 'agmt-example1', buyerAccountId: '111122223333' },
  ...{ buyerAlias: 'Globex Robotics', productTitle: null, undoUntilUtc: '2026-11-20T14:00:10Z' },
});

/** Answers the questions in turn with these buttons; keeps what was asked and done. */
function aDesk(buttons: readonly number[], changes: Partial<ClosingDeps> = {}) {
  const asked: Question[] = [];
  const done: string[] = [];
  const note =
    (what: string) =>
    async (submissionId: string): Promise<Result<unknown>> => {
      done.push(`${what} ${submissionId}`);
      return ok({});
    };
  const deps: ClosingDeps = {
    pending: async () => ok({ submissions: [submission('one', 2)] }),
    undo: note('undo'),
    sendNow: note('send'),
    answered: async () => true,
    ask: async (question) => {
      asked.push(question);
      const button = buttons[asked.length - 1];
      if (button === undefined) throw new Error(`Asked once too often: ${question.message}`);
      return button;
    },
    ...changes,
  };
  return { deps, asked, done };
}

describe('closing the app', () => {
  it('asks nothing while nothing can be taken back, or the ledger can’t be read', async () => {
    const none = aDesk([], { pending: async () => ok({ submissions: [] }) });
    expect(await mayClose(none.deps)).toBe(true);
    const closed = aDesk([], { pending: async () => err({ kind: 'not-signed-in' }) });
    expect(await mayClose(closed.deps)).toBe(true);
  });

  it('takes everything back, and closes', async () => {
    const submissions = [submission('one', 2), submission('two', 1)];
    const { deps, asked, done } = aDesk([0], { pending: async () => ok({ submissions }) });
    expect(await mayClose(deps)).toBe(true);
    expect(done).toEqual(['undo one', 'undo two']);
    expect(asked[0]).toMatchObject({
      message: '3 lines of 2 submissions have not left for AWS yet',
      buttons: ['Take back', 'Send now', 'Stay open'],
    });
  });

  it('sends and waits for the answers before it closes', async () => {
    const { deps, asked, done } = aDesk([1]);
    expect(await mayClose(deps)).toBe(true);
    expect(done).toEqual(['send one']);
    expect(asked[0]?.message).toBe('2 lines for Globex Robotics have not left for AWS yet');
  });

  it('does nothing and stays open when the question is closed', async () => {
    const { deps, done } = aDesk([2]);
    expect(await mayClose(deps)).toBe(false);
    expect(done).toEqual([]);
  });

  it.each([
    [0, false],
    [1, true],
  ])(
    'says that a submission left before it could be taken back, and asks again: %i',
    async (button, closes) => {
      const undo = async () => err({ kind: 'not-possible-now', detail: 'accepted' } as const);
      const { deps, asked } = aDesk([0, button], { undo });
      expect(await mayClose(deps)).toBe(closes);
      expect(asked[1]).toMatchObject({
        message: '2 lines for Globex Robotics have not been taken back',
        detail: expect.stringContaining('already on its way'),
      });
    },
  );

  it('says that the ledger could not be written', async () => {
    const undo = async () => err({ kind: 'disk-full', path: '/data/ledger.sqlite' } as const);
    const { deps, asked } = aDesk([0, 0], { undo });
    expect(await mayClose(deps)).toBe(false);
    expect(asked[1]?.detail).toContain('disk-full');
  });

  it('says that AWS has not answered, and that nothing is sent while it is closed', async () => {
    const { deps, asked } = aDesk([1, 0], { answered: async () => false });
    expect(await mayClose(deps)).toBe(false);
    expect(asked[1]?.detail).toContain('nothing is sent while Usage Desk is closed');
  });
});

describe('waiting for AWS’s answers', () => {
  it('ends with the last answer', async () => {
    const states = [
      ['queued', 'queued'],
      ['sending', null],
      [null, null],
    ] as const;
    let at = 0;
    const listeners = new Set<() => void>();
    const answered = untilAnswered({
      look: async () => ok({ records: (states[at++] ?? []).map((phase) => ({ phase })) }),
      onChange: (listener) => {
        listeners.add(listener);
        // Something moves as soon as somebody listens.
        queueMicrotask(listener);
        return () => listeners.delete(listener);
      },
    });
    expect(await answered).toBe(true);
    expect(at).toBe(3);
    expect(listeners.size).toBe(0);
  });

  it('ends at once where a record waits for something else', async () => {
    const look = async () => ok({ records: [{ phase: null }, { phase: 'held' as const }] });
    expect(await untilAnswered({ look, onChange: () => () => undefined })).toBe(false);
  });

  it('ends when patience is over', async () => {
    const look = async () => ok({ records: [{ phase: 'sending' as const }] });
    expect(await untilAnswered({ look, onChange: () => () => undefined, patienceMs: 1 })).toBe(false);
  });
});
