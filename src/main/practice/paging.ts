import { createHash } from 'node:crypto';

export interface PageRequest {
  /** What the listing was asked for; a token is good for the same question only. */
  readonly question: unknown;
  readonly nextToken: string | undefined;
  readonly maxResults: number;
  /** Answers no items but a token, as AWS may. */
  readonly emptyPage: boolean;
  readonly onBadToken: () => Error;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

/** Cuts one page out of a full listing. Tokens are opaque to the caller. */
export function cutPage<T>(all: readonly T[], request: PageRequest): Page<T> {
  const mark = createHash('sha256').update(JSON.stringify(request.question)).digest('base64url').slice(0, 12);
  const token = (offset: number, empty = 0): string =>
    Buffer.from(`${mark}.${offset}${empty === 0 ? '' : `.${empty}`}`).toString('base64url');
  const offset = request.nextToken === undefined ? 0 : readOffset(request.nextToken, mark);
  if (offset === undefined) throw request.onBadToken();
  // Another token each time: one that leads to itself would be another fault.
  if (request.emptyPage)
    return { items: [], nextToken: token(offset, emptyPagesBefore(request.nextToken) + 1) };
  const end = offset + request.maxResults;
  const items = all.slice(offset, end);
  return end < all.length ? { items, nextToken: token(end) } : { items };
}

function readOffset(nextToken: string, mark: string): number | undefined {
  const [tokenMark, offset = ''] = Buffer.from(nextToken, 'base64url').toString('utf8').split('.');
  return tokenMark === mark && /^\d{1,9}$/.test(offset) ? Number(offset) : undefined;
}

function emptyPagesBefore(nextToken = ''): number {
  return Number(Buffer.from(nextToken, 'base64url').toString('utf8').split('.')[2] ?? 0);
}
