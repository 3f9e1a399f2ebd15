/** Kinds of profiles beside SSO, each signed in with: codes of a second factor, keys of the environment, programs. */
import { appendFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CodeQuestion } from '../../../src/contract/session.ts';
import { createDesk, decide, type PracticeBench, startBench } from './practice-bench.ts';

const serial = 'arn:aws:iam::482913607251:mfa/usage-scripts';
const mfaRole = `role_arn = arn:aws:iam::482913607251:role/UsageReporterMfa\nmfa_serial = ${serial}\n`;

let bench: PracticeBench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench.stop());

const addConfig = (text: string) => appendFile(process.env.AWS_CONFIG_FILE ?? '', `\n${text}`);

/** Gives these codes, one a question. */
function personWith(...codes: string[]) {
  const asked: CodeQuestion[] = [];
  const askCode = (question: CodeQuestion): Promise<string> => {
    asked.push(question);
    const code = codes.shift();
    return code === undefined ? Promise.reject(new Error('asked too often')) : Promise.resolve(code);
  };
  return { asked, askCode };
}

describe('a role that asks for a code', () => {
  beforeEach(() => addConfig(`[profile with-code]\n${mfaRole}source_profile = static-key\n`));

  test('names the device, and is signed in with until the end of its credentials', async () => {
    const { asked, askCode } = personWith('123456');
    const connected = await createDesk().connect('with-code', { askCode });
    expect(connected).toMatchObject({
      ok: true,
      value: { identity: { roleName: 'UsageReporterMfa' }, renewsItself: false, isShared: false },
    });
    if (!connected.ok) throw new Error('not connected');
    expect(connected.value.expiresAtMs).toBeGreaterThan(Date.now());
    expect(connected.value.lookAgainAtMs).toBe(connected.value.expiresAtMs);
    expect(asked).toEqual([{ serial, refused: false }]);
  });

  test('asks again after a code that AWS refuses, and says so', async () => {
    const { asked, askCode } = personWith('000000', '123456');
    expect(await createDesk().connect('with-code', { askCode })).toMatchObject({ ok: true });
    expect(asked.map(({ refused }) => refused)).toEqual([false, true]);
  });

  test('can be cancelled while it asks', async () => {
    const abort = new AbortController();
    const connecting = createDesk().connect('with-code', {
      signal: abort.signal,
      askCode: () =>
        new Promise((_resolve, reject) => {
          abort.signal.addEventListener('abort', () => reject(abort.signal.reason));
          abort.abort();
        }),
    });
    expect(await connecting).toMatchObject({ ok: false, error: { cause: 'cancelled' } });
  });

  test('is not asked again behind the person’s back: its end is an end of the sign-in', async () => {
    const { asked, askCode } = personWith('123456');
    const desk = createDesk();
    await desk.connect('with-code', { askCode });
    const current = desk.connection.current();
    if (!current.ok) throw new Error('not connected');
    current.value.dropCredentials();
    await expect(current.value.credentials()).rejects.toMatchObject({
      appError: { kind: 'sign-in-expired', profile: 'with-code' },
    });
    expect(await desk.signIn.renew()).toEqual({
      ok: false,
      error: { kind: 'sign-in-expired', profile: 'with-code' },
    });
    expect(asked).toHaveLength(1);
  });

  test('over a chain of roles, over an SSO profile, asks after the browser', async () => {
    await addConfig(`[profile middle]\nrole_arn = arn:aws:iam::482913607251:role/UsageReporter\nsource_profile = seller-ops
[profile chained]\n${mfaRole}source_profile = middle\n`);
    const { asked, askCode } = personWith('123456');
    const desk = createDesk((url) => void decide(url, 'allow'));
    expect(await desk.connect('chained', { askCode })).toMatchObject({
      ok: true,
      value: { identity: { roleName: 'UsageReporterMfa' }, renewsItself: false },
    });
    expect([desk.opened.length, asked.length]).toEqual([1, 1]);
  });

  test('twice in a chain asks one question at a time', async () => {
    await addConfig(`[profile twice]\n${mfaRole}source_profile = with-code\n`);
    let open = 0;
    const { asked, askCode } = personWith('123456', '654321');
    const connected = await createDesk().connect('twice', {
      askCode: async (question) => {
        open += 1;
        expect(open).toBe(1);
        await Promise.resolve();
        open -= 1;
        return askCode(question);
      },
    });
    expect(connected).toMatchObject({ ok: true });
    expect(asked).toHaveLength(2);
  });
});

describe('keys of the environment', () => {
  const names = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;
  afterEach(() => {
    for (const name of names) delete process.env[name];
  });

  test('are signed in with, whatever the files say', async () => {
    process.env.AWS_ACCESS_KEY_ID = 'AKIAPRACTICEUSAGEKEY';
    process.env.AWS_SECRET_ACCESS_KEY = 'not-a-secret';
    expect(await createDesk().connect('Environment variables')).toMatchObject({
      ok: true,
      value: {
        identity: { accountId: '482913607251', principalArn: expect.stringContaining(':user/usage-scripts') },
        expiresAtMs: null,
        renewsItself: false,
      },
    });
  });

  test('that are half there are told', async () => {
    process.env.AWS_ACCESS_KEY_ID = 'AKIAPRACTICEUSAGEKEY';
    expect(await createDesk().connect('Environment variables')).toMatchObject({
      ok: false,
      error: { kind: 'profile-unusable', detail: 'missing-variable:AWS_SECRET_ACCESS_KEY' },
    });
  });
});

describe('a program that gives credentials', () => {
  const program = (name: string, script: string) =>
    addConfig(
      `[profile ${name}]\ncredential_process = ${process.execPath} -e "${script}" -- --secret s3cr3tArgument\n`,
    );

  test('that fails is told by what it said, without its command and its secrets', async () => {
    await program(
      'locked',
      "process.stderr.write('The vault is locked. session_token=abcdefSecret\\n');process.exit(3)",
    );
    const failed = await createDesk().connect('locked');
    expect(failed).toMatchObject({ ok: false, error: { kind: 'process-failed', profile: 'locked' } });
    expect(JSON.stringify(failed)).toContain('The vault is locked.');
    expect(JSON.stringify(failed)).not.toMatch(/abcdefSecret|s3cr3tArgument|process\.exit/);
  });

  test.each([
    ['nothing', 'process.exit(3)', ''],
    ['no JSON', "process.stdout.write('hello')", expect.stringContaining('invalid JSON')],
    ['another version', "process.stdout.write('{}')", expect.stringContaining('Version 1')],
  ])('that says %s is told as it is', async (name, script, detail) => {
    const profile = name.replaceAll(' ', '-');
    await program(profile, script);
    expect(await createDesk().connect(profile)).toEqual({
      ok: false,
      error: { kind: 'process-failed', profile, detail },
    });
  });
});

test('a legacy profile whose sign-in was revoked is told so, and asked for a code again', async () => {
  await addConfig(
    '[profile legacy]\nsso_start_url = https://d-9067a1c4e2.awsapps.com/start\nsso_region = eu-central-1\nsso_account_id = 482913607251\nsso_role_name = MarketplaceMetering\n',
  );
  const desk = createDesk();
  const codes: (string | null)[] = [];
  const progress = {
    page: ({ userCode }: { readonly userCode: string | null }) => codes.push(userCode),
    finishing: () => undefined,
  };
  await bench.steer('PUT', 'faults', [{ operation: 'CreateToken', kind: 'ExpiredTokenException' }]);
  expect(await desk.connect('legacy', { progress })).toMatchObject({
    ok: false,
    error: { kind: 'sign-in-failed', cause: 'code-expired' },
  });
  expect(codes).toEqual([expect.stringMatching(/^[A-Z]{4}-[A-Z]{4}$/)]);
});
