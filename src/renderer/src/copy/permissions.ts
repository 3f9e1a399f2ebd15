/** The words for what a role may do. */
import type { PermissionsView, ReadPurpose } from '../../../contract/permissions.ts';

/** What each read is for, and what is missing without it. */
export const readWords = {
  contracts: { label: 'List your contracts', without: 'No contract can be shown.' },
  terms: {
    label: 'Read prices and dimensions of a contract',
    without: 'Usage can’t be checked before it is sent.',
  },
  products: { label: 'Read product names and dimensions', without: 'Products show their ids alone.' },
  entitlements: { label: 'Read what a buyer has prepaid', without: 'Prepaid quantities are not shown.' },
  trail: {
    label: 'Look up submissions in CloudTrail',
    without: 'A record of unknown outcome can’t be settled by evidence from AWS.',
  },
} as const satisfies Record<ReadPurpose, { readonly label: string; readonly without: string }>;

type Read = PermissionsView['reads'][number];
type Metering = PermissionsView['metering'];

export function refusedReads({ reads }: PermissionsView): readonly Read[] {
  return reads.filter((read) => read.state === 'refused');
}

export function readStateWords(read: Read): string {
  switch (read.state) {
    case 'allowed':
      return 'Allowed';
    case 'refused':
      return `Refused: the role lacks ${read.action}`;
    case 'unknown':
      return 'Not known yet';
  }
}

export function meteringStateWords(metering: Metering): string {
  switch (metering.state) {
    case 'allowed':
      return 'Allowed: AWS has taken a submission';
    case 'refused':
      return `Refused: the role lacks ${metering.action}`;
    case 'unknown':
      return 'Not known until the first submission: AWS offers no way to try it';
  }
}
