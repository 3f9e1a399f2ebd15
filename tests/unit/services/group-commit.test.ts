import { describe, expect, it } from 'vitest';
import { err, ok, type Result } from '../../../src/contract/result.ts';
import { createGroupCommit } from '../../../src/main/core/services/group-commit.ts';

const full = err({ kind: 'disk-full', path: 'ledger.sqlite' } as const);

/** A ledger that counts its transactions, and a turn that ends when the test says so. */
function aGroupCommit(commit: () => Result<void> = () => ok(undefined)) {
  const transactions: number[] = [];
  const tasks: (() => void)[] = [];
  const commits = createGroupCommit(
    {
      together: (writes) => {
        transactions.push(writes.length);
        const results = writes.map((write) => write());
        const done = commit();
        return done.ok ? ok(results) : done;
      },
    },
    (task) => tasks.push(task),
  );
  const endTurn = (): void => {
    for (const task of tasks.splice(0)) task();
  };
  return { commits, transactions, endTurn };
}

describe('writes of one turn', () => {
  it('share a transaction, in their order, and are not run before the turn is over', async () => {
    const { commits, transactions, endTurn } = aGroupCommit();
    const order: number[] = [];
    const writes = [1, 2, 3].map((number) =>
      commits.write(() => {
        order.push(number);
        return ok(undefined);
      }),
    );
    expect(order).toEqual([]);
    endTurn();
    expect(await Promise.all(writes)).toEqual([ok(undefined), ok(undefined), ok(undefined)]);
    expect(order).toEqual([1, 2, 3]);
    expect(transactions).toEqual([3]);
  });

  it('each hear of their own failure alone', async () => {
    const { commits, endTurn } = aGroupCommit();
    const lost = err({ kind: 'not-found', what: 'record', id: 'x' } as const);
    const first = commits.write(() => lost);
    const second = commits.write(() => ok(undefined));
    endTurn();
    expect(await first).toEqual(lost);
    expect(await second).toEqual(ok(undefined));
  });

  it('all hear that nothing was kept when the transaction fails', async () => {
    const { commits, endTurn } = aGroupCommit(() => full);
    const writes = [commits.write(() => ok(undefined)), commits.write(() => ok(undefined))];
    endTurn();
    expect(await Promise.all(writes)).toEqual([full, full]);
  });

  it('that come during a transaction stand in the next one', async () => {
    const { commits, transactions, endTurn } = aGroupCommit();
    let second: Promise<Result<void>> | null = null;
    const first = commits.write(() => {
      second = commits.write(() => ok(undefined));
      return ok(undefined);
    });
    endTurn();
    expect(await first).toEqual(ok(undefined));
    expect(transactions).toEqual([1]);
    endTurn();
    expect(await second).toEqual(ok(undefined));
    expect(transactions).toEqual([1, 1]);
  });

  it('are written at once by a flush, and not again at the end of the turn', async () => {
    const { commits, transactions, endTurn } = aGroupCommit();
    const written = commits.write(() => ok(undefined));
    commits.flush();
    expect(await written).toEqual(ok(undefined));
    endTurn();
    expect(transactions).toEqual([1]);
  });
});
