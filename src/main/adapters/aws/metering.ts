import {
  BatchMeterUsageCommand,
  type BatchMeterUsageCommandInput,
  type BatchMeterUsageCommandOutput,
  MarketplaceMeteringClient,
} from '@aws-sdk/client-marketplace-metering';
import { err, ok, type Result } from '../../../contract/result.ts';
import { type MeteringBody, meteringBodyOf } from '../../core/domain/metering-body.ts';
import type { RecordOutcome } from '../../core/domain/usage-record.ts';
import type { Clock, MeteringAnswer, MeteringGateway, MeteringRequest } from '../../core/ports.ts';
import { askTime } from './ask-time.ts';
import { applicationId, learnsClock } from './aws-environment.ts';
import { toAppError } from './aws-errors.ts';
import { learnFrom } from './clock-learning.ts';
import type { AwsConnection, AwsCredentials, ConnectionSnapshot } from './connection.ts';
import { readFailure } from './failure-facts.ts';
import { outcomesOfAnswer } from './metering-answer.ts';
import { outcomeOfFailure, outcomeOfNoCall, replacedOutcome } from './metering-outcomes.ts';

/** All in ms. */
export interface MeteringTimeouts {
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
  /** For the whole call: the two others end when the headers of the answer are in, and a body can stall as well. */
  readonly wholeCall: number;
}

export interface MeteringDeps {
  readonly connection: AwsConnection;
  readonly clock: Clock;
  readonly timeouts?: MeteringTimeouts;
}

const defaultTimeouts: MeteringTimeouts = {
  connectionTimeout: 5_000,
  requestTimeout: 30_000,
  wholeCall: 45_000,
};

/**
 * The one way to BatchMeterUsage. Every `send` is at most one request on the wire: the SDK never tries again by itself, because a try that
 * nobody wrote down could bill twice.
 */
export function createMeteringGateway(deps: MeteringDeps): MeteringGateway {
  const timeouts = deps.timeouts ?? defaultTimeouts;
  const clients = createClients(timeouts);
  return {
    prepare: async (sellerAccountId) => {
      const signed = await signer(deps.connection, sellerAccountId);
      if (!signed.ok) return signed;
      const { credentials, snapshot } = signed.value;
      return ok({
        accessKeyId: credentials.accessKeyId,
        principalArn: snapshot.identity.principalArn,
        send: async (request) => {
          const ready = makeReady(deps.connection, clients, signed.value, request);
          if (!ready.ok) return noCall(request.records.map(() => ready.error));
          // Nothing around this may catch: from here on only the call itself knows whether something left.
          return await callOnce({ ...deps, timeouts }, ready.value).finally(() =>
            clients.release(ready.value.kept),
          );
        },
      });
    },
    askTime: (sellerAccountId) => askTime(deps, sellerAccountId),
  };
}

interface ReadyCall {
  readonly snapshot: ConnectionSnapshot;
  readonly kept: KeptClient;
  readonly body: MeteringBody;
}

/** All that can fail before a call: the account, the credentials, the body. None of it leaves a doubt. */
function makeReady(
  connection: AwsConnection,
  clients: ReturnType<typeof createClients>,
  signed: Signer,
  request: MeteringRequest,
): Result<ReadyCall, RecordOutcome> {
  try {
    const [first, ...rest] = request.records;
    if (first === undefined) throw new Error('A call without a record');
    const current = connection.forAccount(request.sellerAccountId);
    if (!current.ok) return err(outcomeOfNoCall(current.error));
    if (current.value !== signed.snapshot) return err(replacedOutcome);
    const body = meteringBodyOf([first, ...rest]);
    return ok({ snapshot: signed.snapshot, kept: clients.take(signed, request.meteringRegion), body });
  } catch (cause) {
    return err(outcomeOfFailure({ cause, left: false, clockMovedMs: 0 }));
  }
}

interface Signer {
  readonly snapshot: ConnectionSnapshot;
  readonly credentials: AwsCredentials;
}

async function signer(connection: AwsConnection, sellerAccountId: string): Promise<Result<Signer>> {
  const snapshot = connection.forAccount(sellerAccountId);
  if (!snapshot.ok) return snapshot;
  try {
    return ok({ snapshot: snapshot.value, credentials: await snapshot.value.credentials() });
  } catch (cause) {
    return err(toAppError(cause, snapshot.value.errorContext()));
  }
}

interface KeptClient {
  readonly key: AwsCredentials;
  readonly client: MarketplaceMeteringClient;
  calls: number;
  isReplaced: boolean;
}

/**
 * Keeps one client for each Region as long as the credentials stay: a client is bound to exactly the key that `prepare` named, and asks no
 * provider in the middle of a call. A replaced one closes its connections once its last call is over: closing them under a call would leave its
 * outcome unknown.
 */
function createClients(timeouts: MeteringTimeouts) {
  const byRegion = new Map<string, KeptClient>();
  const closeIfOver = (kept: KeptClient): void => {
    if (kept.isReplaced && kept.calls === 0) kept.client.destroy();
  };
  return {
    /** To be given back by `release`, whatever becomes of the call. */
    take: ({ credentials, snapshot }: Signer, region: string): KeptClient => {
      const former = byRegion.get(region);
      if (former?.key === credentials) {
        former.calls += 1;
        return former;
      }
      const client = new MarketplaceMeteringClient({
        region,
        credentials,
        maxAttempts: 1,
        userAgentAppId: applicationId,
        ...learnsClock,
        requestHandler: snapshot.requestHandler(timeouts),
      });
      const kept: KeptClient = { key: credentials, client, calls: 1, isReplaced: false };
      byRegion.set(region, kept);
      if (former) {
        former.isReplaced = true;
        closeIfOver(former);
      }
      return kept;
    },
    release: (kept: KeptClient): void => {
      kept.calls -= 1;
      closeIfOver(kept);
    },
  };
}

/** From here on the outcome may be unknown: whatever happens is judged by the table, and nothing is thrown. */
async function callOnce(
  deps: Required<MeteringDeps>,
  { snapshot, kept: { client }, body }: ReadyCall,
): Promise<MeteringAnswer> {
  const knownOffsetMs = deps.clock.offsetMs() ?? 0;
  client.config.systemClockOffset = knownOffsetMs;
  const command = new BatchMeterUsageCommand(toInput(body));
  let left = false;
  // The innermost step before the HTTP handler: what fails ahead of it can't have sent anything.
  command.middlewareStack.add(
    (next) => (args) => {
      left = true;
      return next(args);
    },
    { step: 'deserialize', priority: 'low', name: 'noteThatItLeft' },
  );
  try {
    const answer = await client.send(command, { abortSignal: AbortSignal.timeout(deps.timeouts.wholeCall) });
    learnFrom(client, deps.clock, knownOffsetMs);
    return toAnswer(answer, outcomesOfAnswer(body.UsageRecords, answer));
  } catch (cause) {
    const facts = readFailure(cause);
    if (facts.answeredByAws) learnFrom(client, deps.clock, knownOffsetMs);
    const clockMovedMs = facts.answeredByAws ? client.config.systemClockOffset - knownOffsetMs : 0;
    const outcome = outcomeOfFailure({ cause, left, clockMovedMs });
    if (refusesCredentials(outcome)) snapshot.dropCredentials();
    return {
      requestId: facts.requestId,
      httpStatus: facts.httpStatus,
      outcomes: body.UsageRecords.map(() => outcome),
    };
  }
}

/** Timestamps are kept to the second, so that the same record leaves byte for byte each time. */
function toInput(body: MeteringBody): BatchMeterUsageCommandInput {
  return {
    ...body,
    UsageRecords: body.UsageRecords.map((record) => ({
      ...record,
      Timestamp: new Date(record.Timestamp * 1000),
    })),
  };
}

function toAnswer(answer: BatchMeterUsageCommandOutput, outcomes: readonly RecordOutcome[]): MeteringAnswer {
  return {
    requestId: answer.$metadata.requestId ?? null,
    httpStatus: answer.$metadata.httpStatusCode ?? null,
    outcomes,
  };
}

function noCall(outcomes: readonly RecordOutcome[]): MeteringAnswer {
  return { requestId: null, httpStatus: null, outcomes };
}

function refusesCredentials(outcome: RecordOutcome): boolean {
  return (
    outcome.kind === 'not-recorded' &&
    (outcome.reason === 'sign-in-expired' || outcome.reason === 'unknown-credentials')
  );
}
