import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type InProcessApp, startInProcessApp } from '../integration/app/in-process-app.ts';

let app: InProcessApp;

beforeEach(async () => {
  app = await startInProcessApp();
});
afterEach(() => app.stop());

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** What signing in left in the token cache of the AWS CLI, which is the only place for it. */
function cachedSecrets(): readonly string[] {
  const cache = join(process.env.HOME ?? '', '.aws', 'sso', 'cache');
  return filesIn(cache).flatMap((path) => {
    const token: Record<string, unknown> = JSON.parse(readFileSync(path, 'utf8'));
    return [token.accessToken, token.refreshToken, token.clientSecret].filter(
      (one) => typeof one === 'string',
    );
  });
}

it('no answer to the page and no file of the app holds a token or a key', async () => {
  await app.signIn('seller-ops');
  const answers = [
    await app.succeed('session.get', {}),
    await app.succeed('profiles.list', {}),
    await app.succeed('settings.get', {}),
    await app.succeed('system.status', {}),
    await app.contracts(),
  ];
  const secrets = cachedSecrets();
  expect(secrets.length).toBeGreaterThan(1);
  const told = JSON.stringify(answers);
  for (const secret of secrets) expect(told).not.toContain(secret);
  for (const path of filesIn(app.dataDir)) {
    const content = readFileSync(path, 'latin1');
    for (const secret of secrets) expect(content, path).not.toContain(secret);
  }
});
