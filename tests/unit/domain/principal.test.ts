import { expect, it } from 'vitest';
import { isSamePrincipal } from '../../../src/main/core/domain/principal.ts';

const sts = 'arn:aws:sts::111122223333:assumed-role';

it.each([
  [
    `${sts}/UsageReporter/aws-sdk-js-1`,
    `${sts}/UsageReporter/aws-sdk-js-2`,
    true,
    'a plain role signed in anew',
  ],
  [`${sts}/UsageReporter/a`, `${sts}/Other/a`, false, 'another role'],
  [
    `${sts}/UsageReporter/a`,
    'arn:aws:sts::444455556666:assumed-role/UsageReporter/a',
    false,
    'another account',
  ],
  [
    `${sts}/AWSReservedSSO_Ops_0123456789abcdef/ada`,
    `${sts}/AWSReservedSSO_Ops_0123456789abcdef/bob`,
    false,
    'another person',
  ],
  [
    `${sts}/AWSReservedSSO_Ops_0123456789abcdef/ada`,
    `${sts}/AWSReservedSSO_Ops_0123456789abcdef/ada`,
    true,
    'the same person',
  ],
  ['arn:aws:iam::111122223333:user/ada', 'arn:aws:iam::111122223333:user/bob', false, 'another user'],
])('%s and %s: %s (%s)', (one, other, same) => {
  expect(isSamePrincipal(one, other)).toBe(same);
});
