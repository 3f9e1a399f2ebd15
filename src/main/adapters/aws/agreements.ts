import {
  type AgreementViewSummary,
  GetAgreementEntitlementsCommand,
  GetAgreementTermsCommand,
  MarketplaceAgreementClient,
  SearchAgreementsCommand,
} from '@aws-sdk/client-marketplace-agreement';
import type { AgreementSummary, Agreements } from '../../core/ports.ts';
import { toTerms } from './agreement-terms.ts';
import { applicationId, learnsClock } from './aws-environment.ts';
import { ExpectedFailure } from './aws-errors.ts';
import { createReader, marketplaceRegion, type ReadDeps } from './read-clients.ts';

/** The most that AWS gives a page. */
const pageSize = 50;

/** What one contract or licence has is a handful; a token that never ends must not hang the page. */
const mostPages = 50;

/** AWS writes this year where an agreement has no end. */
const endlessYear = 9999;

/**
 * The seller's agreements as proposer.
 * https://docs.aws.amazon.com/marketplace/latest/APIReference/API_marketplace-agreements_SearchAgreements.html
 */
export function createAgreements(deps: ReadDeps): Agreements {
  const read = createReader(
    deps,
    (credentials, requestHandler) =>
      new MarketplaceAgreementClient({
        region: marketplaceRegion,
        credentials,
        userAgentAppId: applicationId,
        ...learnsClock,
        requestHandler,
      }),
  );
  return {
    searchPage: (nextToken, which) =>
      read(async (client) => {
        const page = await client.send(
          new SearchAgreementsCommand({
            catalog: 'AWSMarketplace',
            filters: [...ownSales, ...(which === 'active' ? [{ name: 'Status', values: ['ACTIVE'] }] : [])],
            // A start never changes, so no row moves to another page while pages are read.
            sort: { sortBy: 'StartTime', sortOrder: 'DESCENDING' },
            maxResults: pageSize,
            ...(nextToken === null ? {} : { nextToken }),
          }),
        );
        const rows = page.agreementViewSummaries ?? [];
        const agreements = rows.flatMap(toSummary);
        return {
          agreements,
          unreadable: rows.length - agreements.length,
          nextToken: page.nextToken || null,
        };
      }),
    terms: (agreementId) =>
      read(async (client) => {
        const pages = await allPages('GetAgreementTerms', (nextToken) =>
          client.send(new GetAgreementTermsCommand({ agreementId, nextToken })),
        );
        return toTerms(pages.flatMap((page) => page.acceptedTerms ?? []));
      }),
    ofLicence: (licenseArn) =>
      read(async (client) => {
        const filters = [...ownSales, { name: 'LicenseArn', values: [licenseArn] }];
        const found = await allPages('SearchAgreements', (nextToken) =>
          client.send(
            new SearchAgreementsCommand({
              catalog: 'AWSMarketplace',
              filters,
              maxResults: pageSize,
              nextToken,
            }),
          ),
        );
        return found.flatMap((page) => page.agreementViewSummaries ?? []).flatMap(toSummary);
      }),
    licences: (agreementId) =>
      read(async (client) => {
        const found = await allPages('GetAgreementEntitlements', (nextToken) =>
          client.send(new GetAgreementEntitlementsCommand({ agreementId, nextToken })),
        );
        // The answer also has a registration token, a secret of half an hour: it is never read.
        return found
          .flatMap((page) => page.agreementEntitlements ?? [])
          .flatMap(({ licenseArn, type, status }) =>
            licenseArn ? [{ licenseArn, type: type ?? null, status: status ?? null }] : [],
          );
      }),
  };
}

/** Every page of an answer that is a handful of pages at most. */
async function allPages<Page extends { readonly nextToken?: string | undefined }>(
  operation: string,
  ask: (nextToken: string | undefined) => Promise<Page>,
): Promise<Page[]> {
  const pages: Page[] = [];
  let nextToken: string | undefined;
  while (pages.length < mostPages) {
    const page = await ask(nextToken);
    pages.push(page);
    if (!page.nextToken) return pages;
    if (page.nextToken === nextToken) throw repeatedToken(operation);
    nextToken = page.nextToken;
  }
  throw new Error(`${operation} does not end after ${mostPages} pages.`);
}

/** Every search names the party: AWS's managed policies allow no other. */
const ownSales = [
  { name: 'PartyType', values: ['Proposer'] },
  { name: 'AgreementType', values: ['PurchaseAgreement'] },
];

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
