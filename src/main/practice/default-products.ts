import { firstSeller, secondSeller } from './default-identities.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { WorldProduct } from './world-schema.ts';

/** Which terms the agreements of a product carry by default. */
export interface ProductPlan {
  readonly product: WorldProduct;
  /** Price per unit of each metered key, in the base currency; empty when nothing is metered. */
  readonly usagePrices: Readonly<Record<string, string>>;
  /** Prepaid quantity of each entitled key. */
  readonly prepaid: Readonly<Record<string, number>>;
}

type Dimensions = NonNullable<WorldProduct['dimensions']>;

const lowerAlnum = 'abcdefghijklmnopqrstuvwxyz234567';
const codeAlphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

const metered = (Key: string, Name: string, Unit: string, Description = Name): Dimensions[number] => ({
  Key,
  Name,
  Description,
  Unit,
  Types: ['ExternallyMetered'],
});
const entitled = (Key: string, Name: string, Unit: string): Dimensions[number] => ({
  Key,
  Name,
  Description: `${Name}, bought in advance`,
  Unit,
  Types: ['Entitled'],
});
const hourly = (Key: string, Name: string): Dimensions[number] => ({
  Key,
  Name,
  Description: `${Name}, by the hour`,
  Unit: 'Hrs',
  Types: ['Metered'],
});

interface Draft {
  readonly title: string;
  readonly about: string;
  readonly type?: string;
  readonly scheme: WorldProduct['scheme'];
  readonly dimensions?: Dimensions;
  readonly prices?: Readonly<Record<string, string>>;
  readonly prepaid?: Readonly<Record<string, number>>;
  readonly seller?: string;
  readonly visibility?: string;
}

const drafts = {
  observability: {
    title: 'Kestrel Observability Cloud',
    about: 'Metrics, logs and traces of a fleet in one place.',
    scheme: 'licence',
    dimensions: [
      entitled('hosts', 'Monitored hosts', 'Hosts'),
      entitled('data_ingested_gb', 'Data ingested', 'GB'),
      metered('data_ingested_gb', 'Data ingested', 'GB', 'Data ingested beyond the prepaid volume'),
      metered('custom_metrics', 'Custom metrics', 'Units', 'Custom metric series, per hour'),
      metered('synthetic_runs', 'Synthetic test runs', 'Requests'),
      // Joined the listing after the deals were made: in no rate card.
      metered('profiler_hours', 'Continuous profiler', 'Hrs', 'Hours of continuous profiling'),
    ],
    // `legacy_traces` is in the rate card alone: the listing lost it.
    prices: {
      data_ingested_gb: '0.42',
      custom_metrics: '0.0125',
      synthetic_runs: '0.0015',
      legacy_traces: '0.10',
    },
    prepaid: { hosts: 250, data_ingested_gb: 5000 },
  },
  pipeline: {
    title: 'Larch Data Pipeline',
    about: 'Moves rows between databases, paid by use.',
    scheme: 'licence',
    dimensions: [
      metered('rows_processed', 'Rows processed', 'Units', 'Thousand rows processed'),
      metered('connector_hours', 'Connector hours', 'Hrs', 'Hours that a connector was running'),
      metered('egress_gb', 'Data egress', 'GB'),
      metered('support_minutes', 'Assisted onboarding', 'Units', 'Minutes of assisted onboarding'),
    ],
    prices: { rows_processed: '0.00025', connector_hours: '0.18', egress_gb: '0.07', support_minutes: '0' },
  },
  signatures: {
    title: 'Quillmark eSign',
    about: 'Signatures with an audit trail.',
    scheme: 'product-code',
    dimensions: [
      metered('Envelopes', 'Envelopes sent', 'Units'),
      metered('SmsCodes', 'SMS codes', 'Requests', 'One-time codes sent by SMS'),
    ],
    prices: { Envelopes: '0.85', SmsCodes: '0.06' },
  },
  backup: {
    title: 'Bramble Backup for Teams',
    about: 'Backups by seat, without usage charges.',
    scheme: 'none',
    dimensions: [
      entitled('seats_standard', 'Standard seats', 'Users'),
      entitled('seats_archive', 'Archive seats', 'Users'),
    ],
    prepaid: { seats_standard: 120, seats_archive: 15 },
  },
  threatFeed: {
    title: 'Marlow Threat Feed',
    about: 'Indicators of compromise, refreshed every minute. Its listing carries no dimensions.',
    scheme: 'licence',
    prices: { lookups: '0.003' },
  },
  longNamed: {
    title:
      'Kestrel Observability Cloud for Regulated Industries with Extended Retention, Residency Controls and Evidence Export',
    about: 'The observability cloud with longer retention.',
    scheme: 'licence',
    visibility: 'Limited',
    dimensions: [
      entitled('regulated.hosts.with-extended-retention', 'Monitored hosts with extended retention', 'Hosts'),
      metered(
        'regulated.data-ingested.with-extended-retention.eu-residency.terabytes',
        'Data ingested with thirteen months of retention and residency inside the European Union',
        'TB',
        'Terabytes ingested beyond the prepaid volume, kept for thirteen months inside the European Union',
      ),
      metered('evidence_exports', 'Evidence exports', 'Units'),
    ],
    prices: {
      'regulated.data-ingested.with-extended-retention.eu-residency.terabytes': '512.375',
      evidence_exports: '24',
    },
    prepaid: { 'regulated.hosts.with-extended-retention': 40 },
  },
  firewall: {
    title: 'Sable Firewall Appliance',
    about: 'A virtual appliance.',
    type: 'AmiProduct',
    scheme: 'none',
    dimensions: [hourly('m6i.large', 'm6i.large'), hourly('m6i.xlarge', 'm6i.xlarge')],
    prices: { 'm6i.large': '0.35', 'm6i.xlarge': '0.70' },
  },
  gateway: {
    title: 'Osprey API Gateway for Kubernetes',
    about: 'A container that meters itself.',
    type: 'ContainerProduct',
    scheme: 'none',
    dimensions: [metered('gateway_pods', 'Gateway pods', 'Hrs')],
    prices: { gateway_pods: '0.09' },
  },
  onboarding: {
    title: 'Kestrel Onboarding Package',
    about: 'Two weeks with our engineers.',
    type: 'ProfessionalServicesProduct',
    scheme: 'none',
    dimensions: [entitled('engagement', 'Engagement', 'Units')],
    prepaid: { engagement: 1 },
  },
  classifier: {
    title: 'Wren Document Classifier',
    about: 'A model for SageMaker.',
    type: 'MachineLearningProduct',
    scheme: 'none',
    dimensions: [hourly('ml.m5.xlarge_inference', 'ml.m5.xlarge inference')],
    prices: { 'ml.m5.xlarge_inference': '1.20' },
  },
  labs: {
    title: 'Kestrel Labs Vector Store',
    about: 'A vector database, paid by use.',
    seller: secondSeller,
    scheme: 'licence',
    dimensions: [
      metered('vectors_million', 'Million vectors', 'Units'),
      metered('queries', 'Queries', 'Requests'),
    ],
    prices: { vectors_million: '1.10', queries: '0.00004' },
  },
  census: {
    title: 'Dunlin Population Data',
    about: 'A data set. Its product type is one that nobody knows yet.',
    type: 'DataGridProduct',
    scheme: 'none',
    dimensions: [metered('rows_read', 'Rows read', 'Units')],
    prices: { rows_read: '0.01' },
  },
  retired: {
    title: 'Larch Data Pipeline Classic',
    about: 'No longer sold: buyers who have it keep it.',
    scheme: 'licence',
    visibility: 'Restricted',
    dimensions: [
      metered('jobs', 'Jobs run', 'Units'),
      // Listed with a mark that is not the seller's to report by.
      {
        Key: 'worker_hours',
        Name: 'Worker hours',
        Description: 'Worker hours',
        Unit: 'Hrs',
        Types: ['Metered'],
      },
    ],
    prices: { jobs: '0.05', worker_hours: '0.20' },
  },
} as const satisfies Record<string, Draft>;

export type ProductName = keyof typeof drafts;

/** The products of the default world, identifiers drawn from `random`. */
export function planProducts(
  random: SeededRandom,
  nowMs: number,
): Readonly<Record<ProductName, ProductPlan>> {
  const plan = (draft: Draft): ProductPlan => ({
    product: {
      id: `prod-${random.text(lowerAlnum, 13)}`,
      sellerAccountId: draft.seller ?? firstSeller,
      productCode: random.text(codeAlphabet, 25),
      type: draft.type ?? 'SaaSProduct',
      title: draft.title,
      visibility: draft.visibility ?? 'Public',
      scheme: draft.scheme,
      revision: random.whole(2, 40),
      lastModified: new Date(nowMs - random.whole(3, 300) * 86_400_000).toISOString(),
      shortDescription: draft.about,
      ...(draft.dimensions ? { dimensions: [...draft.dimensions] } : {}),
    },
    usagePrices: draft.prices ?? {},
    prepaid: draft.prepaid ?? {},
  });
  return {
    observability: plan(drafts.observability),
    pipeline: plan(drafts.pipeline),
    signatures: plan(drafts.signatures),
    backup: plan(drafts.backup),
    threatFeed: plan(drafts.threatFeed),
    longNamed: plan(drafts.longNamed),
    firewall: plan(drafts.firewall),
    gateway: plan(drafts.gateway),
    onboarding: plan(drafts.onboarding),
    classifier: plan(drafts.classifier),
    labs: plan(drafts.labs),
    census: plan(drafts.census),
    retired: plan(drafts.retired),
  };
}
