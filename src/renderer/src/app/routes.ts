/** The places of the app, as the hash of its address: it needs no server and survives a reload. */

export type ContractTab = 'usage' | 'dimensions' | 'details' | 'chain';

export type Route =
  | { readonly page: 'contracts' }
  | { readonly page: 'add-contract' }
  | { readonly page: 'contract'; readonly agreementId: string; readonly tab: ContractTab }
  | { readonly page: 'add-usage'; readonly agreementId: string }
  | { readonly page: 'review'; readonly agreementId: string }
  | { readonly page: 'pending' }
  | { readonly page: 'rejected' }
  | { readonly page: 'history' }
  | { readonly page: 'submission'; readonly submissionId: string }
  | { readonly page: 'settings' }
  | { readonly page: 'help' }
  /** Needs no sign-in: the ledger can't be opened. */
  | { readonly page: 'recovery' };

const tabs: readonly ContractTab[] = ['usage', 'dimensions', 'details', 'chain'];

/** The hash address of a route, such as `#/contracts/agmt-1/usage`. */
export function hrefOf(route: Route): string {
  switch (route.page) {
    case 'contract':
      return `#/contracts/${encodeURIComponent(route.agreementId)}/${route.tab}`;
    case 'add-usage':
      return `#/contracts/${encodeURIComponent(route.agreementId)}/add-usage`;
    case 'review':
      return `#/contracts/${encodeURIComponent(route.agreementId)}/review`;
    case 'submission':
      return `#/submissions/${route.submissionId}`;
    default:
      return `#/${route.page}`;
  }
}

/** The route of a hash address; an address that is none leads to the contracts. */
export function routeOf(hash: string): Route {
  const [first = '', second, third = 'usage'] = hash.replace(/^#\/?/, '').replace(/\?.*$/, '').split('/');
  if (first === 'contracts' && second) {
    const agreementId = safelyDecoded(second);
    if (agreementId === null) return { page: 'contracts' };
    if (third === 'add-usage' || third === 'review') return { page: third, agreementId };
    return { page: 'contract', agreementId, tab: tabs.find((tab) => tab === third) ?? 'usage' };
  }
  if (first === 'submissions' && second) return { page: 'submission', submissionId: second };
  switch (first) {
    case 'add-contract':
    case 'pending':
    case 'rejected':
    case 'history':
    case 'settings':
    case 'help':
    case 'recovery':
      return { page: first };
    default:
      return { page: 'contracts' };
  }
}

export function navigate(route: Route): void {
  window.location.hash = hrefOf(route);
}

function safelyDecoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
