/** Leaves the app for the system browser. Electron's checklist, item 15: only addresses of the list, only from the main process. */
import type { IncidentLog } from '../../core/ports.ts';
import { openableAddress } from '../openable-address.ts';
import type { OpenInBrowser } from '../system-browser.ts';

/** Links of the page, to AWS's own places only. Others are noted and go nowhere. */
export function createLinkOpener(deps: {
  readonly open: OpenInBrowser;
  readonly incidents: IncidentLog;
}): (address: string) => void {
  return (address) => {
    const url = openableAddress(address, []);
    if (url === null) deps.incidents.note('A link to an address that is not on the list was not opened.');
    else void deps.open(url.href);
  };
}
