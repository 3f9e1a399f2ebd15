/** Long text in a cell of the list. */

/** Two lines at most; the whole text on hover. */
export function Clamped({ text }: { readonly text: string }) {
  return (
    <span className="clamped" title={text}>
      {text}
    </span>
  );
}

/** One line of an identifier, or a dash; the whole of it on hover. */
export function Identifier({ text }: { readonly text: string | null }) {
  if (text === null) return '–';
  return (
    <span className="one-line" title={text}>
      {text}
    </span>
  );
}
