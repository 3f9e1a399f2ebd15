/** Who AWS says the credentials are. */
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { Identity } from '../../../contract/session.ts';
import type { Clock } from '../../core/ports.ts';
import { applicationId, learnsClock } from './aws-environment.ts';
import { type ErrorContext, toAppError } from './aws-errors.ts';
import { withClock } from './clock-learning.ts';
import type { AwsCredentials, ConnectionSnapshot } from './connection.ts';

/** Where AWS answers for the identity when the profile names no Region. */
export const homeRegion = 'us-east-1';

/** Asks AWS, whose clock is learnt by the way. Rejects with the signal's reason on abort. */
export async function askIdentity(
  clock: Clock,
  profile: string,
  call: {
    readonly region: string | null;
    readonly requestHandler: ConnectionSnapshot['requestHandler'];
    readonly credentials: AwsCredentials;
    readonly signal: AbortSignal;
    readonly errorContext: () => ErrorContext;
  },
): Promise<Result<Identity>> {
  const client = new STSClient({
    region: call.region ?? homeRegion,
    credentials: call.credentials,
    requestHandler: call.requestHandler(),
    userAgentAppId: applicationId,
    ...learnsClock,
  });
  try {
    const answer = await withClock(client, clock, () =>
      client.send(new GetCallerIdentityCommand({}), { abortSignal: call.signal }),
    );
    if (answer.Account === undefined || answer.Arn === undefined) {
      throw new Error('The answer to GetCallerIdentity names no account.');
    }
    return ok({
      profile,
      accountId: answer.Account,
      accountName: null,
      roleName: roleNameOf(answer.Arn),
      principalArn: answer.Arn,
    });
  } catch (cause) {
    call.signal.throwIfAborted();
    return err(toAppError(cause, call.errorContext()));
  } finally {
    client.destroy();
  }
}

/**
 * The role of a principal, as people know it: IAM Identity Center wraps the name of the permission set.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/using-service-linked-roles.html. Null for a user or the account itself.
 */
export function roleNameOf(principalArn: string): string | null {
  const role = /:assumed-role\/([^/]+)\//.exec(principalArn)?.[1];
  if (role === undefined) return null;
  return /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(role)?.[1] ?? role;
}
