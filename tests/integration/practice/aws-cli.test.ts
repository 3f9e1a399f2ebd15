import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { type StartedPractice, startAt } from './practice-fixture.ts';

const run = promisify(execFile);
const isHere = spawnSync('aws', ['--version']).status === 0;
if (!isHere)
  process.stderr.write('SKIPPED: the AWS CLI is not on the PATH, so it is not tried against practice.\n');

/** Runs the AWS CLI, which signs with the real clock, with any static key. */
async function aws(practice: StartedPractice, ...args: string[]) {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  const env = {
    ...Object.fromEntries(inherited),
    AWS_ENDPOINT_URL: practice.url,
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'anything',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_PAGER: '',
    AWS_MAX_ATTEMPTS: '1',
  };
  const { stdout } = await run('aws', [...args, '--output', 'json'], { env });
  return JSON.parse(stdout);
}

const present = () => startAt(new Date().toISOString());
const asProposer = [
  '--filters',
  'name=AgreementType,values=PurchaseAgreement',
  'name=PartyType,values=Proposer',
];

describe.skipIf(!isHere)('the AWS CLI', { timeout: 180_000 }, () => {
  test('sts get-caller-identity names the first seller account', async () => {
    expect(await aws(await present(), 'sts', 'get-caller-identity')).toMatchObject({
      Account: '482913607251',
      Arn: 'arn:aws:iam::482913607251:user/usage-scripts',
    });
  });

  test('search-agreements filters and pages', async () => {
    const practice = await present();
    const search = (...args: string[]) =>
      aws(practice, 'marketplace-agreement', 'search-agreements', ...args);
    const all = await search(...asProposer, '--page-size', '15');
    expect(all.agreementViewSummaries).toHaveLength(40);
    const calls = (await practice.steer('GET', 'calls')) as unknown[];
    expect(calls).toHaveLength(3);
    const cut = await search(...asProposer, '--max-items', '10');
    expect(cut.agreementViewSummaries).toHaveLength(10);
    const rest = await search(...asProposer, '--starting-token', cut.NextToken);
    expect(rest.agreementViewSummaries).toHaveLength(30);
    const replaced = await search(...asProposer, 'name=Status,values=REPLACED');
    expect(replaced.agreementViewSummaries).toMatchObject([{ status: 'REPLACED' }]);
    await expect(search('--filters', 'name=PartyType,values=Proposer')).rejects.toThrow(
      'An error occurred (ValidationException) when calling the SearchAgreements operation',
    );
  });

  test('batch-meter-usage records, recognises a duplicate, and shows a refusal', async () => {
    const practice = await present();
    const { agreement } = await practice.edge('pay-as-you-go');
    const seconds = Math.floor(practice.nowMs / 1000) - 5;
    const meter = (dimension: string, quantity: number) =>
      aws(
        practice,
        'meteringmarketplace',
        'batch-meter-usage',
        '--usage-records',
        `Timestamp=${seconds},Dimension=${dimension},Quantity=${quantity},CustomerAWSAccountId=${agreement.acceptorAccountId},LicenseArn=${agreement.licenseArns[0]}`,
      );
    expect((await meter('rows_processed', 5)).Results).toMatchObject([{ Status: 'Success' }]);
    expect((await meter('rows_processed', 6)).Results).toMatchObject([{ Status: 'DuplicateRecord' }]);
    await expect(meter('Rows_processed', 6)).rejects.toThrow(
      'An error occurred (InvalidUsageDimensionException) when calling the BatchMeterUsage operation',
    );
    expect(await practice.metered()).toMatchObject([{ quantity: 5 }]);
  });
});
