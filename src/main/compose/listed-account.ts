/** Whose contracts are shown: the list of one account must not stay for another. */
import type { ContractDetailsService } from '../core/services/contract-details.ts';
import type { ContractListService } from '../core/services/contract-list.ts';

export interface ListedAccount {
  /** The same account's renewed sign-in keeps its list. */
  readonly signedIn: (accountId: string) => void;
  readonly left: () => void;
}

/** Of one core; nobody's contracts are shown at first. */
export function createListedAccount(deps: {
  readonly list: ContractListService;
  readonly contracts: ContractDetailsService;
}): ListedAccount {
  const { list, contracts } = deps;
  let listedAccountId: string | null = null;

  function forget(): void {
    list.reset();
    contracts.forget();
  }

  return {
    signedIn: (accountId) => {
      if (listedAccountId === accountId) {
        list.retryIfFailed();
        return;
      }
      forget();
      listedAccountId = accountId;
      // Whatever the page shows next asks for the list: AWS answers while the page draws its frame.
      list.refresh();
    },
    left: () => {
      forget();
      listedAccountId = null;
    },
  };
}
