/** Finding a reason by its badge, its code, AWS's error name, the words of AWS's message, or a symptom. Pure. */
import { type ReasonEntry, reasonCatalogue } from '../../../../contract/reason-catalogue.ts';
import { searchWords } from '../../../../contract/reasons/search-words.ts';
import { type ElsewhereError, elsewhereErrors } from '../../copy/elsewhere.ts';

export const reasonSections = [
  { scope: 'record', title: 'AWS’s answers for a record' },
  { scope: 'call', title: 'AWS’s refusals of a call' },
  { scope: 'sign-in', title: 'Sign-in, permission, clock and network' },
  { scope: 'local', title: 'Found here, before anything is sent' },
] as const satisfies readonly { readonly scope: ReasonEntry['scope']; readonly title: string }[];

/**
 * Reasons in which every word of the search occurs, in the catalogue's order; where none has them all, those with the most of its words,
 * so that a pasted message of AWS's finds its reason. An empty search finds all.
 */
export function findReasons(search: string): readonly ReasonEntry[] {
  return found(Object.values(reasonCatalogue), textOfReason, search);
}

/** Errors that belong elsewhere, found in the same way; none for an empty search. */
export function findElsewhere(search: string): readonly ElsewhereError[] {
  return search.trim() === '' ? [] : withAllWords(elsewhereErrors, textOfElsewhere, wordsOf(search));
}

function found<T>(all: readonly T[], textOf: (one: T) => string, search: string): readonly T[] {
  const words = wordsOf(search);
  const exact = withAllWords(all, textOf, words);
  if (exact.length > 0 || words.length < 3) return exact;
  const telling = words.filter((word) => word.length > 3);
  const ranked = all
    .map((one) => ({ one, hits: telling.filter((word) => textOf(one).includes(word)).length }))
    .filter(({ hits }) => hits > 1 && hits >= telling.length / 2);
  const most = Math.max(0, ...ranked.map(({ hits }) => hits));
  return ranked.filter(({ hits }) => hits === most).map(({ one }) => one);
}

function withAllWords<T>(all: readonly T[], textOf: (one: T) => string, words: readonly string[]): T[] {
  return all.filter((one) => words.every((word) => textOf(one).includes(word)));
}

function textOfReason(entry: ReasonEntry): string {
  const parts = [entry.code, entry.badge, entry.title, entry.whatHappened, entry.why, ...entry.steps];
  // AWS's names are the codes without dashes: InvalidUsageDimensionException finds invalid-usage-dimension.
  return plainText([...parts, entry.code.replaceAll('-', ''), searchWords[entry.code] ?? ''].join(' '));
}

function textOfElsewhere(error: ElsewhereError): string {
  return plainText([...error.names, error.calls, error.note, error.words].join(' '));
}

function wordsOf(search: string): string[] {
  return plainText(search)
    .split(/[\s:;,.“”"'()[\]]+/)
    .filter((word) => word !== '')
    .map((word) => word.replace(/exception$/, ''));
}

/** Small letters, plain apostrophes, and the spelling of both sides of the sea. */
function plainText(text: string): string {
  return text.toLocaleLowerCase().replaceAll('’', "'").replaceAll('licence', 'license');
}
