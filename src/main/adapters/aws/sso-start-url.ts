/** The access portal behind an address that a person or a profile gives. */
import type { Result } from '../../../contract/result.ts';
import { ExpectedFailure } from './aws-errors.ts';
import { readFailure } from './failure-facts.ts';
import type { Network } from './network.ts';
import { cleanStartUrl, findStartUrl, isPortal, type StartUrlProblem } from './start-url.ts';

/** Follows one redirect of a company's own address. Throws `ExpectedFailure` where that address can't be reached. */
export function findPortal(
  network: Pick<Network, 'redirectOf'>,
  address: string,
): Promise<Result<string, StartUrlProblem>> {
  return findStartUrl(address, async (url) => {
    try {
      return await network.redirectOf(url);
    } catch (cause) {
      const { code, name } = readFailure(cause);
      throw new ExpectedFailure({ kind: 'offline', host: url.hostname, code: code ?? name });
    }
  });
}

/**
 * What AWS is asked with for a start URL of the config: as it is written where it is a portal's, else the portal that it leads to. One that leads nowhere
 * stays too, and AWS says what it makes of it.
 */
export async function startUrlAtAws(network: Pick<Network, 'redirectOf'>, written: string): Promise<string> {
  const cleaned = cleanStartUrl(written);
  if (!cleaned.ok || isPortal(cleaned.value)) return written;
  const found = await findPortal(network, written);
  return found.ok ? found.value : written;
}
