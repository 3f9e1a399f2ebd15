/** A practice AWS in a process of its own, and usage records for its contracts that it takes. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type AwsConnection, createAwsConnection } from '../../../src/main/adapters/aws/connection.ts';
import { createNetwork } from '../../../src/main/adapters/aws/network.ts';
import type { NewUsageRecord } from '../../../src/main/core/domain/usage-record.ts';
import { hourSlotOf } from '../../../src/main/core/domain/utc-hours.ts';
import { startChild } from '../../support/child-process.ts';

interface World {
  readonly buyers: readonly { readonly accountId: string; readonly suspended?: boolean }[];
  readonly products: readonly {
    readonly id: string;
    readonly type: string;
    readonly sellerAccountId: string;
    readonly dimensions?: readonly { readonly Key: string; readonly Types?: readonly string[] }[];
  }[];
  readonly agreements: readonly {
    readonly agreementId: string;
    readonly productId: string;
    readonly acceptorAccountId: string;
    readonly status: string;
    readonly startTime: string;
    readonly endTime?: string | null;
    readonly entitlements?: readonly { readonly licenseArn?: string }[];
    readonly licenseArns?: readonly string[];
  }[];
}

const practiceEntry = resolve(import.meta.dirname, '../../../src/main/practice/practice-main.ts');
const accessKeyId = 'AKIAIOSFODNN7EXAMPLE';
const hourMs = 3_600_000;
/** Whole hours back that AWS surely still takes. */
const hoursOpen = 22;

export type MeteringBench = Awaited<ReturnType<typeof startMeteringBench>>;

export async function startMeteringBench(contracts: number) {
  const dir = mkdtempSync(join(tmpdir(), 'usage-desk-bench-'));
  const practice = await startChild(
    [practiceEntry, '--agreements', String(contracts * 2), '--seed', '1'],
    'Practice AWS is ready: ',
  );
  // The SDK reads it where a client is made, as it does in the app.
  process.env.AWS_ENDPOINT_URL = practice.address;
  process.env.AWS_EC2_METADATA_DISABLED = 'true';
  const steer = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${practice.address}/_practice/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return answer.json();
  };
  await steer('PUT', 'behaviour', { rateLimits: false, keepCalls: 20_000 });
  // The practice world is what its own schema says.
  const world = (await steer('GET', 'world')) as World;
  const sellerAccountId = world.products[0]?.sellerAccountId ?? '';
  return {
    dir,
    steer,
    sellerAccountId,
    connection: connectionOf(sellerAccountId),
    records: (count: number, badEvery: number | null) =>
      recordsOf(meterable(world, sellerAccountId).slice(0, contracts), count, badEvery),
    stop: async () => {
      await practice.end('SIGKILL');
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function connectionOf(accountId: string): AwsConnection {
  const connection = createAwsConnection();
  const network = createNetwork({ isAcknowledged: () => true });
  const credentials = { accessKeyId, secretAccessKey: 'invented' };
  connection.replace({
    identity: {
      profile: 'bench',
      accountId,
      accountName: null,
      roleName: null,
      principalArn: `arn:aws:iam::${accountId}:user/bench`,
    },
    region: 'us-east-1',
    credentials: () => Promise.resolve(credentials),
    dropCredentials: () => undefined,
    stopWaiting: () => undefined,
    requestHandler: (timeouts) => network.handler(null, timeouts),
    errorContext: () => ({ profile: 'bench', offsetMs: 0, signsInByBrowser: false }),
  });
  return connection;
}

interface Meterable {
  readonly agreement: World['agreements'][number];
  readonly licenseArn: string;
  readonly keys: readonly string[];
}

function meterable(world: World, sellerAccountId: string): readonly Meterable[] {
  const yesterday = new Date(Date.now() - 24 * hourMs).toISOString();
  const soon = new Date(Date.now() + hourMs).toISOString();
  return world.agreements.flatMap((agreement) => {
    const product = world.products.find((one) => one.id === agreement.productId);
    const [licenseArn] =
      agreement.licenseArns ?? (agreement.entitlements ?? []).flatMap((one) => one.licenseArn ?? []);
    const keys = (product?.dimensions ?? [])
      .filter((one) => one.Types?.includes('ExternallyMetered'))
      .map((one) => one.Key);
    const isOpen =
      agreement.status === 'ACTIVE' &&
      agreement.startTime < yesterday &&
      (agreement.endTime === undefined || agreement.endTime === null || agreement.endTime > soon);
    const isLive = !world.buyers.some(
      ({ accountId, suspended }) => suspended && accountId === agreement.acceptorAccountId,
    );
    const isOurs = product?.type === 'SaaSProduct' && product.sellerAccountId === sellerAccountId;
    return isOurs && isOpen && isLive && licenseArn !== undefined && keys.length > 0
      ? [{ agreement, licenseArn, keys }]
      : [];
  });
}

/** Every hour slot that is open, contract by contract in turn, so that a beginning of the list is spread evenly. */
function freeSlots(contracts: readonly Meterable[]) {
  const mostKeys = Math.max(...contracts.map(({ keys }) => keys.length));
  const turns = Array.from({ length: mostKeys * hoursOpen }, (_, turn) => turn);
  return turns.flatMap((turn) =>
    contracts.flatMap((contract) => {
      const dimensionKey = contract.keys[turn % contract.keys.length];
      const hoursBack = 1 + Math.floor(turn / contract.keys.length);
      return dimensionKey === undefined || hoursBack > hoursOpen
        ? []
        : [{ contract, dimensionKey, hoursBack }];
    }),
  );
}

/** Records of different hour slots, spread evenly. Every `badEvery`th has a dimension that no product has. */
function recordsOf(
  contracts: readonly Meterable[],
  count: number,
  badEvery: number | null,
): readonly NewUsageRecord[] {
  const thisHourMs = hourSlotOf(Date.now());
  const places = freeSlots(contracts).slice(0, count);
  if (places.length < count)
    throw new Error(`The practice world has room for ${places.length} records only.`);
  return places.map(({ contract, dimensionKey, hoursBack }, index) => {
    const { agreement, licenseArn } = contract;
    const startMs = thisHourMs - hoursBack * hourMs;
    const isBad = badEvery !== null && index % badEvery === badEvery >> 1;
    return {
      recordId: randomUUID(),
      agreementId: agreement.agreementId,
      productId: agreement.productId,
      buyerAccountId: agreement.acceptorAccountId,
      dimensionKey: isBad ? `dimension_lost_${index}` : dimensionKey,
      quantity: 1 + (index % 100),
      startMs,
      hourSlotMs: hourSlotOf(startMs),
      scheme: 'licence',
      meteringRegion: 'us-east-1',
      licenseArn,
      productCode: null,
      deadlineMs: startMs + 24 * hourMs - 60_000,
      productTitle: null,
      dimensionName: null,
      unit: null,
      description: '',
      timeZone: 'UTC',
      unitPrice: null,
      estimate: null,
      windowMs: 24 * hourMs,
      predecessorId: null,
    };
  });
}
