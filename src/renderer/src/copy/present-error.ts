/** The words of every expected failure: what happened, what to do, how bad it is. No React in here. */
import type { AppError } from '../../../contract/errors.ts';
import { appErrors } from './errors/app-errors.ts';
import { awsErrors } from './errors/aws-errors.ts';
import { contractErrors } from './errors/contract-errors.ts';
import type { ErrorWords, PresentedError } from './errors/presented-error.ts';
import { signInErrors } from './errors/sign-in-errors.ts';
import { storageErrors } from './errors/storage-errors.ts';
import { usageErrors } from './errors/usage-errors.ts';

/** A new kind of failure doesn't compile until it has its words in one of the areas. */
const words: ErrorWords<AppError['kind']> = {
  ...appErrors,
  ...signInErrors,
  ...awsErrors,
  ...usageErrors,
  ...contractErrors,
  ...storageErrors,
};

/** The sentences for a failure. */
export function presentError(error: AppError): PresentedError {
  const present = words[error.kind] as (error: AppError) => PresentedError;
  return present(error);
}
