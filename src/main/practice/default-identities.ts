import type { World } from './world-schema.ts';

export const firstSeller = '482913607251';
export const secondSeller = '716024958833';
/** A channel partner who resells a product of the first seller. */
export const partnerSeller = '305518742096';

export const sellers: World['sellers'] = [
  {
    accountId: firstSeller,
    name: 'Kestrel Cloud Software',
    email: 'aws-marketplace@kestrel-cloud.example',
    userName: 'usage-scripts',
  },
  {
    accountId: secondSeller,
    name: 'Kestrel Labs',
    email: 'aws-labs@kestrel-cloud.example',
    userName: 'usage-scripts',
  },
];

const meteringPermissions = [
  'aws-marketplace:BatchMeterUsage',
  'aws-marketplace:SearchAgreements',
  'aws-marketplace:DescribeAgreement',
  'aws-marketplace:GetAgreementTerms',
  'aws-marketplace:GetAgreementEntitlements',
  'aws-marketplace:GetEntitlements',
  'aws-marketplace:ListEntities',
  'aws-marketplace:DescribeEntity',
  'cloudtrail:LookupEvents',
];
const readPermissions = meteringPermissions.filter((action) => action !== 'aws-marketplace:BatchMeterUsage');
const hourMs = 3_600_000;

export const roles: World['roles'] = [
  {
    accountId: firstSeller,
    name: 'MarketplaceMetering',
    permissions: meteringPermissions,
    sessionMs: hourMs,
    assigned: true,
  },
  {
    accountId: secondSeller,
    name: 'MarketplaceMetering',
    permissions: meteringPermissions,
    sessionMs: hourMs,
    assigned: true,
  },
  {
    accountId: firstSeller,
    name: 'MarketplaceReadOnly',
    permissions: readPermissions,
    sessionMs: hourMs,
    assigned: true,
  },
  { accountId: firstSeller, name: 'BillingOnly', permissions: [], sessionMs: hourMs, assigned: true },
  {
    accountId: firstSeller,
    name: 'UsageReporter',
    permissions: meteringPermissions,
    sessionMs: hourMs,
    assigned: false,
  },
  {
    accountId: firstSeller,
    name: 'UsageReporterMfa',
    permissions: meteringPermissions,
    sessionMs: hourMs,
    assigned: false,
    mfaSerial: `arn:aws:iam::${firstSeller}:mfa/usage-scripts`,
  },
];

export const accessKeys: World['accessKeys'] = [
  {
    accessKeyId: 'AKIAPRACTICEUSAGEKEY',
    accountId: firstSeller,
    userName: 'usage-scripts',
    permissions: ['*'],
    active: true,
  },
  {
    accessKeyId: 'AKIAPRACTICERETIREDK',
    accountId: firstSeller,
    userName: 'retired-scripts',
    permissions: ['*'],
    active: false,
  },
];

export const signIn: World['signIn'] = {
  startUrl: 'https://d-9067a1c4e2.awsapps.com/start',
  region: 'eu-central-1',
  personName: 'Ines Falk',
  personEmail: 'ines.falk@kestrel-cloud.example',
  sessionMs: 8 * hourMs,
  accessTokenMs: hourMs,
  registrationMs: 90 * 24 * hourMs,
  codeMs: 10 * 60_000,
  pollIntervalSeconds: 1,
  refreshTokens: true,
};

export const profiles: World['profiles'] = [
  { kind: 'sso-session', name: 'seller-ops', accountId: firstSeller, roleName: 'MarketplaceMetering' },
  { kind: 'sso-session', name: 'labs-ops', accountId: secondSeller, roleName: 'MarketplaceMetering' },
  { kind: 'sso-session', name: 'read-only', accountId: firstSeller, roleName: 'MarketplaceReadOnly' },
  { kind: 'static', name: 'static-key', accessKeyId: 'AKIAPRACTICEUSAGEKEY' },
  {
    kind: 'role',
    name: 'via-role',
    accountId: firstSeller,
    roleName: 'UsageReporter',
    sourceProfile: 'static-key',
  },
];

/**
 * What the first buyers of the default world are called, in their order. AWS gives no buyer's name, so these are the aliases
 * that a person in practice finds already kept; a buyer without one shows its account id, as a new buyer does.
 */
export const buyerNames: readonly (string | null)[] = [
  'Globex Robotics',
  'Initech Systems',
  'Halden Foods',
  'Brightwater Energy',
  'Tessera Games',
  null,
  'Orlow Biotech',
  'Quillon Insurance',
  'Marram Airlines',
  null,
  'Sorrel Media',
  'Vantor Mobility',
];
