/** The status of a contract in a few words with an icon, and why, in whole sentences. */

import type { ContractStatus, ContractSummary } from '../../../contract/contracts.ts';
import { reasonCatalogue } from '../../../contract/reason-catalogue.ts';
import type { ReasonCode } from '../../../contract/reason-codes.ts';
import { formatCountdown, formatInstant } from './formats.ts';

export interface ContractStatusWords {
  readonly type: 'success' | 'pending' | 'warning' | 'stopped' | 'info';
  /** Such as `Starts in 3 days` or `38 min left to report`; counts down with `nowMs`. */
  readonly text: string;
  /** What the status means for reporting usage. */
  readonly explanation: string;
}

type Judged = Pick<ContractSummary, 'status' | 'addUsage' | 'awsStatus' | 'resourceType'>;

/** `nowMs` is AWS's time as epoch ms, `zone` the IANA zone in which instants are told. */
export function contractStatusWords(contract: Judged, nowMs: number, zone: string): ContractStatusWords {
  const { status } = contract;
  switch (status.kind) {
    case 'active':
      return {
        type: 'success',
        text: 'Active',
        explanation: contract.addUsage.allowed
          ? 'Usage can be reported now. Choose Add usage to enter it.'
          : reasonWords(contract.addUsage.reason),
      };
    case 'not-started':
      return {
        type: 'pending',
        text: startsIn(Date.parse(status.startsUtc) - nowMs),
        explanation: `It starts on ${formatInstant(status.startsUtc, zone)}. Usage can be reported from then on.`,
      };
    case 'closing':
      return closing(status.closesUtc, nowMs, zone, contract.addUsage);
    case 'ended':
      return { type: 'stopped', text: 'Ended', explanation: ended(status, zone) };
    case 'not-by-hand':
      return {
        type: 'info',
        text: 'Not by hand',
        explanation: notByHand(status.cause, contract),
      };
  }
}

/** Why usage can't be added, in one or two sentences; null when it can. */
export function whyNoUsage(contract: ContractSummary, nowMs: number, zone: string): string | null {
  if (contract.addUsage.allowed) return null;
  const words = contractStatusWords(contract, nowMs, zone);
  if (contract.status.kind !== 'active' && contract.status.kind !== 'closing') return words.explanation;
  return reasonWords(contract.addUsage.reason);
}

function reasonWords(code: ReasonCode): string {
  const reason = reasonCatalogue[code];
  return `${reason.title}. ${reason.steps[0] ?? ''}`.trim();
}

function startsIn(leftMs: number): string {
  return leftMs <= 0 ? 'Starts now' : `Starts in ${formatCountdown(leftMs)}`;
}

function closing(
  closesUtc: string,
  nowMs: number,
  zone: string,
  addUsage: ContractSummary['addUsage'],
): ContractStatusWords {
  const leftMs = Date.parse(closesUtc) - nowMs;
  return {
    type: 'warning',
    text: leftMs <= 0 ? 'Closed just now' : `${formatCountdown(leftMs)} left to report`,
    explanation: addUsage.allowed
      ? `The contract has ended. AWS still takes its usage until ${formatInstant(closesUtc, zone)}, one hour after the end; then never again.`
      : `The contract has ended. ${reasonWords(addUsage.reason)}`,
  };
}

function ended(status: Extract<ContractStatus, { kind: 'ended' }>, zone: string): string {
  const when =
    status.endedUtc === null ? 'It has ended' : `It ended on ${formatInstant(status.endedUtc, zone)}`;
  return `${when}. AWS takes usage until one hour after the end, so none can be reported any more. What was used and not reported has to be settled with the buyer outside AWS Marketplace.`;
}

type Cause = Extract<ContractStatus, { kind: 'not-by-hand' }>['cause'];

/** Two plain sentences: who meters it, and what that means here. What AWS says in words not known here is told in AWS's own. */
function notByHand(cause: Cause, { resourceType, awsStatus }: Judged): string {
  switch (cause) {
    case 'ami':
      return 'This is a server image (AMI): AWS bills its hours, or its software calls MeterUsage itself. Nothing about it can be entered by hand.';
    case 'container':
      return 'This is a container product: its software calls RegisterUsage or MeterUsage itself, from inside the buyer’s account. Nothing about it can be entered by hand.';
    case 'machine-learning':
      return 'This is a machine learning product: Amazon SageMaker meters it where it runs. Nothing about it can be entered by hand.';
    case 'professional-services':
      return 'This is a professional service: it is billed by its agreed payments. There is no usage to report.';
    case 'no-consumption':
      return 'This contract has no metered part: what the buyer uses was bought in advance. There is no usage to report.';
    case 'unknown-type':
      return resourceType === 'SaaSProduct'
        ? `AWS gives this contract the status “${awsStatus}”, which Usage Desk does not know. To be safe, no usage can be entered.`
        : `AWS calls this product “${resourceType}”, which Usage Desk does not know. To be safe, no usage can be entered.`;
  }
}
