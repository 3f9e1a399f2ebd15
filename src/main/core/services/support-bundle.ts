/**
 * The support bundle of records: what was reported, every call and answer, and what the guide says of them; one text for people and
 * one JSON file for programs. Nothing stands in it that could sign anything: the ledger has no secrets.
 */
import type { GuideFacts } from '../../../contract/guide.ts';
import { reasonCatalogue } from '../../../contract/reason-catalogue.ts';
import { guideOf } from '../../../contract/reasons/guide-words.ts';
import { ok, type Result } from '../../../contract/result.ts';
import type { SupportBundle } from '../../../contract/support-bundle.ts';
import type { SavedFile, UsageRecordWithAttempts } from '../../../contract/usage.ts';
import { utc } from '../domain/utc-hours.ts';
import type { Clock, SaveTarget, Zip } from '../ports.ts';

export interface SupportBundleDeps {
  readonly record: (recordId: string) => Result<UsageRecordWithAttempts>;
  readonly guide: (recordId: string) => Promise<Result<GuideFacts>>;
  readonly clock: Pick<Clock, 'now'>;
  readonly save: Pick<SaveTarget, 'saveBytes'>;
  readonly zip: Zip;
  readonly appVersion: string;
  readonly practice: boolean;
}

export interface SupportBundles {
  /** What would stand in it. Fails as reading the records does. */
  readonly show: (recordIds: readonly string[]) => Promise<Result<SupportBundle>>;
  readonly save: (recordIds: readonly string[]) => Promise<Result<SavedFile>>;
}

interface Told {
  readonly entry: UsageRecordWithAttempts;
  readonly facts: GuideFacts;
}

export function createSupportBundles(deps: SupportBundleDeps): SupportBundles {
  async function show(recordIds: readonly string[]): Promise<Result<SupportBundle>> {
    const told: Told[] = [];
    for (const recordId of recordIds) {
      const entry = deps.record(recordId);
      if (!entry.ok) return entry;
      const facts = await deps.guide(recordId);
      if (!facts.ok) return facts;
      told.push({ entry: entry.value, facts: facts.value });
    }
    const madeUtc = utc(deps.clock.now());
    const head = { app: 'Usage Desk', appVersion: deps.appVersion, practice: deps.practice, madeUtc };
    const records = told.map(({ entry, facts }) => ({ ...entry, guide: { facts, ...spoken(entry, facts) } }));
    return ok({
      fileName: `usage-desk-support-${madeUtc.replaceAll(':', '')}.zip`,
      files: [
        { name: 'support.txt', text: textOf(head, told) },
        { name: 'records.json', text: `${JSON.stringify({ ...head, records }, null, 2)}\n` },
      ],
    });
  }

  return {
    show,
    save: async (recordIds) => {
      const bundle = await show(recordIds);
      if (!bundle.ok) return bundle;
      return deps.save.saveBytes({
        suggestedName: bundle.value.fileName,
        mediaType: 'application/zip',
        chunks: deps.zip(bundle.value.files, deps.clock.now()),
      });
    },
  };
}

/** UTC throughout: whoever reads it sits elsewhere. */
const say = {
  instant: (instant: string) => instant,
  span: (ms: number) => `${Math.floor(ms / 60_000)} min`,
  account: (accountId: string) => accountId,
  quantity: String,
};

function spoken({ record }: UsageRecordWithAttempts, facts: GuideFacts) {
  const { seen, steps } = guideOf(record, facts, say);
  if (record.reason === null) return { seen, steps: [] };
  const { title, whatHappened, why, awsPage, steps: usual } = reasonCatalogue[record.reason];
  return { title, whatHappened, why, awsPage, seen, steps: steps ?? usual };
}

function textOf(
  head: { readonly appVersion: string; readonly practice: boolean; readonly madeUtc: string },
  told: readonly Told[],
): string {
  const lines = [
    `Usage Desk ${head.appVersion}${head.practice ? ', practice: a simulated AWS, nothing is billed' : ''}`,
    `Made ${head.madeUtc}. All times are UTC.`,
    `${told.length} usage ${told.length === 1 ? 'record' : 'records'} of BatchMeterUsage. The same stands in records.json for programs.`,
    ...told.flatMap(({ entry, facts }, at) => ['', ...recordLines(entry, facts, at + 1)]),
  ];
  return `${lines.join('\n')}\n`;
}

function recordLines(entry: UsageRecordWithAttempts, facts: GuideFacts, number: number): string[] {
  const { record, attempts } = entry;
  const guide = spoken(entry, facts);
  return [
    `Record ${number}: ${record.recordId}`,
    `  Status: ${record.status}${record.phase === null ? '' : ` (${record.phase})`}${record.reason === null ? '' : `, reason ${record.reason}`}`,
    `  Seller account ${record.sellerAccountId}, by ${record.sellerPrincipalArn}`,
    `  Buyer account ${record.buyerAccountId}, agreement ${record.agreementId}`,
    `  Product ${record.productId}${record.productTitle === null ? '' : ` (${record.productTitle})`}, ${record.scheme === 'licence' ? `licence ${record.licenseArn}` : `product code ${record.productCode}`}`,
    `  Dimension ${record.dimensionKey}, quantity ${record.quantity}, start time ${record.startUtc}`,
    `  Region ${record.meteringRegion}, submitted ${record.submittedUtc}, deadline ${record.deadlineUtc}`,
    ...(record.meteringRecordId === null ? [] : [`  MeteringRecordId ${record.meteringRecordId}`]),
    `  Attempts: ${attempts.length}`,
    ...attempts.map(
      ({ startedUtc, outcome, requestId, awsErrorName, awsMessage }) =>
        `    ${startedUtc}  ${outcome}  request id ${requestId ?? 'none'}${awsErrorName === null ? '' : `  ${awsErrorName}`}${awsMessage === null ? '' : `: ${awsMessage}`}`,
    ),
    ...('title' in guide ? [`  What Usage Desk says: ${guide.title}. ${guide.whatHappened}`] : []),
    ...guide.seen.map((fact) => `    - ${fact}`),
  ];
}
