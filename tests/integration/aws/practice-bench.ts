/** A practice AWS of a test's own, with the home and the settings that lead the SDK to it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CodeQuestion } from '../../../src/contract/session.ts';
import { createAwsConnection } from '../../../src/main/adapters/aws/connection.ts';
import { createNetwork, type Network } from '../../../src/main/adapters/aws/network.ts';
import { createSignIn } from '../../../src/main/adapters/aws/sign-in.ts';
import { createSystemClock } from '../../../src/main/adapters/system/system-clock.ts';
import type { SignInProgress } from '../../../src/main/core/ports.ts';
import { preparePracticeHome } from '../../../src/main/practice/practice-home.ts';
import { type PracticeOptions, startPracticeAws } from '../../../src/main/practice/start-practice.ts';

export type PracticeBench = Awaited<ReturnType<typeof startBench>>;

const settings = [
  'HOME',
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_ENDPOINT_URL',
  'AWS_PROFILE',
  'AWS_REGION',
  'AWS_EC2_METADATA_DISABLED',
] as const;

export async function startBench(options: PracticeOptions = {}) {
  const former = new Map(settings.map((name) => [name, process.env[name]]));
  const practice = await startPracticeAws(options);
  const home = await mkdtemp(join(tmpdir(), 'usage-desk-aws-'));
  for (const name of settings) delete process.env[name];
  for (const [name, value] of Object.entries(await preparePracticeHome(home, practice.url))) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }

  const steer = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${practice.url}/_practice/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(JSON.stringify(answer));
    return answer;
  };
  return {
    url: practice.url,
    home,
    steer,
    /** The operations that were called, oldest first. */
    calls: async () => (await steer('GET', 'calls')) as readonly LoggedCall[],
    stop: async () => {
      for (const [name, value] of former) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
      await practice.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

export interface LoggedCall {
  readonly operation: string;
  readonly region?: string;
  readonly accessKeyId?: string;
  readonly userAgent: string;
  readonly request: unknown;
  readonly requestId: string;
}

export const noProgress: SignInProgress = { page: () => undefined, finishing: () => undefined };

/** The adapters of one app. `onAuthorizeUrl` is what the person does with the sign-in page. */
export function createDesk(
  onAuthorizeUrl: (url: string) => void = () => undefined,
  browserWaitMs = 5_000,
  isAcknowledged = (): boolean => true,
  pause: (ms: number, signal: AbortSignal) => Promise<void> = () => Promise.resolve(),
  network: Network = createNetwork({ isAcknowledged }),
) {
  const connection = createAwsConnection();
  const clock = createSystemClock();
  const notes: string[] = [];
  const opened: string[] = [];
  const signIn = createSignIn({
    connection,
    clock,
    browserWaitMs,
    network,
    pause,
    incidents: { report: () => 'incident', note: (message) => notes.push(message) },
    browser: {
      open: async (url) => {
        opened.push(url);
        onAuthorizeUrl(url);
        return true;
      },
    },
  });
  const connect = (
    profile: string,
    more: {
      freshSignIn?: boolean;
      signal?: AbortSignal;
      progress?: SignInProgress;
      way?: 'browser' | 'device-code';
      askCode?: (question: CodeQuestion) => Promise<string>;
    } = {},
  ) =>
    signIn.connect(profile, {
      signal: more.signal ?? new AbortController().signal,
      progress: more.progress ?? noProgress,
      freshSignIn: more.freshSignIn ?? false,
      way: more.way ?? 'browser',
      askCode: more.askCode ?? (() => Promise.reject(new Error('a code was asked for'))),
    });
  return { connection, clock, signIn, connect, notes, opened };
}

/** What a person does on the sign-in page: reads it, presses the button, and lets the browser follow. */
export async function decide(authorizeUrl: string, decision: 'allow' | 'deny'): Promise<Response> {
  if (new URL(authorizeUrl).searchParams.has('user_code')) return await decideCode(authorizeUrl, decision);
  const callback = await callbackAfter(authorizeUrl, decision);
  return await fetch(callback);
}

/** What a person does on the page of a code: looks at it, presses the button. */
export async function decideCode(pageUrl: string, decision: 'allow' | 'deny'): Promise<Response> {
  const userCode = new URL(pageUrl).searchParams.get('user_code') ?? '';
  const html = await (await fetch(pageUrl)).text();
  if (!html.includes(userCode)) throw new Error(`The page does not show the code ${userCode}`);
  return await fetch(new URL('/device/decision', pageUrl), {
    method: 'POST',
    headers: { origin: new URL(pageUrl).origin },
    body: new URLSearchParams({ user_code: userCode, decision }),
  });
}

/** Where the browser is sent after the button, without going there. */
export async function callbackAfter(authorizeUrl: string, decision: 'allow' | 'deny'): Promise<string> {
  const page = await fetch(authorizeUrl);
  const html = await page.text();
  const action = /<form method="post" action="([^"]+)"/.exec(html)?.[1];
  const request = /name="request" value="([^"]+)"/.exec(html)?.[1];
  if (action === undefined || request === undefined) throw new Error(`No form on the sign-in page: ${html}`);
  const answer = await fetch(new URL(action, authorizeUrl), {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: new URL(authorizeUrl).origin },
    body: new URLSearchParams({ request, decision }),
  });
  return answer.headers.get('location') ?? '';
}
