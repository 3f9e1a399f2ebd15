/** The way to AWS’s metering, and its trail in CloudTrail. */
import type { Result } from '../../../contract/result.ts';
import type { TrailCall } from '../domain/trail-evidence.ts';
import type { RecordOutcome, StoredRecord } from '../domain/usage-record.ts';

/** One BatchMeterUsage call as it will leave: the body is fixed when the record is confirmed. */
export interface MeteringRequest {
  readonly meteringRegion: string;
  /** Only this seller account may send it. */
  readonly sellerAccountId: string;
  readonly records: readonly StoredRecord[];
}

export interface MeteringAnswer {
  readonly requestId: string | null;
  readonly httpStatus: number | null;
  /** One a record, in the order of the request. */
  readonly outcomes: readonly RecordOutcome[];
}

/** A call that only waits for its records. Who signs it is fixed, so that the journal can name it beforehand. */
export interface PreparedCall {
  readonly accessKeyId: string;
  readonly principalArn: string;
  /**
   * Makes exactly one call, signed by this very key, and never throws: what can't be known is an outcome of its own. Makes none when somebody
   * else has signed in meanwhile.
   */
  readonly send: (request: MeteringRequest) => Promise<MeteringAnswer>;
}

export interface MeteringGateway {
  /** Gets the credentials for a call; or says why none can be made. */
  readonly prepare: (sellerAccountId: string) => Promise<Result<PreparedCall>>;
  /** Asks AWS for anything, so that its clock is learnt. Never rejects: without an answer the time stays unknown. */
  readonly askTime: (sellerAccountId: string) => Promise<void>;
}

export interface SubmissionTrail {
  /**
   * BatchMeterUsage calls of the seller account in the Region, between two instants, of one access key or of all. Fails with what keeps CloudTrail from
   * answering: `not-allowed`, `wrong-account`, `offline` and so on.
   */
  readonly calls: (query: {
    readonly sellerAccountId: string;
    readonly meteringRegion: string;
    readonly accessKeyId: string | null;
    readonly fromMs: number;
    readonly untilMs: number;
  }) => Promise<Result<{ readonly calls: readonly TrailCall[]; readonly isComplete: boolean }>>;
}
