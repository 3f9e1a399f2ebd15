import { SearchAgreementsCommand } from '@aws-sdk/client-marketplace-agreement';
import { BatchMeterUsageCommand } from '@aws-sdk/client-marketplace-metering';
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  GetCallerIdentityCommand,
} from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import {
  type Credentials,
  failure,
  noon,
  type StartedPractice,
  startAt,
  staticKeys,
} from './practice-fixture.ts';

const role = (name: string, account = '482913607251') => `arn:aws:iam::${account}:role/${name}`;

async function assume(
  practice: StartedPractice,
  over: Partial<AssumeRoleCommandInput> = {},
): Promise<Credentials> {
  const { Credentials } = await practice
    .sts()
    .send(new AssumeRoleCommand({ RoleArn: role('UsageReporter'), RoleSessionName: 'usage-desk', ...over }));
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
}

const meter = (practice: StartedPractice, keys: Credentials) =>
  failure(practice.metering(keys).send(new BatchMeterUsageCommand({ UsageRecords: [] })));

const identify = (practice: StartedPractice, keys: Credentials) =>
  practice.sts(keys).send(new GetCallerIdentityCommand({}));

describe('static keys', () => {
  test('any well-formed key is a user of the first seller account', async () => {
    const practice = await startAt(noon);
    for (const accessKeyId of ['AKIAI44QH8DHBEXAMPLE', 'a_key_of_16_char', 'x'.repeat(128)]) {
      const { Account, Arn } = await identify(practice, { ...staticKeys, accessKeyId });
      expect(Account).toBe('482913607251');
      expect(Arn).toBe('arn:aws:iam::482913607251:user/usage-scripts');
    }
  });

  test('a malformed or deactivated key is unknown, in each service’s own word', async () => {
    const practice = await startAt(noon);
    for (const accessKeyId of ['short', 'AKIAPRACTICERETIREDK']) {
      const keys = { ...staticKeys, accessKeyId };
      expect(await failure(identify(practice, keys))).toMatchObject({
        name: 'InvalidClientTokenId',
        status: 403,
      });
      expect(await meter(practice, keys)).toMatchObject({ name: 'UnrecognizedClientException', status: 403 });
    }
  });
});

describe('AssumeRole', () => {
  test('gives keys of the role, which end', async () => {
    const practice = await startAt(noon);
    const keys = await assume(practice, { DurationSeconds: 900 });
    const { Arn, UserId } = await identify(practice, keys);
    expect(Arn).toBe('arn:aws:sts::482913607251:assumed-role/UsageReporter/usage-desk');
    expect(UserId).toMatch(/^AROA[A-Z2-7]{17}:usage-desk$/);
    expect((await meter(practice, keys)).name).toBe('(none)');
    await practice.steer('PUT', 'clock', { mode: 'skew', ms: 14 * 60_000 });
    expect((await meter(practice, keys)).name).toBe('(none)');
    const later = practice.metering(keys, 'us-east-1', practice.shiftMs + 16 * 60_000);
    await practice.steer('PUT', 'clock', { mode: 'skew', ms: 16 * 60_000 });
    expect(await failure(later.send(new BatchMeterUsageCommand({ UsageRecords: [] })))).toMatchObject({
      name: 'ExpiredTokenException',
      status: 403,
    });
    const sts = practice.sts(keys, 'us-east-1', practice.shiftMs + 16 * 60_000);
    expect((await failure(sts.send(new GetCallerIdentityCommand({})))).name).toBe('ExpiredToken');
  });

  test('issued keys need their session token', async () => {
    const practice = await startAt(noon);
    const keys = await assume(practice);
    expect((await meter(practice, { ...keys, sessionToken: 'another' })).name).toBe(
      'UnrecognizedClientException',
    );
  });

  test('an unknown role is denied by name; MFA is asked for and checked', async () => {
    const practice = await startAt(noon);
    const denied = await failure(assume(practice, { RoleArn: role('Nobody') }));
    expect(denied).toMatchObject({ name: 'AccessDenied', status: 403 });
    expect(denied.message).toContain('sts:AssumeRole on resource: arn:aws:iam::482913607251:role/Nobody');
    const SerialNumber = 'arn:aws:iam::482913607251:mfa/usage-scripts';
    const mfa = { RoleArn: role('UsageReporterMfa'), SerialNumber };
    expect((await failure(assume(practice, { ...mfa, SerialNumber: undefined }))).name).toBe('AccessDenied');
    expect((await failure(assume(practice, { ...mfa, TokenCode: '000000' }))).message).toContain(
      'MultiFactorAuthentication',
    );
    expect((await assume(practice, { ...mfa, TokenCode: '123456' })).accessKeyId).toMatch(/^ASIA/);
  });
});

describe('permissions', () => {
  test('a role without metering is denied, naming the action; its reads work', async () => {
    const practice = await startAt(noon);
    const keys = await assume(practice, { RoleArn: role('MarketplaceReadOnly') });
    const denied = await meter(practice, keys);
    expect(denied).toMatchObject({ name: 'AccessDeniedException', status: 403 });
    expect(denied.message).toBe(
      'User: arn:aws:sts::482913607251:assumed-role/MarketplaceReadOnly/usage-desk is not authorized to perform: aws-marketplace:BatchMeterUsage because no identity-based policy allows the aws-marketplace:BatchMeterUsage action',
    );
    const search = new SearchAgreementsCommand({
      filters: [{ name: 'AgreementType', values: ['PurchaseAgreement'] }],
    });
    expect((await failure(practice.agreements(keys).send(search))).name).toBe('(none)');
    const none = await assume(practice, { RoleArn: role('BillingOnly') });
    expect((await failure(practice.agreements(none).send(search))).name).toBe('AccessDeniedException');
  });

  test('a second seller sees its own agreements alone', async () => {
    const practice = await startAt(noon);
    const keys = await assume(practice, { RoleArn: role('MarketplaceMetering', '716024958833') });
    const search = new SearchAgreementsCommand({
      filters: [{ name: 'AgreementType', values: ['PurchaseAgreement'] }],
    });
    expect((await practice.agreements(keys).send(search)).agreementViewSummaries).toHaveLength(3);
  });
});

describe('signatures', () => {
  const post = (practice: StartedPractice, headers: Record<string, string>) =>
    fetch(practice.url, {
      method: 'POST',
      headers: { 'x-amz-target': 'AWSMPMeteringService.BatchMeterUsage', ...headers },
      body: '{"UsageRecords":[]}',
    });

  test('an unsigned call lacks its token, a broken header is incomplete', async () => {
    const practice = await startAt(noon);
    const unsigned = await post(practice, {});
    expect(unsigned.status).toBe(403);
    expect(await unsigned.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
    expect(unsigned.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    const broken = await post(practice, { authorization: 'AWS4-HMAC-SHA256 Credential=nothing' });
    expect(await broken.json()).toMatchObject({ __type: 'IncompleteSignatureException' });
  });

  test('more than 15 minutes off is refused with AWS’s time, from which the SDK recovers', async () => {
    const practice = await startAt(noon);
    const wrong = practice.metering(staticKeys, 'us-east-1', practice.shiftMs - 16 * 60_000);
    const command = () => new BatchMeterUsageCommand({ UsageRecords: [] });
    const refused = await failure(wrong.send(command()));
    expect(refused.name).toBe('InvalidSignatureException');
    expect(refused.message).toMatch(/^Signature expired: 20261118T\d{6}Z is now earlier than 20261118T/);
    expect((await failure(wrong.send(command()))).name).toBe('(none)');
    const ahead = practice.sts(staticKeys, 'us-east-1', practice.shiftMs + 16 * 60_000);
    expect(await failure(ahead.send(new GetCallerIdentityCommand({})))).toMatchObject({
      name: 'SignatureDoesNotMatch',
      message: expect.stringContaining('Signature not yet current'),
    });
  });
});
