/** Something that explains itself on hover and on focus. */
import Tooltip, { type TooltipProps } from '@cloudscape-design/components/tooltip';
import { type ReactNode, type RefObject, useId, useRef, useState } from 'react';

export interface HintProps {
  readonly children: ReactNode;
  /** The explanation: also read out by a screen reader on focus. */
  readonly text: string;
}

export function Hint({ children, text }: HintProps) {
  const { track, show, shown } = useHint<HTMLButtonElement>(text, 'right');
  return (
    <>
      <button {...track} type="button" className="hint" onClick={show}>
        {children}
      </button>
      {shown}
    </>
  );
}

interface Hinting<T> {
  /** For what is explained. */
  readonly track: {
    readonly ref: RefObject<T | null>;
    readonly 'aria-describedby': string;
    readonly onFocus: () => void;
    readonly onBlur: () => void;
    readonly onMouseEnter: () => void;
    readonly onMouseLeave: () => void;
  };
  readonly show: () => void;
  /** Stands after it. */
  readonly shown: ReactNode;
}

/** Explains any element that can take the focus. */
export function useHint<T extends HTMLElement>(
  text: string,
  position: NonNullable<TooltipProps['position']>,
): Hinting<T> {
  const ref = useRef<T>(null);
  const [isShown, setShown] = useState(false);
  const id = useId();
  const hide = () => setShown(false);
  const show = () => setShown(true);
  const track = {
    ref,
    'aria-describedby': id,
    onFocus: show,
    onBlur: hide,
    onMouseEnter: show,
    onMouseLeave: hide,
  };
  const shown = (
    <>
      <span id={id} hidden>
        {text}
      </span>
      {isShown && <Tooltip position={position} content={text} getTrack={() => ref.current} onEscape={hide} />}
    </>
  );
  return { track, show, shown };
}
