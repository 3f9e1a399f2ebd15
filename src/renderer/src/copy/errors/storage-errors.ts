/** Of the ledger and of files. */
import { type ErrorWords, failure } from './presented-error.ts';

export const storageErrors: ErrorWords<
  'ledger-newer' | 'ledger-damaged' | 'ledger-unavailable' | 'disk-full' | 'save-failed'
> = {
  'ledger-newer': (error) =>
    failure([
      'The ledger is from a newer version of Usage Desk',
      `${error.path} has version ${error.ledgerVersion}; this app knows versions up to ${error.supportedVersion}. The file was left untouched, and nothing can be submitted.`,
      'Install the newest Usage Desk.',
    ]),
  'ledger-damaged': (error) =>
    failure(
      [
        'The ledger is damaged',
        `${error.path} can’t be read as a ledger. It was left untouched, and nothing can be submitted.`,
        'Set it aside and restore the newest good backup: you are told first what would be missing.',
      ],
      { detail: error.detail },
    ),
  'ledger-unavailable': (error) =>
    failure(
      [
        'The ledger could not be opened',
        `${error.path} could not be opened, so nothing can be submitted.`,
        'Check that the folder is there and that you may write to it, and that no other Usage Desk uses it. Then start the app again.',
      ],
      { detail: error.detail },
    ),
  'disk-full': (error) =>
    failure(
      [
        'The disk is full',
        `There was no room to write ${error.path}.`,
        'Make some room on the disk, then try again. Nothing that was confirmed before is lost.',
      ],
      { retry: true },
    ),
  'save-failed': (error) =>
    failure(
      [
        'The file could not be saved',
        error.path === null ? 'Writing the file failed.' : `Writing ${error.path} failed.`,
        'Choose another place, or check that you may write there.',
      ],
      { detail: error.detail, retry: true },
    ),
};
