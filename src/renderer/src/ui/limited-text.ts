/** Text with a length limit: what is kept of it, and what to say when some of it was not. */

export interface LimitedText {
  readonly kept: string;
  /** Null while everything fits. */
  readonly warning: string | null;
}

/** Keeps at most `most` characters and says how many were left out; never cuts a character in two. */
export function limited(text: string, most: number): LimitedText {
  if (text.length <= most) return { kept: text, warning: null };
  const half = /[\uD800-\uDBFF]$/.test(text.slice(0, most)) ? 1 : 0;
  const kept = text.slice(0, most - half);
  const left = text.length - kept.length;
  return {
    kept,
    warning: `At most ${most} characters are kept. The last ${left === 1 ? 'one was' : `${left} were`} left out.`,
  };
}
