/**
 * What an AWS admin has to allow for a person who reports usage: least privilege, to be copied and sent.
 * Actions and conditions: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsmarketplacemeteringservice.html
 * and https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsmarketplace.html
 */

const catalogArn = (accountId: string, entity: string) =>
  `arn:aws:aws-marketplace:us-east-1:${accountId}:AWSMarketplace/${entity}/*`;

/** The IAM policy as JSON text, for a seller account id and the Regions in which its products are metered. */
export function adminPolicy(
  sellerAccountId = '<seller-account>',
  meteringRegions: readonly string[] = ['us-east-1'],
): string {
  const policy = {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'ReportUsage',
        Effect: 'Allow',
        Action: 'aws-marketplace:BatchMeterUsage',
        // This action can't be limited to a product.
        Resource: '*',
        Condition: {
          StringEquals: {
            'aws:RequestedRegion': meteringRegions.length === 1 ? meteringRegions[0] : meteringRegions,
          },
        },
      },
      {
        Sid: 'ReadOwnContracts',
        Effect: 'Allow',
        Action: [
          'aws-marketplace:SearchAgreements',
          'aws-marketplace:DescribeAgreement',
          'aws-marketplace:GetAgreementTerms',
        ],
        Resource: '*',
        Condition: {
          StringEquals: { 'aws-marketplace:PartyType': 'Proposer' },
          'ForAllValues:StringEquals': { 'aws-marketplace:AgreementType': ['PurchaseAgreement'] },
        },
      },
      {
        Sid: 'ReadEntitlements',
        Effect: 'Allow',
        Action: ['aws-marketplace:GetAgreementEntitlements', 'aws-marketplace:GetEntitlements'],
        Resource: '*',
      },
      {
        Sid: 'FindProducts',
        Effect: 'Allow',
        Action: 'aws-marketplace:ListEntities',
        Resource: '*',
      },
      {
        Sid: 'ReadProducts',
        Effect: 'Allow',
        Action: 'aws-marketplace:DescribeEntity',
        Resource: [catalogArn(sellerAccountId, 'SaaSProduct'), catalogArn(sellerAccountId, 'Offer')],
      },
      { Sid: 'VerifySubmissions', Effect: 'Allow', Action: 'cloudtrail:LookupEvents', Resource: '*' },
    ],
  };
  return JSON.stringify(policy, null, 2);
}

/** A message to the admin, with the policy in it. */
export function adminMessage(): string {
  return [
    'Hello,',
    '',
    'I report our buyers’ metered usage to AWS Marketplace with Usage Desk. Please give me access to our AWS Marketplace seller account:',
    '',
    '1. A permission set in IAM Identity Center with the policy below, assigned to me in the seller account.',
    '2. The start URL and the Region of our IAM Identity Center, to sign in with.',
    '',
    adminPolicy(),
    '',
  ].join('\n');
}
