import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAgreements } from '../../../src/main/adapters/aws/agreements.ts';
import { createDesk, type PracticeBench, startBench } from './practice-bench.ts';

let bench: PracticeBench;
let server: Server;
let calls: number;

/** After the sign-in each answer is an empty page with the same token. */
beforeEach(async () => {
  calls = 0;
  bench = await startBench();
  server = createServer((request, response) => {
    calls += 1;
    request.resume();
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    response.end(JSON.stringify({ agreementViewSummaries: [], acceptedTerms: [], nextToken: 'again' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.close();
  await bench.stop();
});

async function agreementsOfServer() {
  const desk = createDesk();
  await desk.connect('static-key');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${address.port}`;
  return createAgreements(desk);
}

const refused = { ok: false, error: { kind: 'aws-refused', awsErrorName: 'RepeatedNextToken' } };

test('terms that lead to themselves are told as a failure at the second page', async () => {
  const agreements = await agreementsOfServer();
  expect(await agreements.terms('agmt-example1')).toMatchObject(refused);
  expect(calls).toBe(2);
});
