/** Finding a reason by its badge, its code, AWS's error name, or a symptom. Pure. */
import { type ReasonEntry, reasonCatalogue } from '../../../../contract/reason-catalogue.ts';

export const reasonSections = [
  { scope: 'record', title: 'AWS’s answers for a record' },
  { scope: 'call', title: 'AWS’s refusals of a call' },
  { scope: 'sign-in', title: 'Sign-in, permission, clock and network' },
  { scope: 'local', title: 'Found here, before anything is sent' },
] as const satisfies readonly { readonly scope: ReasonEntry['scope']; readonly title: string }[];

/** Reasons in which every word of the search occurs, in the catalogue's order. An empty search finds all. */
export function findReasons(search: string): readonly ReasonEntry[] {
  const words = search
    .toLocaleLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(plain);
  return Object.values(reasonCatalogue).filter((entry) => {
    const text = textOf(entry);
    return words.every((word) => text.includes(word));
  });
}

function textOf(entry: ReasonEntry): string {
  const parts = [entry.code, entry.badge, entry.title, entry.whatHappened, entry.why, ...entry.steps];
  // AWS's names are the codes without dashes: InvalidUsageDimensionException finds invalid-usage-dimension.
  return [...parts, entry.code.replaceAll('-', '')].join(' ').toLocaleLowerCase();
}

function plain(word: string): string {
  return word.replace(/exception$/, '');
}
