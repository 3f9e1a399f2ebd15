/**
 * Errors that people meet around metering and that don't come from reporting usage by hand: the help page recognises them and says
 * where they belong. From AWS's API reference:
 * https://docs.aws.amazon.com/marketplace/latest/APIReference/API_Operations_AWSMarketplace_Metering.html
 */
export interface ElsewhereError {
  /** AWS's names, the first one shown. */
  readonly names: readonly [string, ...string[]];
  /** AWS's calls that answer with it. */
  readonly calls: string;
  readonly note: string;
  /** Looked for by these words too. */
  readonly words: string;
}

export const elsewhereErrors: readonly ElsewhereError[] = [
  {
    names: ['CustomerNotEntitledException'],
    calls: 'MeterUsage and RegisterUsage',
    note: 'Software that runs in the buyer’s account gets it. For a SaaS product the same trouble shows as Customer not subscribed.',
    words: 'not entitled subscription container ami',
  },
  {
    names: ['DuplicateRequestException'],
    calls: 'MeterUsage',
    note: 'The same server reported the same dimension and time before. The advice to ignore it holds only when the quantity was the same too. For a SaaS product see Duplicate record: there it is never safe to ignore.',
    words: 'duplicate ignore',
  },
  {
    names: ['IdempotencyConflictException'],
    calls: 'MeterUsage',
    note: 'One client token was used for two different requests. Reporting by hand has no such token.',
    words: 'client token idempotent',
  },
  {
    names: ['InvalidEndpointRegionException'],
    calls: 'MeterUsage',
    note: 'The call went to another Region than the one where the software runs. Reporting SaaS usage knows no such error, but the Region must still stay the same, or usage is billed twice.',
    words: 'endpoint region',
  },
  {
    names: ['InvalidTokenException', 'ExpiredTokenException of ResolveCustomer'],
    calls: 'ResolveCustomer',
    note: 'The registration token of a buyer who comes from AWS Marketplace to your own sign-up page is wrong or has run out. It is settled on your website: the buyer starts again from AWS Marketplace.',
    words: 'registration token expired onboarding landing page sign-up',
  },
  {
    names: ['PlatformNotSupportedException'],
    calls: 'RegisterUsage',
    note: 'The container doesn’t run on Amazon ECS, Amazon EKS or AWS Fargate, the only places where it can register.',
    words: 'container ecs eks fargate kubernetes',
  },
  {
    names: ['InvalidRegionException'],
    calls: 'RegisterUsage',
    note: 'The container registered in another Region than the one in which its task or pod was started.',
    words: 'container region task pod',
  },
  {
    names: ['InvalidPublicKeyException', 'InvalidPublicKeyVersionException'],
    calls: 'RegisterUsage',
    note: 'The version of the public key that the container names does not exist. The software’s developers have to correct it.',
    words: 'container public key version',
  },
  {
    names: [
      'RegisterUsage with ThrottlingException, InternalServiceErrorException or InvalidProductCodeException',
    ],
    calls: 'RegisterUsage',
    note: 'When a container starts, only throttling may be waited for. After any other error the container should stop.',
    words: 'container start throttling internal product code',
  },
  {
    names: ['GetEntitlements returns nothing'],
    calls: 'GetEntitlements',
    note: 'The contract has ended, or the product has no prepaid dimensions. Metered dimensions don’t appear there.',
    words: 'entitlement zero 0 empty',
  },
];
