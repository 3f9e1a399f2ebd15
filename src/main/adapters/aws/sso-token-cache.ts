import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { getSSOTokenFilepath } from '@smithy/shared-ini-file-loader';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';

/**
 * A token file of the AWS CLI v2, which shares it with every SDK. Other fields than these are kept as they are.
 * https://docs.aws.amazon.com/sdkref/latest/guide/understanding-sso.html
 */
const tokenFileSchema = z.looseObject({
  startUrl: z.string().optional(),
  region: z.string().optional(),
  accessToken: z.string().min(1),
  expiresAt: z.string(),
  clientId: z.string().optional(),
  clientSecret: z.string().optional(),
  registrationExpiresAt: z.string().optional(),
  refreshToken: z.string().optional(),
});

export type TokenFile = z.infer<typeof tokenFileSchema>;

/**
 * Reads the cached token of an SSO session (by its name) or of a legacy profile (by its start URL). Null when there is
 * none that can be used; its end may have passed.
 */
export async function readToken(cacheKey: string): Promise<TokenFile | null> {
  try {
    const parsed = tokenFileSchema.safeParse(
      JSON.parse(await readFile(getSSOTokenFilepath(cacheKey), 'utf8')),
    );
    return parsed.success ? parsed.data : null;
  } catch {
    // Missing, unreadable or broken: each means the same here, that a new sign-in is needed.
    return null;
  }
}

/** When the token ends, in epoch ms on this computer's clock; null when the file does not say it understandably. */
export function tokenEndMs(token: Pick<TokenFile, 'expiresAt'>): number | null {
  // CLI v1 wrote `UTC` in place of the `Z`.
  const parsed = Date.parse(token.expiresAt.replace(/UTC$/, 'Z'));
  return Number.isNaN(parsed) ? null : parsed;
}

/** Writes the file whole, readable by its owner only; a reader sees the old or the new one, never a part. */
export async function writeToken(cacheKey: string, token: TokenFile): Promise<void> {
  const path = getSSOTokenFilepath(cacheKey);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFileAtomic(path, JSON.stringify(token, null, 2), { mode: 0o600 });
}

/** Removes the one token file; one that is not there is fine. */
export async function removeToken(cacheKey: string): Promise<void> {
  await rm(getSSOTokenFilepath(cacheKey), { force: true });
}

/** An instant as the CLI writes it: whole seconds with a `Z`. */
export function cliInstant(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
