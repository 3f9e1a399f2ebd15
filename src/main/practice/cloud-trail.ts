import { randomUUID } from 'node:crypto';
import { AwsError } from './aws-error.ts';
import { epochSeconds, isObject, type JsonObject, member } from './aws-json.ts';
import type { Behaviour } from './behaviour.ts';
import { cutPage } from './paging.ts';
import type { SignedCall } from './signed-call.ts';

interface TrailEvent {
  readonly eventId: string;
  readonly eventMs: number;
  readonly visibleFromMs: number;
  readonly accountId: string;
  readonly region: string;
  readonly userName: string;
  readonly accessKeyId: string;
  readonly cloudTrailEvent: string;
}

export interface CloudTrail {
  /** Notes a BatchMeterUsage call. `output` is undefined for a refused one, whose error is given. */
  readonly record: (
    call: SignedCall,
    input: unknown,
    outcome: { readonly output?: JsonObject; readonly error?: AwsError },
    behaviour: Behaviour,
  ) => void;
  readonly lookupEvents: (input: JsonObject, call: SignedCall) => JsonObject;
}

const eventName = 'BatchMeterUsage';
const eventSource = 'metering-marketplace.amazonaws.com';

/** The event history: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
export function createCloudTrail(): CloudTrail {
  const events: TrailEvent[] = [];
  return {
    record: (call, input, outcome, behaviour) => {
      const eventId = randomUUID();
      events.push({
        eventId,
        eventMs: call.nowMs,
        visibleFromMs: call.nowMs + behaviour.cloudTrailDelayMs,
        accountId: call.caller.accountId,
        region: call.region,
        userName: call.caller.userName,
        accessKeyId: call.caller.accessKeyId,
        cloudTrailEvent: JSON.stringify(eventDocument(call, eventId, input, outcome, behaviour)),
      });
    },
    lookupEvents: (input, call) => lookUp(events, input, call),
  };
}

function lookUp(events: readonly TrailEvent[], input: JsonObject, call: SignedCall): JsonObject {
  const attributes = member.objects(input, 'LookupAttributes') ?? [];
  if (attributes.length > 1) {
    throw new AwsError('InvalidLookupAttributesException', 'You can specify only one lookup attribute.');
  }
  const startMs = member.instantMs(input, 'StartTime');
  const endMs = member.instantMs(input, 'EndTime');
  if (startMs !== undefined && endMs !== undefined && startMs > endMs) {
    throw new AwsError('InvalidTimeRangeException', 'The start time must not lie after the end time.');
  }
  const maxResults = member.whole(input, 'MaxResults') ?? 50;
  if (maxResults < 1 || maxResults > 50) {
    throw new AwsError('InvalidMaxResultsException', 'MaxResults must lie between 1 and 50.');
  }
  const found = events
    .filter(
      (event) =>
        event.accountId === call.caller.accountId &&
        event.region === call.region &&
        event.visibleFromMs <= call.nowMs &&
        (startMs === undefined || event.eventMs >= startMs) &&
        (endMs === undefined || event.eventMs <= endMs) &&
        attributes.every((attribute) => fits(event, attribute)),
    )
    .toSorted((a, b) => b.eventMs - a.eventMs);
  const page = cutPage(found, {
    question: [attributes, startMs, endMs],
    nextToken: member.text(input, 'NextToken'),
    maxResults,
    emptyPage: call.emptyPage,
    onBadToken: () => new AwsError('InvalidNextTokenException', 'The NextToken is invalid.'),
  });
  return {
    Events: page.items.map((event) => ({
      EventId: event.eventId,
      EventName: eventName,
      ReadOnly: 'false',
      AccessKeyId: event.accessKeyId,
      EventTime: epochSeconds(Math.floor(event.eventMs / 1000) * 1000),
      EventSource: eventSource,
      Username: event.userName,
      Resources: [],
      CloudTrailEvent: event.cloudTrailEvent,
    })),
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
  };
}

function fits(event: TrailEvent, attribute: JsonObject): boolean {
  const value = member.text(attribute, 'AttributeValue');
  const actual: Readonly<Record<string, string | undefined>> = {
    EventName: eventName,
    EventSource: eventSource,
    Username: event.userName,
    AccessKeyId: event.accessKeyId,
    EventId: event.eventId,
    ReadOnly: 'false',
    ResourceName: undefined,
    ResourceType: undefined,
  };
  const key = member.text(attribute, 'AttributeKey') ?? '';
  if (Object.hasOwn(actual, key)) return actual[key] === value;
  throw new AwsError('InvalidLookupAttributesException', `The attribute key ${key} is invalid.`);
}

/** Names of errors as CloudTrail shortens them. */
const shortErrorName = (name: string): string => (name === 'AccessDeniedException' ? 'AccessDenied' : name);

function eventDocument(
  call: SignedCall,
  eventId: string,
  input: unknown,
  { output, error }: { readonly output?: JsonObject; readonly error?: AwsError },
  behaviour: Behaviour,
): JsonObject {
  const { caller } = call;
  const shape = (value: unknown): unknown => inTrailStyle(value, behaviour.cloudTrailStyle);
  return {
    eventVersion: '1.09',
    userIdentity: {
      type: caller.kind,
      principalId: caller.userId,
      arn: caller.arn,
      accountId: caller.accountId,
      accessKeyId: caller.accessKeyId,
      ...(caller.kind === 'IAMUser' ? { userName: caller.userName } : {}),
    },
    eventTime: new Date(call.nowMs).toISOString().replace(/\.\d{3}/, ''),
    eventSource,
    eventName,
    awsRegion: call.region,
    sourceIPAddress: '127.0.0.1',
    userAgent: call.userAgent,
    ...(error ? { errorCode: shortErrorName(error.name), errorMessage: error.message } : {}),
    requestParameters: shape(input),
    responseElements: output ? shape(output) : null,
    requestID: call.requestId,
    eventID: eventId,
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: caller.accountId,
    eventCategory: 'Management',
  };
}

const usDate = new Intl.DateTimeFormat('en-US', {
  timeZone: 'UTC',
  month: 'short',
  day: 'numeric',
  year: 'numeric',
});
const usTime = new Intl.DateTimeFormat('en-US', {
  timeZone: 'UTC',
  hour: 'numeric',
  minute: '2-digit',
  second: '2-digit',
});

/** As in AWS's sample, "Apr 19, 2018 4:32:50 PM"; ICU puts a narrow space before AM and PM. */
const usText = (seconds: number): string => {
  const instant = new Date(seconds * 1000);
  return `${usDate.format(instant)} ${usTime.format(instant).replace(/\u202f/g, ' ')}`;
};

/** Field names begin small; instants and one spelling as in AWS's sample, or plain. */
function inTrailStyle(value: unknown, style: Behaviour['cloudTrailStyle']): unknown {
  if (Array.isArray(value)) return value.map((item) => inTrailStyle(item, style));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const small = name.charAt(0).toLowerCase() + name.slice(1);
      if (name === 'Timestamp' && typeof inner === 'number') {
        return [small, style === 'sample' ? usText(inner) : new Date(inner * 1000).toISOString()];
      }
      if (name === 'CustomerAWSAccountId') {
        return [style === 'sample' ? 'customerAWSAccountID' : 'customerAWSAccountId', inner];
      }
      return [small, inTrailStyle(inner, style)];
    }),
  );
}
