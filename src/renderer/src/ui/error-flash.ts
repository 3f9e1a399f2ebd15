/** A failure as a message at the top of the page. */
import type { AppError } from '../../../contract/errors.ts';
import { presentError } from '../copy/present-error.ts';
import type { Flash } from './flash-store.ts';

export function errorFlash(id: string, error: AppError): Flash {
  const words = presentError(error);
  return {
    id,
    type: words.severity,
    header: words.title,
    content: `${words.explanation} ${words.nextStep}`,
  };
}
