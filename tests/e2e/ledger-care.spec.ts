/** The built host finds its worker: what runs from the sources elsewhere is bundled here. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { loopbackCaller } from '../support/loopback-caller.ts';
import { startApp } from './support/running-app.ts';

test('the built app verifies and backs up its ledger in a worker, and ends at once', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'usage-desk-care-'));
  const app = await startApp({ dataDir });
  try {
    const api = await loopbackCaller(app.launchAddress);
    expect(await api.call('ledger.verify', { head: null })).toMatchObject({
      ok: true,
      value: { intact: true, checkedEvents: 0 },
    });
    expect(await api.call('backups.make', {})).toMatchObject({ ok: true, value: { made: true } });
    expect(await app.stop()).toBe(0);
  } finally {
    await app.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});
