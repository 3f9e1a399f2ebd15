/** Something that explains itself on hover and on focus. */
import Tooltip from '@cloudscape-design/components/tooltip';
import { type ReactNode, useId, useRef, useState } from 'react';

export interface HintProps {
  readonly children: ReactNode;
  /** The explanation: also read out by a screen reader on focus. */
  readonly text: string;
}

export function Hint({ children, text }: HintProps) {
  const track = useRef<HTMLButtonElement>(null);
  const [shown, setShown] = useState(false);
  const id = useId();
  const hide = () => setShown(false);
  const show = () => setShown(true);
  return (
    <>
      <button
        ref={track}
        type="button"
        className="hint"
        aria-describedby={id}
        onFocus={show}
        onBlur={hide}
        onMouseEnter={show}
        onMouseLeave={hide}
        onClick={show}
      >
        {children}
      </button>
      <span id={id} hidden>
        {text}
      </span>
      {shown && <Tooltip position="right" content={text} getTrack={() => track.current} onEscape={hide} />}
    </>
  );
}
