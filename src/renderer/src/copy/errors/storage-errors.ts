/** Of the ledger and of files. */
import type { UnusableFile } from '../../../../contract/errors.ts';
import { type ErrorWords, failure } from './presented-error.ts';

const chooseCopy = 'Choose a file that “Save a copy” made, here or on the other computer.';

/** Of a file that was chosen as a backup. */
const unusable: Readonly<Record<UnusableFile, readonly [header: string, what: string, todo: string]>> = {
  'no-ledger': ['This file is no backup of Usage Desk', 'is something else.', chooseCopy],
  damaged: [
    'This backup is damaged',
    'is a ledger, but something in it does not fit.',
    'Save a copy on the other computer once more, or choose an older one.',
  ],
  newer: [
    'This backup is from a newer version of Usage Desk',
    'was made by a version that this one doesn’t know.',
    'Install the newest Usage Desk here, then choose the file again.',
  ],
  unreadable: [
    'The file could not be read',
    'could not be read to its end.',
    'Check that it is still there and may be read, then choose it again.',
  ],
  practice: [
    'This backup is of practice',
    'holds what was practised. It never mixes with live records.',
    chooseCopy,
  ],
  live: ['This backup is of live records', 'holds live records. They never mix with practice.', chooseCopy],
};

export const storageErrors: ErrorWords<
  'ledger-newer' | 'ledger-damaged' | 'ledger-unavailable' | 'file-unusable' | 'disk-full' | 'save-failed'
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
  'file-unusable': ({ fileName, problem }) => {
    const [header, what, todo] = unusable[problem];
    return failure([header, `${fileName} ${what} Nothing was changed.`, todo]);
  },
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
