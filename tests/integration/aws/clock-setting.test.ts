import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createAgreements } from '../../../src/main/adapters/aws/agreements.ts';
import { createCatalog } from '../../../src/main/adapters/aws/catalog.ts';
import { createSubmissionTrail } from '../../../src/main/adapters/aws/cloud-trail.ts';
import { createDesk, type PracticeBench, startBench } from './practice-bench.ts';

/** The SDK reads the setting once a process, so these tests have a file of their own. */
let bench: PracticeBench;
beforeEach(async () => {
  bench = await startBench();
  vi.stubEnv('AWS_DISABLE_CLOCK_SKEW_CORRECTION', 'true');
  await bench.steer('PUT', 'clock', { mode: 'skew', ms: 3_600_000 });
});
afterEach(() => bench.stop());

const sellerAccountId = '482913607251';

test.each([
  ['agreements', (desk: ReturnType<typeof createDesk>) => createAgreements(desk).searchPage(null, 'all')],
  ['products', (desk: ReturnType<typeof createDesk>) => createCatalog(desk).products(['prod-a'])],
  [
    'the event history',
    (desk: ReturnType<typeof createDesk>) =>
      createSubmissionTrail(desk).calls({
        ...{ sellerAccountId, meteringRegion: 'us-east-1', accessKeyId: null },
        ...{ fromMs: desk.clock.now() - 3_600_000, untilMs: desk.clock.now() },
      }),
  ],
])(
  'AWS’s time is learned by the sign-in and by reading %s, whatever the environment says',
  async (_, read) => {
    const desk = createDesk();
    expect(await desk.connect('static-key')).toMatchObject({ ok: true });
    expect(Math.abs((desk.clock.offsetMs() ?? 0) - 3_600_000)).toBeLessThan(10_000);
    await bench.steer('PUT', 'clock', { mode: 'skew', ms: 7_200_000 });
    expect(await read(desk)).toMatchObject({ ok: true });
    expect(Math.abs((desk.clock.offsetMs() ?? 0) - 7_200_000)).toBeLessThan(10_000);
  },
);
