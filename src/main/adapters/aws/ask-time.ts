import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Clock } from '../../core/ports.ts';
import { applicationId } from './aws-environment.ts';
import { withClock } from './clock-learning.ts';
import type { AwsConnection } from './connection.ts';

/**
 * Lets AWS tell its time by a call that needs no permission and changes nothing
 * (https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html). Even a refusal tells it. Never rejects.
 */
export async function askTime(
  { connection, clock }: { readonly connection: AwsConnection; readonly clock: Clock },
  sellerAccountId: string,
): Promise<void> {
  const snapshot = connection.forAccount(sellerAccountId);
  if (!snapshot.ok) return;
  try {
    const client = new STSClient({
      region: snapshot.value.region ?? 'us-east-1',
      credentials: await snapshot.value.credentials(),
      requestHandler: snapshot.value.requestHandler(),
      userAgentAppId: applicationId,
      maxAttempts: 1,
    });
    await withClock(client, clock, () => client.send(new GetCallerIdentityCommand({}))).finally(() =>
      client.destroy(),
    );
  } catch {
    // Who asked asks again: there is nothing to tell but that the time is still unknown.
  }
}
