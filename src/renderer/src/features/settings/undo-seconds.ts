import { undoSecondsSchema } from '../../../../contract/settings.ts';

/** What was typed as the undo window's seconds; null when it is none that can be set. */
export function readUndoSeconds(text: string): number | null {
  if (!/^\d{1,3}$/.test(text.trim())) return null;
  const parsed = undoSecondsSchema.safeParse(Number(text));
  return parsed.success ? parsed.data : null;
}
