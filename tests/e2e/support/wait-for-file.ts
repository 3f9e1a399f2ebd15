import { existsSync } from 'node:fs';
import { expect } from '@playwright/test';

/** The app writes files aside and renames them, so one that is there is whole. */
export const waitForFile = (path: string): Promise<void> =>
  expect.poll(() => existsSync(path), { message: `${path} is saved` }).toBe(true);
