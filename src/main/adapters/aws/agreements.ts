import {
  type AcceptedTerm,
  type AgreementViewSummary,
  GetAgreementTermsCommand,
  MarketplaceAgreementClient,
  SearchAgreementsCommand,
} from '@aws-sdk/client-marketplace-agreement';
import type { AgreementSummary, Agreements } from '../../core/ports.ts';
import { toTerms } from './agreement-terms.ts';
import { applicationId, learnsClock, readTimeouts } from './aws-environment.ts';
import { ExpectedFailure } from './aws-errors.ts';
import { createReader, marketplaceRegion, type ReadDeps } from './read-clients.ts';

/** The most that AWS gives a page. */
const pageSize = 50;

/** A contract's terms are a handful; a token that never ends must not hang the page. */
const mostTermPages = 50;

/** AWS writes this year where an agreement has no end. */
const endlessYear = 9999;

/**
 * The seller's agreements as proposer.
 * https://docs.aws.amazon.com/marketplace/latest/APIReference/API_marketplace-agreements_SearchAgreements.html
 */
export function createAgreements(deps: ReadDeps): Agreements {
  const read = createReader(
    deps,
    (credentials) =>
      new MarketplaceAgreementClient({
        region: marketplaceRegion,
        credentials,
        userAgentAppId: applicationId,
        ...learnsClock,
        requestHandler: readTimeouts,
      }),
  );
  return {
    searchPage: (nextToken) =>
      read(async (client) => {
        const page = await client.send(
          new SearchAgreementsCommand({
            catalog: 'AWSMarketplace',
            filters: [
              { name: 'PartyType', values: ['Proposer'] },
              { name: 'AgreementType', values: ['PurchaseAgreement'] },
            ],
            // A start never changes, so no row moves to another page while pages are read.
            sort: { sortBy: 'StartTime', sortOrder: 'DESCENDING' },
            maxResults: pageSize,
            ...(nextToken === null ? {} : { nextToken }),
          }),
        );
        if (page.nextToken && page.nextToken === nextToken) throw repeatedToken('SearchAgreements');
        return {
          agreements: (page.agreementViewSummaries ?? []).flatMap(toSummary),
          nextToken: page.nextToken || null,
        };
      }),
    terms: (agreementId) =>
      read(async (client) => {
        const terms: AcceptedTerm[] = [];
        let nextToken: string | undefined;
        for (let page = 0; page < mostTermPages; page += 1) {
          const answer: { acceptedTerms?: AcceptedTerm[] | undefined; nextToken?: string | undefined } =
            await client.send(
              new GetAgreementTermsCommand({ agreementId, ...(nextToken ? { nextToken } : {}) }),
            );
          terms.push(...(answer.acceptedTerms ?? []));
          if (!answer.nextToken) return toTerms(terms);
          if (answer.nextToken === nextToken) throw repeatedToken('GetAgreementTerms');
          nextToken = answer.nextToken;
        }
        throw new Error(`The terms of ${agreementId} do not end after ${mostTermPages} pages.`);
      }),
  };
}

/** A page that leads to itself would be read for ever. */
function repeatedToken(operation: string): ExpectedFailure {
  const awsMessage = `${operation} answered twice with the same NextToken.`;
  return new ExpectedFailure({
    kind: 'aws-refused',
    awsErrorName: 'RepeatedNextToken',
    awsMessage,
    requestId: null,
  });
}

/** None for a row without id, buyer or product: it can neither be shown nor metered. */
function toSummary(row: AgreementViewSummary): AgreementSummary[] {
  const resource = row.proposalSummary?.resources?.[0];
  const buyerAccountId = row.acceptor?.accountId;
  if (row.agreementId === undefined || buyerAccountId === undefined || resource?.id === undefined) return [];
  const startMs = instant(row.startTime) ?? instant(row.acceptanceTime);
  if (startMs === null) return [];
  return [
    {
      agreementId: row.agreementId,
      buyerAccountId,
      proposerAccountId: row.proposer?.accountId ?? null,
      productId: resource.id,
      resourceType: resource.type ?? '',
      status: row.status ?? '',
      startMs,
      endMs: endOf(row.endTime),
      acceptedMs: instant(row.acceptanceTime),
      lastUpdateMs: instant(row.lastUpdateTime),
      offerId: row.proposalSummary?.offerId ?? null,
      initialAgreementId: row.initialAgreementId ?? null,
      licenseArns: [
        ...new Set((row.entitlements ?? []).flatMap(({ licenseArn }) => (licenseArn ? [licenseArn] : []))),
      ],
    },
  ];
}

function instant(date: Date | undefined): number | null {
  const ms = date?.getTime() ?? Number.NaN;
  return Number.isNaN(ms) ? null : ms;
}

function endOf(date: Date | undefined): number | null {
  const ms = instant(date);
  return ms === null || new Date(ms).getUTCFullYear() >= endlessYear ? null : ms;
}
