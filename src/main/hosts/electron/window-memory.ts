/** What the window remembers between two starts: its place and its zoom. The theme is a setting of the person and lies with those. */
import { z } from 'zod';
import { type OpenFileOptions, openJsonFile } from '../../adapters/storage/json-file.ts';

const whole = z.number().int().min(-1_000_000).max(1_000_000);

const windowStateSchema = z.looseObject({
  bounds: z.object({ x: whole, y: whole, width: whole, height: whole }).nullable().default(null),
  maximized: z.boolean().default(false),
  /** Electron's zoom level: 0 is 100 %, each step 20 % more or less. */
  zoomLevel: z.number().min(-8).max(9).default(0),
});
export type WindowState = z.output<typeof windowStateSchema>;

export interface WindowMemory {
  readonly get: () => WindowState;
  /** Remembers; a disk that takes nothing costs the place and no more. */
  readonly remember: (state: Partial<WindowState>) => void;
  /** Resolves when all that is to be remembered is on disk, or could not be. */
  readonly settled: () => Promise<void>;
}

/** Opens the memory at `path`; a broken file is put aside and forgotten. */
export async function openWindowMemory(options: OpenFileOptions): Promise<WindowMemory> {
  const file = await openJsonFile({
    ...options,
    schema: windowStateSchema,
    defaults: windowStateSchema.parse({}),
  });
  let last: Promise<unknown> = Promise.resolve();
  return {
    get: file.get,
    remember: (state) => {
      last = file.update((before) => ({ ...before, ...state }));
    },
    settled: async () => void (await last),
  };
}
