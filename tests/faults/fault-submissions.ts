/** What a run of the campaign confirms: some usage here and there, a backlog at once, and what someone else meters first. */
import type { ContractDetails } from '../../src/contract/contracts.ts';
import type { SeededRandom } from '../../src/main/practice/seeded-random.ts';
import type { FaultApp } from './fault-app.ts';
import { lineFor } from './fault-plan.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export interface Desk {
  readonly app: FaultApp;
  readonly random: SeededRandom;
  /** A stream of its own, so that a seed's other choices are what they were before there were backlogs. */
  readonly backlog: SeededRandom;
  readonly contracts: ContractDetails[];
}

export async function submitSome(desk: Desk): Promise<void> {
  const { app, random, contracts } = desk;
  const contract = contracts[random.whole(0, contracts.length - 1)];
  const metered = contract?.dimensions.filter((one) => one.kind === 'metered') ?? [];
  if (!contract || metered.length === 0) return;
  const nowMs = Date.now() + app.shiftMs();
  const lines = Array.from({ length: random.whole(1, 8) }, () => {
    const key = metered[random.whole(0, metered.length - 1)]?.key ?? '';
    return lineFor(random, key, nowMs - random.whole(1, 350) * minuteMs);
  });
  const { agreementId } = contract.summary;
  if (random.next() < 0.1) await meterAsAnother(app, contract, lines[0]);
  const review = await app.call('reviews.create', { agreementId, lines, timeZone: 'UTC', locale: 'en-US' });
  if (!review.ok) {
    // Hours that are taken already, most often: the form would have said so.
    const [first] = lines;
    if (lines.length > 1 && first) await submitLines(desk, agreementId, [first]);
    return;
  }
  await confirm(desk, review.value);
}

/** Enough that one product has several calls under way: every hour that is open, of many contracts, due at the same moment. */
export async function submitBacklog(desk: Desk): Promise<void> {
  const { app, backlog, contracts } = desk;
  await app.call('settings.change', { undoSeconds: 2 });
  const nowMs = Date.now() + app.shiftMs();
  for (const { summary, dimensions } of contracts.slice(0, backlog.whole(5, 10))) {
    const lines = dimensions
      .filter((one) => one.kind === 'metered')
      .flatMap(({ key }) =>
        [1, 2, 3, 4, 5].map((hours) => lineFor(backlog, key, nowMs - hours * hourMs - minuteMs)),
      );
    await submitLines(desk, summary.agreementId, lines.slice(0, 25));
  }
}

async function submitLines(
  desk: Desk,
  agreementId: string,
  lines: readonly ReturnType<typeof lineFor>[],
): Promise<void> {
  const review = await desk.app.call('reviews.create', {
    agreementId,
    lines: [...lines],
    timeZone: 'UTC',
    locale: 'en-US',
  });
  if (review.ok) await confirm(desk, review.value);
}

async function confirm(
  { app, random }: Desk,
  review: { readonly reviewId: string; readonly hash: string },
): Promise<void> {
  const { reviewId, hash } = review;
  const submission = await app.call('reviews.submit', { reviewId, hash, confirmed: true });
  if (submission.ok && random.next() < 0.05)
    await app.call('usage.undo', { submissionId: submission.value.submissionId });
}

/** More than a line of the campaign ever has: so the books tell someone else's record by it, whenever it was stored. */
export const quantityOfAnother = 100_000;

/** Someone else's pipeline meters the hour first, with another quantity. */
async function meterAsAnother(
  app: FaultApp,
  contract: ContractDetails,
  line: ReturnType<typeof lineFor> | undefined,
): Promise<void> {
  const { buyerAccountId, licenseArns } = contract.summary;
  const [LicenseArn] = licenseArns;
  if (!line || LicenseArn === undefined) return;
  const startMs = Date.parse(`${line.dateText}T${line.timeText}Z`);
  const date = new Date(Date.now() + app.shiftMs()).toISOString().replace(/[-:]|\.\d{3}/g, '');
  // Met a fault it may hang or break off, and be stored all the same, perhaps later.
  await fetch(app.practiceUrl, {
    method: 'POST',
    signal: AbortSignal.timeout(500),
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSMPMeteringService.BatchMeterUsage',
      'x-amz-date': date,
      'user-agent': 'a-pipeline/1.0',
      authorization: `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/${date.slice(0, 8)}/us-east-1/aws-marketplace/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
    },
    body: JSON.stringify({
      UsageRecords: [
        {
          Timestamp: startMs / 1_000,
          Dimension: line.dimensionKey,
          Quantity: quantityOfAnother,
          CustomerAWSAccountId: buyerAccountId,
          LicenseArn,
        },
      ],
    }),
  }).then(
    (answer) => answer.text(),
    () => '',
  );
}
