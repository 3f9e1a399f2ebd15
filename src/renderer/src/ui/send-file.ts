/** Sends a file that the person chose to the core, where the host has no dialog of its own for that. */
import { err, type Result } from '../../../contract/result.ts';

/** To a path that the core gave for this one file. The browser reads it from the disk as it goes, however large it is. */
export async function sendFile<T>(path: string, file: File): Promise<Result<T>> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/octet-stream',
        'x-file-name': encodeURIComponent(file.name),
      },
      body: file,
      cache: 'no-store',
      redirect: 'error',
    });
    const answer: unknown = await response.json();
    const isResult =
      typeof answer === 'object' && answer !== null && 'ok' in answer && typeof answer.ok === 'boolean';
    // The core answers by the type of the call that gave the path.
    return isResult ? (answer as Result<T>) : err({ kind: 'core-unreachable' });
  } catch {
    return err({ kind: 'core-unreachable' });
  }
}
