/**
 * Parts of a table's row, drawn as the kit draws them but without it: each of its components measures and reports itself, which for two
 * hundred cells takes longer than all the rest of a key press.
 */
import type { MouseEventHandler, ReactNode, Ref } from 'react';
import { useHint } from './hint.tsx';
import './row-parts.css';

export function RowLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <a className="row-link" href={href}>
      {children}
    </a>
  );
}

/** What stands smaller beneath what a cell is about. */
export function Secondary({ children }: { readonly children: ReactNode }) {
  return <div className="row-secondary">{children}</div>;
}

interface RowButtonProps {
  readonly href: string;
  /** Names also the row, for those who don't see it. */
  readonly label: string;
  /** Why it can't be pressed now, told on hover and focus; null when it can. */
  readonly disabledReason: string | null;
  readonly children: ReactNode;
}

/** A link that looks like a button. */
export function RowButton({ href, label, disabledReason, children }: RowButtonProps) {
  if (disabledReason !== null)
    return (
      <DisabledButton label={label} reason={disabledReason}>
        {children}
      </DisabledButton>
    );
  return (
    <a className="row-button" href={href} aria-label={label}>
      {children}
    </a>
  );
}

function DisabledButton({
  label,
  reason,
  children,
}: {
  readonly label: string;
  readonly reason: string;
  readonly children: ReactNode;
}) {
  const { track, shown } = useHint<HTMLAnchorElement>(reason, 'top');
  return (
    <>
      <a {...track} className="row-button" role="link" aria-disabled="true" tabIndex={0} aria-label={label}>
        {children}
      </a>
      {shown}
    </>
  );
}

interface EditButtonProps {
  readonly ref?: Ref<HTMLButtonElement>;
  readonly label: string;
  readonly onClick: MouseEventHandler;
}

/** A pencil. */
export function EditButton({ ref, label, onClick }: EditButtonProps) {
  return (
    <button ref={ref} type="button" className="row-icon-button" aria-label={label} onClick={onClick}>
      <Icon>
        <path d="M10.5 2.5l3 3L5.2 13.8l-3.7.7.7-3.7zM8.5 4.5l3 3" />
      </Icon>
    </button>
  );
}

const statusIcons = {
  success: <path d="M4.5 7.5 7 10l4-5" />,
  pending: <path d="M8 4v5H4" />,
  stopped: <path d="M5 8h6" />,
  info: <path d="M8 12V7M8 6V4" />,
  warning: <path d="M8 6v4M8 11v2M8 1.5 15 14.5H1z" />,
} as const;

/** A word of a status with its icon and colour. */
export function StatusText({
  type,
  children,
}: {
  readonly type: keyof typeof statusIcons;
  readonly children: ReactNode;
}) {
  return (
    <span className={`row-status-${type}`}>
      <Icon>
        {type !== 'warning' && <circle cx="8" cy="8" r="7" />}
        {statusIcons[type]}
      </Icon>{' '}
      {children}
    </span>
  );
}

function Icon({ children }: { readonly children: ReactNode }) {
  return (
    <svg className="row-icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}
