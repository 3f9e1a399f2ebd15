import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CallName, calls } from '../../src/contract/calls.ts';
import { appErrorSchema } from '../../src/contract/errors.ts';
import { everything } from '../../src/contract/history.ts';
import { callNames } from '../../src/contract/names.ts';
import { noInputSchema } from '../../src/contract/primitives.ts';
import { aLine, type InProcessApp, startInProcessApp } from '../integration/app/in-process-app.ts';
import { brokenInput, validInput } from './from-schema.ts';

let app: InProcessApp;
/** Inputs that reach further than any that are made up: ids and texts that the app knows. */
let known: Partial<Record<CallName, readonly unknown[]>>;

beforeAll(async () => {
  app = await startInProcessApp();
  await app.signIn('static-key');
  // Written behind what the sign-in itself remembers, so that nothing is on its way to disk any more.
  await app.succeed('settings.change', { theme: 'light' });
  const [contract] = (await app.contracts()).filter(({ addUsage }) => addUsage.allowed);
  if (contract === undefined) throw new Error('No contract takes usage');
  const { agreementId, buyerAccountId, productId } = contract;
  const { nowUtc } = await app.succeed('system.status', {});
  const entry = { agreementId, lines: [aLine(nowUtc)], timeZone: 'UTC', locale: 'en-GB' };
  known = {
    'contracts.get': [{ agreementId }],
    'buyers.setAlias': [{ buyerAccountId, alias: 'A buyer' }],
    'products.chooseScheme': [{ productId, scheme: 'licence' }],
    'entry.check': [entry],
    'reviews.create': [entry],
    'drafts.get': [{ agreementId }],
    'drafts.discard': [{ agreementId }],
    'drafts.save': [{ agreementId, lines: entry.lines, timeZone: 'UTC' }],
    'exports.start': [{ filter: everything, format: 'csv', timeZone: 'UTC' }],
    'history.page': [{ filter: everything, sort: { by: 'usage', descending: true }, cursor: null, limit: 5 }],
    'history.totals': [{ filter: everything, byMonth: true }],
  };
}, 60_000);

afterAll(async () => {
  await app.stop();
});

/** Everything that a call could have changed for good: what AWS recorded, and every file but the ones SQLite keeps for itself. */
async function state(): Promise<string> {
  const metered = await app.practice.steer('GET', 'metered');
  const files = readdirSync(app.dataDir)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => [name, readFileSync(join(app.dataDir, name), 'utf8')]);
  const usage = await app.succeed('usage.list', {
    agreementId: null,
    status: null,
    cursor: null,
    limit: 200,
  });
  const settings = await app.succeed('settings.get', {});
  const session = await app.succeed('session.get', {});
  return JSON.stringify({ metered, files, usage, settings, session });
}

const polluted = (): boolean => 'polluted' in {};

describe('broken input', () => {
  it.each(callNames)('%s refuses it in words and changes nothing', async (name) => {
    const before = await state();
    await fc.assert(
      fc.asyncProperty(brokenInput(calls[name].input), async (input) => {
        // Sent as a page sends it: whatever it likes.
        const answer = await app.call(name, input as never);
        expect(answer).toMatchObject({ ok: false, error: { kind: 'invalid-input' } });
        expect(appErrorSchema.safeParse(answer.ok ? null : answer.error).success).toBe(true);
        expect(polluted()).toBe(false);
      }),
      { numRuns: 150 },
    );
    expect(await state()).toBe(before);
    expect(app.incidents).toEqual([]);
  });
});

/** These end the sign-in, leave for another profile, or ask AWS anew each time: they come last, and less often. */
const heavy: ReadonlySet<CallName> = new Set<CallName>([
  'session.signIn',
  'session.cancelSignIn',
  'session.openSignInPage',
  'session.leave',
  'session.signOut',
  'profileSetup.begin',
  'contracts.refresh',
]);

/** A call without input has one valid input; work on the whole ledger is done by a worker and takes its time. */
function runsOf(name: CallName): number {
  if (calls[name].input === noInputSchema) return 2;
  return heavy.has(name) || /^(ledger|backups)\./.test(name) ? 3 : 40;
}

/** `ledger.missing` asks CloudTrail, at CloudTrail's rate, in each metering Region, of which the calls after it make up many: it comes first. */
const rank = (name: CallName): number => (name === 'ledger.missing' ? 0 : heavy.has(name) ? 2 : 1);

const ordered = [...callNames].sort((a, b) => rank(a) - rank(b));

describe('input of the right shape', () => {
  it.each(ordered)('%s answers it by the contract and never by a defect', async (name) => {
    const input = validInput(calls[name].input, known[name] ?? []);
    const metered = await app.practice.steer('GET', 'metered');
    await fc.assert(
      fc.asyncProperty(input, async (made) => {
        const answer = await app.call(name, made as never);
        // The dispatcher of this app checks every answer against the contract, and reports what breaks it.
        expect(app.incidents).toEqual([]);
        if (!answer.ok) expect(answer.error.kind).not.toBe('unexpected');
        expect(polluted()).toBe(false);
      }),
      { numRuns: runsOf(name) },
    );
    // Without a review that a person confirmed nothing is ever sent.
    expect(await app.practice.steer('GET', 'metered')).toEqual(metered);
  });
});

it('no name but those of the contract is a call', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string(),
        fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'system.status '),
      ),
      async (name) => {
        fc.pre(!Object.hasOwn(calls, name));
        expect(await app.call(name as CallName, {})).toEqual({ ok: false, error: { kind: 'unknown-call' } });
      },
    ),
  );
});
