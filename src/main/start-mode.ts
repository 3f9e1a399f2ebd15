/**
 * Live or practice, decided once per process and before anything reads AWS settings. The only place of the app that
 * knows that practice is not AWS.
 */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makePrivateFolder } from './adapters/storage/folder.ts';
import { installShiftedDate } from './adapters/system/shifted-date.ts';
import type { Scenarios } from './practice/scenarios.ts';

export interface Mode {
  /** The environment in which the person started the app; programs that the app starts get this one. */
  readonly originalEnv: NodeJS.ProcessEnv;
  /** Practice was moved to another instant; `Date` tells it already. Only the newest listener is told. */
  readonly onShift: (listener: () => void) => void;
  /** Lets things go wrong in practice; null when live. */
  readonly steering: Scenarios | null;
  readonly close: () => Promise<void>;
}

/** Live: the process stays as it is. */
export function startLive(): Mode {
  return {
    originalEnv: { ...process.env },
    onShift: () => undefined,
    steering: null,
    close: async () => undefined,
  };
}

/**
 * Practice: starts the simulated AWS, gives this process a home and AWS settings of its own under `dataDir`, and makes it live at
 * the instant that practice is set to. The simulated AWS's address stands in `practice-aws.json` there, for those who steer it.
 */
export async function startPractice(dataDir: string): Promise<Mode> {
  const originalEnv = { ...process.env };
  const date = installShiftedDate();
  let listener: () => void = () => undefined;
  // Loaded on demand: a live process never even has it in memory.
  const [{ startPracticeAws }, { preparePracticeHome }, { writePracticeNames }, { createScenarios }] =
    await Promise.all([
      import('./practice/start-practice.ts'),
      import('./practice/practice-home.ts'),
      import('./practice/practice-names.ts'),
      import('./practice/scenarios.ts'),
    ]);
  makePrivateFolder(dataDir);
  const aws = await startPracticeAws({
    onShift: (shiftMs) => {
      date.shiftTo(shiftMs);
      listener();
    },
  });
  const settings = await preparePracticeHome(join(dataDir, 'home'), aws.url);
  await writePracticeNames(join(dataDir, 'preferences.json'), aws.url);
  for (const [name, value] of Object.entries(settings)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  const addressFile = join(dataDir, 'practice-aws.json');
  await writeFile(addressFile, `${JSON.stringify({ url: aws.url })}\n`, { mode: 0o600 });
  return {
    originalEnv,
    steering: createScenarios(aws.url),
    onShift: (next) => {
      listener = next;
    },
    close: async () => {
      await rm(addressFile, { force: true });
      await aws.close();
    },
  };
}
