import { CloudTrailClient, type Event, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { ok } from '../../../contract/result.ts';
import { type CallPace, createCallPace } from '../../core/domain/call-pace.ts';
import type { SubmissionTrail } from '../../core/ports.ts';
import { applicationId, learnsClock } from './aws-environment.ts';
import { readTrailEntry } from './cloud-trail-event.ts';
import { createReader, type ReadDeps } from './read-clients.ts';

export interface TrailDeps extends ReadDeps {
  /** AWS takes two lookups a second of an account in a Region; `Infinity` lifts it. */
  readonly lookupsPerSecond?: number;
}

const awsLookupsPerSecond = 2;
const eventName = 'BatchMeterUsage';
/** The most that AWS gives a page. */
const pageSize = 50;
/** A seller's own pipelines may meter all day: a search that long is broken off, and says so. */
const mostPages = 60;

/**
 * The event history of the Region that was metered in. It needs no trail, and keeps 90 days.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export function createSubmissionTrail(deps: TrailDeps): SubmissionTrail {
  const pace: CallPace = createCallPace({
    callsPerSecond: deps.lookupsPerSecond ?? awsLookupsPerSecond,
    burst: 1,
  });
  const readers = new Map<string, ReturnType<typeof createReader<CloudTrailClient>>>();
  const readerOf = (region: string) => {
    const reader =
      readers.get(region) ??
      createReader(
        deps,
        (credentials, requestHandler) =>
          new CloudTrailClient({
            region,
            credentials,
            userAgentAppId: applicationId,
            ...learnsClock,
            requestHandler,
          }),
      );
    readers.set(region, reader);
    return reader;
  };

  return {
    calls: async ({ sellerAccountId, meteringRegion, accessKeyId, fromMs, untilMs }) => {
      const found: Event[] = [];
      const attribute =
        accessKeyId === null
          ? { AttributeKey: 'EventName' as const, AttributeValue: eventName }
          : { AttributeKey: 'AccessKeyId' as const, AttributeValue: accessKeyId };
      let nextToken: string | undefined;
      for (let page = 0; page < mostPages; page += 1) {
        const signer = deps.connection.forAccount(sellerAccountId);
        if (!signer.ok) return signer;
        await pace.turn();
        const answer = await readerOf(meteringRegion)((client) =>
          client.send(
            new LookupEventsCommand({
              LookupAttributes: [attribute],
              StartTime: new Date(fromMs),
              EndTime: new Date(untilMs),
              MaxResults: pageSize,
              ...(nextToken === undefined ? {} : { NextToken: nextToken }),
            }),
          ),
        );
        if (!answer.ok) return answer;
        found.push(...(answer.value.Events ?? []));
        nextToken = answer.value.NextToken || undefined;
        if (nextToken === undefined) break;
      }
      const calls = found
        .filter((event) => event.EventName === eventName)
        .flatMap((event) => readTrailEntry(event) ?? []);
      return ok({ calls, isComplete: nextToken === undefined });
    },
  };
}
