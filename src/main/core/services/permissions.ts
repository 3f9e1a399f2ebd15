/** What the role that is signed in may do: reads are tried, metering is learnt from AWS's answers to submissions. */
import type { Publish } from '../../../contract/api.ts';
import type { PermissionsView, ReadPurpose } from '../../../contract/permissions.ts';
import { ok, type Result } from '../../../contract/result.ts';
import type { Identity } from '../../../contract/session.ts';
import { deniedAction } from '../domain/denied-action.ts';
import type { RecordOutcome } from '../domain/usage-record.ts';
import { hourMs, utc } from '../domain/utc-hours.ts';
import type {
  AgreementSummary,
  Agreements,
  Catalog,
  Clock,
  Entitlements,
  SubmissionTrail,
} from '../ports.ts';
import { defaultMeteringRegion } from './contract-details.ts';
import type { Session } from './session.ts';

export interface PermissionsDeps {
  readonly session: Pick<Session, 'requireIdentity' | 'identity'>;
  readonly agreements: Pick<Agreements, 'searchPage' | 'terms'>;
  /** An agreement of the list that is being read, so that AWS is not asked for the same a second time. */
  readonly firstListed: () => Promise<Result<AgreementSummary | null>>;
  readonly catalog: Catalog;
  readonly entitlements: Entitlements;
  readonly trail: SubmissionTrail;
  readonly clock: Clock;
  readonly publish: Publish;
  /** Runs when it has become known, or unknown again, that the role may not meter. */
  readonly onMeteringChanged: () => void;
}

export interface Permissions {
  /** Tries the reads once a sign-in, and anew when asked to. */
  readonly get: (again: boolean) => Promise<Result<PermissionsView>>;
  /** False from AWS's refusal on, until a call passes or somebody checks again. */
  readonly mayMeter: () => boolean;
  /** To be told what AWS made of the records of a call. */
  readonly noteOutcomes: (outcomes: readonly RecordOutcome[], signedInAs: Identity) => void;
  /** Forgets what was known of metering: a sign-in or a wish to check again may have changed it. */
  readonly forgetMetering: () => void;
}

type Reads = PermissionsView['reads'];
type Metering = PermissionsView['metering'];

const actions = {
  contracts: 'aws-marketplace:SearchAgreements',
  terms: 'aws-marketplace:GetAgreementTerms',
  products: 'aws-marketplace:DescribeEntity',
  entitlements: 'aws-marketplace:GetEntitlements',
  trail: 'cloudtrail:LookupEvents',
} as const satisfies Record<ReadPurpose, string>;

export const meteringAction = 'aws-marketplace:BatchMeterUsage';

export function createPermissions(deps: PermissionsDeps): Permissions {
  let metering: Metering = { state: 'unknown' };
  let tried: { readonly of: Identity; readonly reads: Promise<Reads> } | null = null;

  function setMetering(next: Metering): void {
    const before = metering.state;
    metering = next;
    if (before === next.state) return;
    deps.publish('session.changed', {});
    if (before === 'refused' || next.state === 'refused') deps.onMeteringChanged();
  }

  async function search(): Promise<Result<AgreementSummary | null>> {
    const page = await deps.agreements.searchPage(null, 'all');
    return page.ok ? ok(page.value.agreements[0] ?? null) : page;
  }

  async function tryReads(of: Identity, again: boolean): Promise<Reads> {
    const found = await (again ? search() : deps.firstListed());
    const first = found.ok ? (found.value ?? undefined) : undefined;
    const terms = first && (await deps.agreements.terms(first.agreementId));
    const products = first && (await deps.catalog.products([first.productId]));
    const product = first && products?.ok ? products.value.get(first.productId) : undefined;
    const entitlements = product?.productCode
      ? await deps.entitlements.of({
          productCode: product.productCode,
          buyerAccountId: first?.buyerAccountId ?? null,
          licenseArn: null,
        })
      : undefined;
    const nowMs = deps.clock.now();
    const trail = await deps.trail.calls({
      sellerAccountId: of.accountId,
      meteringRegion: defaultMeteringRegion,
      accessKeyId: null,
      fromMs: nowMs - hourMs,
      untilMs: nowMs,
    });
    return [
      readOf('contracts', found),
      readOf('terms', terms),
      // A product that may not be read is missing from an answer that is fine otherwise.
      readOf('products', products?.ok && product === undefined ? undefined : products),
      readOf('entitlements', entitlements),
      readOf('trail', trail),
    ];
  }

  return {
    get: async (again) => {
      const identity = deps.session.requireIdentity();
      if (!identity.ok) return identity;
      if (again || tried?.of !== identity.value) {
        tried = { of: identity.value, reads: tryReads(identity.value, again) };
      }
      return ok({ reads: await tried.reads, metering });
    },
    mayMeter: () => metering.state !== 'refused',
    noteOutcomes: (outcomes, signedInAs) => {
      if (deps.session.identity() !== signedInAs) return;
      const [first] = outcomes;
      if (first === undefined) return;
      if (first.kind === 'not-recorded' && first.reason === 'not-allowed') {
        const { awsErrorName, awsMessage } = first;
        const action = deniedAction(awsMessage ?? '') ?? meteringAction;
        setMetering({ state: 'refused', action, awsErrorName, awsMessage, sinceUtc: utc(deps.clock.now()) });
      } else if (first.kind === 'recorded' || first.kind === 'refused') {
        setMetering({ state: 'allowed' });
      }
    },
    forgetMetering: () => setMetering({ state: 'unknown' }),
  };
}

function readOf(purpose: ReadPurpose, answer: Result<unknown> | undefined): Reads[number] {
  const read = { purpose, action: actions[purpose] };
  if (answer === undefined) return { ...read, state: 'unknown', awsMessage: null };
  if (answer.ok) return { ...read, state: 'allowed', awsMessage: null };
  const { error } = answer;
  return error.kind === 'not-allowed'
    ? { ...read, action: error.action ?? read.action, state: 'refused', awsMessage: error.awsMessage }
    : { ...read, state: 'unknown', awsMessage: null };
}
