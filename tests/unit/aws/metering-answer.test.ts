import { expect, test } from 'vitest';
import { outcomesOfAnswer } from '../../../src/main/adapters/aws/metering-answer.ts';

const record = (dimension: string, seconds = 1_795_168_800) => ({
  Timestamp: seconds,
  CustomerAWSAccountId: '012345678901',
  Dimension: dimension,
  Quantity: 3,
  LicenseArn: 'arn:aws:license-manager::294406891311:license:l-0',
});
const echoed = (dimension: string, seconds = 1_795_168_800) => ({
  ...record(dimension),
  Timestamp: new Date(seconds * 1000),
});
const success = (dimension: string, id: string, seconds?: number) => ({
  UsageRecord: echoed(dimension, seconds),
  Status: 'Success' as const,
  MeteringRecordId: id,
});

test('records find their answers by what they are, not by their place', () => {
  const outcomes = outcomesOfAnswer([record('a'), record('b')], {
    Results: [success('b', 'm-b'), success('a', 'm-a')],
  });
  expect(outcomes).toEqual([
    { kind: 'recorded', meteringRecordId: 'm-a' },
    { kind: 'recorded', meteringRecordId: 'm-b' },
  ]);
});

test('instants are compared by whole seconds', () => {
  const sent = record('a');
  const answer = { ...echoed('a'), Timestamp: new Date(sent.Timestamp * 1000 + 999) };
  expect(
    outcomesOfAnswer([sent], { Results: [{ ...success('a', 'm'), UsageRecord: answer }] }),
  ).toMatchObject([{ kind: 'recorded' }]);
});

test('a record that the answer does not hold may be recorded', () => {
  expect(outcomesOfAnswer([record('a'), record('b')], { Results: [success('a', 'm-a')] })).toMatchObject([
    { kind: 'recorded' },
    { kind: 'may-be-recorded', reason: 'outcome-unknown' },
  ]);
  expect(outcomesOfAnswer([record('a')], {})).toMatchObject([{ kind: 'may-be-recorded' }]);
});

test.each([
  ['buyer', { CustomerAWSAccountId: '999999999999' }],
  ['licence', { LicenseArn: 'arn:aws:license-manager::1:license:l-1' }],
  ['instant', { Timestamp: new Date(0) }],
  ['dimension', { Dimension: 'A' }],
])('a success for another %s is not taken for ours', (_name, other) => {
  const Results = [{ ...success('a', 'm'), UsageRecord: { ...echoed('a'), ...other } }];
  expect(outcomesOfAnswer([record('a')], { Results })).toMatchObject([{ kind: 'may-be-recorded' }]);
});

test('an answer without the record is taken for it only when nothing else was sent', () => {
  const Results = [{ Status: 'Success' as const, MeteringRecordId: 'm' }];
  expect(outcomesOfAnswer([record('a')], { Results })).toMatchObject([{ kind: 'recorded' }]);
  expect(outcomesOfAnswer([record('a'), record('b')], { Results })).toMatchObject([
    { kind: 'may-be-recorded' },
    { kind: 'may-be-recorded' },
  ]);
});

test('a record that is answered twice is recorded if one of it says so, else not known', () => {
  const refused = { UsageRecord: echoed('a'), Status: 'DuplicateRecord' as const };
  const UnprocessedRecords = [echoed('a')];
  expect(outcomesOfAnswer([record('a')], { Results: [refused, success('a', 'm')] })).toMatchObject([
    { kind: 'recorded' },
  ]);
  expect(outcomesOfAnswer([record('a')], { Results: [refused], UnprocessedRecords })).toMatchObject([
    { kind: 'may-be-recorded' },
  ]);
  expect(outcomesOfAnswer([record('a')], { UnprocessedRecords })).toMatchObject([
    { kind: 'not-recorded', reason: 'not-processed' },
  ]);
});
