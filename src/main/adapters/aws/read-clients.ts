import type { Result } from '../../../contract/result.ts';
import type { Clock } from '../../core/ports.ts';
import { asResult } from './aws-errors.ts';
import { withClock } from './clock-learning.ts';
import type { AwsConnection, AwsCredentials, ConnectionSnapshot } from './connection.ts';

/** AWS documents the seller's read APIs for this Region only. */
export const marketplaceRegion = 'us-east-1';

export interface ReadDeps {
  readonly connection: AwsConnection;
  readonly clock: Clock;
}

/**
 * Makes read calls as whoever is signed in when the call starts: one client for each connection, signed by AWS's time, expected failures as
 * data.
 */
export function createReader<Client extends { readonly config: { systemClockOffset: number } }>(
  deps: ReadDeps,
  createClient: (
    credentials: () => Promise<AwsCredentials>,
    requestHandler: ReturnType<ConnectionSnapshot['requestHandler']>,
  ) => Client,
) {
  const clients = new WeakMap<ConnectionSnapshot, Client>();
  const clientOf = (snapshot: ConnectionSnapshot): Client => {
    const client = clients.get(snapshot) ?? createClient(askedEachTime(snapshot), snapshot.requestHandler());
    clients.set(snapshot, client);
    return client;
  };
  return async <T>(read: (client: Client) => Promise<T>): Promise<Result<T>> => {
    const snapshot = deps.connection.current();
    if (!snapshot.ok) return snapshot;
    const { errorContext } = snapshot.value;
    const attempt = async (): Promise<Result<T>> => {
      const result = await asResult(errorContext, async () => {
        const client = clientOf(snapshot.value);
        return await withClock(client, deps.clock, () => read(client));
      });
      if (!result.ok && refusesCredentials(result.error.kind)) snapshot.value.dropCredentials();
      return result;
    };
    const first = await attempt();
    // Keys that ended while the sign-in behind them still holds are no reason to ask the person: fresh ones are tried once.
    return !first.ok && first.error.kind === 'sign-in-expired' ? await attempt() : first;
  };
}

/** Without the mark the SDK would keep the keys by itself, by the computer's clock, and go on using those that were dropped. */
function askedEachTime(snapshot: ConnectionSnapshot): () => Promise<AwsCredentials> {
  return Object.assign(() => snapshot.credentials(), { memoized: true });
}

function refusesCredentials(kind: string): boolean {
  return kind === 'sign-in-expired' || kind === 'unknown-credentials';
}
