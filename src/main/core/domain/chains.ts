/**
 * A buyer's contracts for one product: those that follow each other by renewal or replacement are a chain, all others stand beside
 * it. AWS links a chain by the id of its first agreement:
 * https://docs.aws.amazon.com/marketplace/latest/APIReference/API_marketplace-agreements_DescribeAgreement.html
 */
import type { AgreementSummary } from '../ports.ts';
import { contractStatusOf, effectiveTimes } from './contract-times.ts';

const firstOf = ({ initialAgreementId, agreementId }: AgreementSummary) => initialAgreementId ?? agreementId;

/** `chain` has the agreement itself in it. Both are sorted by start. */
export function splitByChain(
  agreement: AgreementSummary,
  others: readonly AgreementSummary[],
): { readonly chain: readonly AgreementSummary[]; readonly concurrent: readonly AgreementSummary[] } {
  const byStart = (a: AgreementSummary, b: AgreementSummary) => a.startMs - b.startMs;
  const isLinked = (other: AgreementSummary) => firstOf(other) === firstOf(agreement);
  return {
    chain: [agreement, ...others.filter(isLinked)].toSorted(byStart),
    concurrent: others.filter((other) => !isLinked(other)).toSorted(byStart),
  };
}

/**
 * The other member of the chain in whose time `startMs` lies and which may still take it at `nowMs`; null when there is none, or more
 * than one: which of two is meant is never guessed.
 */
export function memberAt(
  agreement: AgreementSummary,
  others: readonly AgreementSummary[],
  startMs: number,
  nowMs: number,
): AgreementSummary | null {
  const fitting = splitByChain(agreement, others).chain.filter((member) => {
    if (member.agreementId === agreement.agreementId) return false;
    const { startMs: fromMs, endMs } = effectiveTimes(member);
    const covers = startMs >= fromMs && (endMs === null || startMs < endMs);
    return covers && contractStatusOf(member, nowMs, null).addUsage.allowed;
  });
  const [only = null, second] = fitting;
  return second === undefined ? only : null;
}
