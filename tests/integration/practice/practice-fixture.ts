import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { MarketplaceAgreementClient } from '@aws-sdk/client-marketplace-agreement';
import { MarketplaceCatalogClient } from '@aws-sdk/client-marketplace-catalog';
import { MarketplaceEntitlementServiceClient } from '@aws-sdk/client-marketplace-entitlement-service';
import { MarketplaceMeteringClient } from '@aws-sdk/client-marketplace-metering';
import { SSOClient } from '@aws-sdk/client-sso';
import { SSOOIDCClient } from '@aws-sdk/client-sso-oidc';
import { STSClient } from '@aws-sdk/client-sts';
import { onTestFinished } from 'vitest';
import type { MeteredEntry } from '../../../src/main/practice/metered-ledger.ts';
import { type PracticeOptions, startPracticeAws } from '../../../src/main/practice/start-practice.ts';
import type { World, WorldAgreement, WorldProduct } from '../../../src/main/practice/world-schema.ts';

/** The middle of an hour and of a month: no test depends on when it runs. */
export const noon = '2026-11-18T12:30:00.000Z';

export const staticKeys = { accessKeyId: 'AKIAI44QH8DHBEXAMPLE', secretAccessKey: 'not-checked' };

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A practice AWS that lives at `instant`, with the real SDK clients pointed at it; closed when the test ends. */
export async function startAt(instant: string, options: PracticeOptions = {}) {
  const shiftMs = Date.parse(instant) - Date.now();
  const practice = await startPracticeAws({ ...options, shiftMs });
  onTestFinished(() => practice.close());
  const steer = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${practice.url}/_practice/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };
  // The one cast of these tests: the shape is what the server's own schema let through.
  const world = async () => (await steer('GET', 'world')) as World;
  const metered = async () => (await steer('GET', 'metered')) as MeteredEntry[];
  const settings = (credentials: Credentials = staticKeys, region = 'us-east-1', offsetMs = shiftMs) => ({
    endpoint: practice.url,
    region,
    credentials,
    maxAttempts: 1,
    systemClockOffset: offsetMs,
  });
  type Settings = Parameters<typeof settings>;
  const edge = async (name: string): Promise<{ agreement: WorldAgreement; product: WorldProduct }> => {
    const { agreements, products } = await world();
    const agreement = agreements.find((one) => one.edge === name);
    const product = products.find(({ id }) => id === agreement?.productId);
    if (!agreement || !product) throw new Error(`The world has no ${name}.`);
    return { agreement, product };
  };
  return {
    url: practice.url,
    nowMs: Date.parse(instant),
    /** Added to this process's clock gives the practice clock. */
    shiftMs,
    steer,
    world,
    metered,
    edge,
    metering: (...args: Settings) => new MarketplaceMeteringClient(settings(...args)),
    agreements: (...args: Settings) => new MarketplaceAgreementClient(settings(...args)),
    catalog: (...args: Settings) => new MarketplaceCatalogClient(settings(...args)),
    entitlements: (...args: Settings) => new MarketplaceEntitlementServiceClient(settings(...args)),
    cloudTrail: (...args: Settings) => new CloudTrailClient(settings(...args)),
    sts: (...args: Settings) => new STSClient(settings(...args)),
    oidc: () => new SSOOIDCClient({ endpoint: practice.url, region: 'eu-central-1', maxAttempts: 1 }),
    portal: () => new SSOClient({ endpoint: practice.url, region: 'eu-central-1', maxAttempts: 1 }),
  };
}

export type StartedPractice = Awaited<ReturnType<typeof startAt>>;

/** The name of the error with which a call fails; `(none)` when it does not. */
export async function failure(
  call: Promise<unknown>,
): Promise<{ name: string; message: string; status: number }> {
  return call.then(
    () => ({ name: '(none)', message: '', status: 200 }),
    (error: unknown) => {
      if (!(error instanceof Error)) throw error;
      const { $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
      return { name: error.name, message: error.message, status: $metadata?.httpStatusCode ?? 0 };
    },
  );
}
