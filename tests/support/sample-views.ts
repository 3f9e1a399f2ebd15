/** Builders of what the core shows the page, with invented identifiers. */
import type { ContractList, ContractStatus, ContractSummary } from '../../src/contract/contracts.ts';
import type { Identity, Profile, SessionView } from '../../src/contract/session.ts';
import type { Settings, SystemStatus } from '../../src/contract/settings.ts';
import type { UsageRecordView } from '../../src/contract/usage.ts';

export function aContract(change: Partial<ContractSummary> = {}): ContractSummary {
  return {
    agreementId: 'agmt-6z1c0example00000000000001',
    buyerAccountId: '111122223333',
    buyerAlias: 'Globex Robotics',
    productId: 'prod-insights0000',
    productTitle: 'Acme Insights',
    productCode: '4hx9insightscode',
    resourceType: 'SaaSProduct',
    awsStatus: 'ACTIVE',
    status: { kind: 'active' },
    addUsage: { allowed: true },
    startUtc: '2026-01-01T00:00:00Z',
    endUtc: '2026-12-31T23:59:59Z',
    endIsAbout: false,
    acceptedUtc: '2025-12-20T10:00:00Z',
    offerId: 'offer-abc123example',
    initialAgreementId: null,
    licenseArns: ['arn:aws:license-manager::123456789012:license:l-0example'],
    addedByHand: false,
    lastUsageUtc: null,
    monthEstimates: [],
    pendingCount: 0,
    rejectedCount: 0,
    change: null,
    ...change,
  };
}

export function aContractList(change: Partial<ContractList> = {}): ContractList {
  const rows = change.rows ?? [aContract()];
  return {
    listId: 'list-1',
    version: 1,
    hasMore: false,
    state: { kind: 'complete' },
    lastCompleteUtc: '2026-11-20T14:00:00Z',
    unreadable: 0,
    count: rows.length,
    catalogProblem: null,
    ...change,
    rows,
  };
}

export function aRecord(change: Partial<UsageRecordView> = {}): UsageRecordView {
  return {
    recordId: '0b7a1c1e-0000-4000-8000-000000000001',
    submissionId: '0b7a1c1e-0000-4000-8000-00000000000a',
    agreementId: 'agmt-6z1c0example00000000000001',
    buyerAccountId: '111122223333',
    buyerAlias: 'Globex Robotics',
    productId: 'prod-insights0000',
    productTitle: 'Acme Insights',
    dimensionKey: 'api_calls',
    dimensionName: 'API calls',
    unit: 'calls',
    quantity: 1250,
    startUtc: '2026-11-20T13:05:00Z',
    hourSlotUtc: '2026-11-20T13:00:00Z',
    timeZone: 'Europe/Berlin',
    description: 'November true-up',
    unitPrice: '0.002',
    estimate: { amount: '2.500', currencyCode: 'USD' },
    status: 'accepted',
    phase: null,
    reason: null,
    awsErrorName: null,
    awsMessage: null,
    requestId: '5d0c8a4e-0000-4000-8000-0000000000aa',
    meteringRecordId: '9a1f-metering-record-0001',
    nextTryUtc: null,
    needsPerson: false,
    awaitsTrailUntilUtc: null,
    undoUntilUtc: null,
    deadlineUtc: '2026-11-21T13:04:00Z',
    settledUtc: '2026-11-20T14:00:05Z',
    attemptCount: 1,
    decidedBy: null,
    decisionNote: null,
    predecessorId: null,
    settlement: null,
    scheme: 'licence',
    meteringRegion: 'us-east-1',
    licenseArn: 'arn:aws:license-manager::123456789012:license:l-0example',
    productCode: '4hx9insightscode',
    submittedUtc: '2026-11-20T14:00:00Z',
    sellerAccountId: '123456789012',
    sellerRoleName: 'MeteringOps',
    sellerPrincipalArn: 'arn:aws:sts::123456789012:assumed-role/MeteringOps/dana@example.com',
    ...change,
  };
}

export function aProfile(change: Partial<Profile> = {}): Profile {
  return {
    name: 'seller-ops',
    kind: 'sso-session',
    accountId: '123456789012',
    accountName: 'Acme Marketplace',
    roleName: 'MeteringOps',
    ssoSession: 'corp',
    asksForCode: false,
    problem: null,
    signedInUntilUtc: null,
    ...change,
  };
}

export const anIdentity: Identity = {
  profile: 'seller-ops',
  accountId: '123456789012',
  accountName: 'Acme Marketplace',
  roleName: 'MeteringOps',
  principalArn: 'arn:aws:sts::123456789012:assumed-role/MeteringOps/dana@example.com',
};

export function aSignedInSession(
  change: Partial<Extract<SessionView, { state: 'signed-in' }>> = {},
): Extract<SessionView, { state: 'signed-in' }> {
  return {
    state: 'signed-in',
    identity: anIdentity,
    expiresUtc: '2026-11-20T14:52:00Z',
    renewsItself: false,
    renewalProblem: null,
    isShared: true,
    switchProblem: null,
    ...change,
  };
}

export function aSystemStatus(change: Partial<SystemStatus> = {}): SystemStatus {
  return {
    appVersion: '0.1.0',
    practice: false,
    capabilities: { save: 'download', openBrowser: true, asksBeforeClosing: false, savesPdf: false },
    nowUtc: '2026-11-20T14:00:00Z',
    clockOffsetMs: 0,
    ledgerProblem: null,
    writeProblem: null,
    endpointOverrides: [],
    endpointsAcknowledged: true,
    ...change,
  };
}

export function someSettings(change: Partial<Settings> = {}): Settings {
  return {
    windowPolicy: 'six-hours',
    theme: 'system',
    undoSeconds: 10,
    accountNames: [],
    products: [
      {
        productId: 'prod-insights0000',
        productTitle: 'Acme Insights',
        scheme: 'licence',
        meteringRegion: 'us-east-1',
      },
      {
        productId: 'prod-vision00000',
        productTitle: 'Acme Vision for Warehouses',
        scheme: 'product-code',
        meteringRegion: 'us-east-1',
      },
    ],
    dataDir: '/home/dana/.local/share/usage-desk/live',
    ledgerPath: '/home/dana/.local/share/usage-desk/live/ledger.sqlite',
    preferencesPath: '/home/dana/.local/share/usage-desk/live/preferences.json',
    backupsDir: '/home/dana/.local/share/usage-desk/live/backups',
    auditHead: { seq: 412, hash: '3f'.repeat(32) },
    draftsPath: '/home/dana/.local/share/usage-desk/live/drafts.json',
    logPath: '/home/dana/.local/share/usage-desk/live/usage-desk.log',
    preferencesSetAside: null,
    draftsSetAside: null,
    ...change,
  };
}

const buyers = [
  ['Globex Robotics', '111122223333'],
  ['Initech Analytics', '222233334444'],
  ['Umbrella Health', '333344445555'],
  [null, '012345678901'],
  ['Nordwind Logistik GmbH & Co. KG, Abteilung Verbrauchserfassung und Abrechnung Nord', '444455556666'],
  ['Tyrell Imaging', '555566667777'],
  ['Wayne Energy', '666677778888'],
] as const;

const products = [
  ['prod-insights0000', 'Acme Insights'],
  ['prod-vision00000', 'Acme Vision for Warehouses'],
  ['prod-relay000000', 'Acme Relay'],
] as const;

/** A lively list, in every status. `nowMs` is the present moment as epoch ms. */
export function manyContracts(count: number, nowMs: number): readonly ContractSummary[] {
  const at = (offsetMs: number) => new Date(nowMs + offsetMs).toISOString();
  const day = 86_400_000;
  const statuses: readonly ContractStatus[] = [
    { kind: 'active' },
    { kind: 'active' },
    { kind: 'active' },
    { kind: 'not-started', startsUtc: at(3.4 * day) },
    { kind: 'closing', closesUtc: at(38.5 * 60_000) },
    { kind: 'ended', endedUtc: at(-40 * day) },
    { kind: 'not-by-hand', cause: 'container' },
    { kind: 'active' },
  ];
  return Array.from({ length: count }, (_, index) => {
    const [buyerAlias, buyerAccountId] = buyers[index % buyers.length] ?? buyers[0];
    const [productId, productTitle] = products[index % products.length] ?? products[0];
    const status = statuses[index % statuses.length] ?? { kind: 'active' };
    return aContract({
      agreementId: `agmt-${(index + 10).toString(36)}q8z7example${String(index).padStart(4, '0')}`,
      buyerAlias,
      buyerAccountId,
      productId,
      productTitle,
      status,
      addUsage: addUsageOf(status),
      endUtc: endOf(status, index, at),
      lastUsageUtc: index % 3 === 0 ? at(-index * 3_600_000) : null,
      monthEstimates: index % 3 === 0 ? [{ amount: `${index * 137 + 12}.5`, currencyCode: 'USD' }] : [],
    });
  });
}

function addUsageOf(status: ContractStatus): ContractSummary['addUsage'] {
  switch (status.kind) {
    case 'not-started':
      return { allowed: false, reason: 'contract-not-started' };
    case 'ended':
      return { allowed: false, reason: 'contract-ended' };
    case 'not-by-hand':
      return { allowed: false, reason: 'not-a-saas-product' };
    default:
      return { allowed: true };
  }
}

function endOf(status: ContractStatus, index: number, at: (offsetMs: number) => string): string | null {
  if (status.kind === 'ended') return status.endedUtc;
  if (status.kind === 'closing') return at(-21.5 * 60_000);
  return index % 7 === 3 ? null : at((index + 5) * 9 * 86_400_000);
}
