/** What Node throws when the operating system refuses a call on a file. */
import { z } from 'zod';

const systemErrorSchema = z.object({ code: z.string(), syscall: z.string() });
const noRoom: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);

/** The operating system's code, such as `ENOENT`; null when something else was thrown. */
export function errorCode(cause: unknown): string | null {
  const parsed = systemErrorSchema.safeParse(cause);
  return parsed.success ? parsed.data.code : null;
}

/** True when the disk or the person's share of it is full. */
export function isNoRoom(cause: unknown): boolean {
  const code = errorCode(cause);
  return code !== null && noRoom.has(code);
}
