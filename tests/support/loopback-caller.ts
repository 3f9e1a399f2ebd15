/** Calls the browser host as its own page would: trades the launch code for a session, then posts JSON. */
import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { AppApi } from '../../src/contract/api.ts';
import type { CallInput, CallName, CallOutput } from '../../src/contract/calls.ts';
import type { Result } from '../../src/contract/result.ts';

/** Takes a launch address, which it uses up. */
export async function loopbackCaller(launchAddress: string): Promise<Pick<AppApi, 'call'>> {
  const { origin } = new URL(launchAddress);
  const entered = await ask(launchAddress, {});
  entered.resume();
  const cookie = entered.headers['set-cookie']?.map((one) => one.split(';')[0]).join('; ');
  if (cookie === undefined) throw new Error(`No session: ${entered.statusCode}`);
  const headers = {
    'content-type': 'application/json',
    'sec-fetch-site': 'same-origin',
    cookie,
    origin,
  };
  return {
    call: async <N extends CallName>(name: N, input: CallInput<N>): Promise<Result<CallOutput<N>>> => {
      const answer = await ask(`${origin}/api/${name}`, { method: 'POST', headers }, JSON.stringify(input));
      // The host answers with the result of this very call.
      return JSON.parse(await text(answer)) as Result<CallOutput<N>>;
    },
  };
}

/** `fetch` would add headers of its own that only a browser's page should send. */
function ask(url: string, options: RequestOptions, body?: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request(url, options, resolve);
    asked.on('error', reject);
    asked.end(body);
  });
}
