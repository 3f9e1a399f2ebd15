/** Finding contracts by free text, quick enough for ten thousand at each key. Pure but for what it remembers of rows. */
import type { ContractSummary } from '../../../../contract/contracts.ts';
import { contractStatusWords } from '../../copy/contract-status.ts';
import { formatAccountId, formatDate, formatIsoDate, userTimeZone } from '../../copy/formats.ts';

/** Takes a contract and the text that was typed; whether it fits. */
export type ContractSearch = (contract: ContractSummary, text: string) => boolean;

/** What a row can be found by, in lower case. */
interface RowText {
  /** What stands in the row, but for what counts down. */
  readonly shown: string;
  readonly ids: string;
  /** Both, with a mark at the start of each word. */
  readonly marked: string;
}

/** A character that no name has. */
const mark = '\u0001';
/** The first character of each word: whatever is a letter or digit after something that is none. */
const wordStart = /(?<![\p{L}\p{N}])(?=[\p{L}\p{N}])/gu;
/** Fewer letters than this stand in the middle of nearly every identifier. */
const shortestPart = 4;
/** Scripts that don't set their words apart. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

const known = new Map<string, Texts>();

/** Does beforehand what finding these rows takes. */
export function prepareSearch(rows: readonly ContractSummary[], zone: string = userTimeZone()): void {
  const texts = textsOf(zone);
  for (const row of rows) textOf(row, zone, texts);
}

/**
 * Finds by what a row shows and by every identifier behind it. Each word of the text has to be found somewhere: names, status and dates where a
 * word of theirs starts (*ended* is not in *Extended*), an identifier also in its middle. `nowMs` is AWS's time as epoch ms, `zone` the
 * IANA zone in which the row shows its dates.
 */
export function createContractSearch(nowMs: number, zone: string): ContractSearch {
  const texts = textsOf(zone);
  return (contract, text) => {
    const words = wordsOf(text);
    if (words.length === 0) return true;
    const row = textOf(contract, zone, texts);
    return words.every(
      (word) => isFound(word, row) || countdownOf(contract, nowMs, zone).includes(word.marked),
    );
  };
}

const countsDown = ({ status }: ContractSummary): boolean =>
  status.kind === 'closing' || status.kind === 'not-started';

function countdownOf(contract: ContractSummary, nowMs: number, zone: string): string {
  if (!countsDown(contract)) return '';
  return marked(contractStatusWords(contract, nowMs, zone).text.toLocaleLowerCase());
}

/** The words of the statuses that time does not change: few, where rows are many. */
const lasting = new Map<string, string>();

function lastingStatus(contract: ContractSummary, zone: string): string {
  if (countsDown(contract)) return '';
  const { status } = contract;
  const key = 'cause' in status ? status.cause : status.kind;
  const text = lasting.get(key) ?? contractStatusWords(contract, 0, zone).text;
  lasting.set(key, text);
  return text;
}

interface Word {
  readonly plain: string;
  readonly marked: string;
  readonly isUnspaced: boolean;
}

let lastText = '';
let lastWords: readonly Word[] = [];

/** The same text is asked of every row in turn. */
function wordsOf(text: string): readonly Word[] {
  if (text === lastText) return lastWords;
  lastText = text;
  lastWords = text
    .toLocaleLowerCase()
    .split(/\s+/u)
    .filter(Boolean)
    .map((plain) => ({ plain, marked: marked(plain), isUnspaced: unspaced.test(plain) }));
  return lastWords;
}

function isFound(word: Word, row: RowText): boolean {
  if (row.marked.includes(word.marked)) return true;
  if (word.isUnspaced && row.shown.includes(word.plain)) return true;
  return word.plain.length >= shortestPart && row.ids.includes(word.plain);
}

function marked(text: string): string {
  return text.replace(wordStart, mark);
}

type Texts = WeakMap<ContractSummary, RowText>;

function textsOf(zone: string): Texts {
  const texts = known.get(zone) ?? new WeakMap();
  known.set(zone, texts);
  return texts;
}

function textOf(contract: ContractSummary, zone: string, texts: Texts): RowText {
  const before = texts.get(contract);
  if (before !== undefined) return before;
  const text = readText(contract, zone);
  texts.set(contract, text);
  return text;
}

function readText(contract: ContractSummary, zone: string): RowText {
  const { buyerAlias, buyerAccountId, productTitle, startUtc, endUtc, lastUsageUtc, addedByHand } = contract;
  const dates = [addedByHand ? null : startUtc, endUtc, lastUsageUtc].flatMap((utc) =>
    utc === null ? [] : [formatDate(utc, zone), formatIsoDate(utc, zone)],
  );
  const end = addedByHand ? 'Added by hand' : endUtc === null ? 'No end' : contract.endIsAbout ? 'about' : '';
  const identifiers = [
    buyerAccountId,
    formatAccountId(buyerAccountId),
    contract.agreementId,
    contract.productId,
    contract.productCode,
    contract.offerId,
    ...contract.licenseArns,
  ];
  const status = lastingStatus(contract, zone);
  const shown = [buyerAlias, productTitle, status, end, ...dates].join(' ').toLocaleLowerCase();
  const ids = identifiers.join(' ').toLocaleLowerCase();
  return { shown, ids, marked: marked(`${shown} ${ids}`) };
}
