import { expect, test } from 'vitest';
import { practiceScenarios } from '../../../src/contract/practice.ts';
import { createScenarios } from '../../../src/main/practice/scenarios.ts';
import { startAt } from './practice-fixture.ts';

async function aPractice() {
  const practice = await startAt(new Date().toISOString());
  const read = async (path: string): Promise<unknown> =>
    (await fetch(`${practice.url}/_practice/${path}`)).json();
  return { run: createScenarios(practice.url).run, read };
}

test.each(practiceScenarios)('%s can be asked for, and called off', async (scenario) => {
  const { run, read } = await aPractice();
  await run(scenario);
  await run('call-off');
  expect(await read('faults')).toEqual([]);
});

test('the next calls that meter usage go wrong, and no others', async () => {
  const { run, read } = await aPractice();
  await run('throttle-next-calls');
  await run('lose-next-answer');
  expect(await read('faults')).toMatchObject([
    { operation: 'BatchMeterUsage', kind: 'throttling', times: 2 },
    { operation: 'BatchMeterUsage', kind: 'cut-after-store', times: 1 },
  ]);
});

test('a listing loses a metered dimension, which is named', async () => {
  const { run, read } = await aPractice();
  const facts = await run('lose-dimension');
  const { products } = (await read('world')) as {
    readonly products: readonly {
      readonly title: string;
      readonly dimensions?: readonly { Key: string }[];
    }[];
  };
  const product = products.find(({ title }) => title === facts.productTitle);
  expect(product?.dimensions?.length).toBeGreaterThan(0);
  expect(product?.dimensions?.map(({ Key }) => Key)).not.toContain(facts.dimensionKey);
  expect(facts.dimensionKey).toBeTruthy();
});

test('a practice that does not answer is a failure, not a success', async () => {
  await expect(createScenarios('http://127.0.0.1:9').run('call-off')).rejects.toThrow();
});
