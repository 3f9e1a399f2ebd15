/** The rules of time as a picture: every hour that the window touches, closed, free, taken or chosen. */
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { StripHour } from '../../../../contract/entry.ts';
import { hourText } from '../../copy/entry-issues.ts';
import { movedTo, type Part, type StripCell, signPart, startIn, stripCells } from './strip-geometry.ts';
import './hour-strip.css';

export interface HourStripProps {
  readonly hours: readonly StripHour[];
  /** The line's start time, if it is known. */
  readonly startUtc: string | null;
  readonly nowUtc: string;
  readonly zone: string;
  /** Names the group, such as `Hour of line 1`. */
  readonly label: string;
  readonly lineNumberOf: (lineId: string) => number;
  /** Called with the start time that the chosen hour means. */
  readonly onChoose: (startUtc: string) => void;
}

/**
 * A group of radio buttons. The arrow keys go through all hours, also those that can't be chosen, so that everyone can
 * learn what they are taken or closed by; an hour that is free is chosen on the way.
 */
export function HourStrip({ hours, startUtc, nowUtc, zone, label, lineNumberOf, onChoose }: HourStripProps) {
  const cells = stripCells(hours, startUtc, zone);
  const chosenAt = cells.findIndex((cell) => cell.startPercent !== null);
  const [pointedAt, setPointedAt] = useState<number | null>(null);
  const [focusedAt, setFocusedAt] = useState<number | null>(null);
  const group = useRef<HTMLDivElement>(null);
  const readoutId = useId();

  const tabStop = focusedAt ?? (chosenAt >= 0 ? chosenAt : cells.findLastIndex((cell) => cell.open !== null));
  const explained = cells[pointedAt ?? focusedAt ?? chosenAt];
  const choose = (cell: StripCell) => {
    const start = startIn(cell.hour, nowUtc);
    if (start !== null && cell.startPercent === null) onChoose(start);
  };
  const move = (event: KeyboardEvent) => {
    const to = movedTo(event.key, focusedAt ?? tabStop, cells.length);
    const cell = to === null ? undefined : cells[to];
    if (to === null || cell === undefined) return;
    event.preventDefault();
    group.current?.querySelectorAll<HTMLElement>('[role=radio]')[to]?.focus();
    choose(cell);
  };

  return (
    <div className="hour-strip">
      <div
        ref={group}
        className={`hour-strip-cells${cells.length > 12 ? ' hour-strip-long' : ''}`}
        role="radiogroup"
        aria-label={label}
        aria-describedby={readoutId}
        onPointerLeave={() => setPointedAt(null)}
      >
        {cells.map((cell, at) => (
          // biome-ignore lint/a11y/useSemanticElements: an input can't draw the parts of its hour
          <button
            key={cell.hour.hourStartUtc}
            type="button"
            role="radio"
            aria-checked={cell.startPercent !== null}
            aria-disabled={cell.open === null}
            aria-label={hourText(cell.hour, zone, lineNumberOf, nowUtc)}
            tabIndex={at === Math.max(0, tabStop) ? 0 : -1}
            className={`hour-cell hour-cell-${cell.hour.state}`}
            onClick={() => choose(cell)}
            onKeyDown={move}
            onFocus={() => setFocusedAt(at)}
            onBlur={() => setFocusedAt(null)}
            onPointerEnter={() => setPointedAt(at)}
          >
            <span className="hour-cell-day">{cell.dayLabel ?? '\u00a0'}</span>
            <span className="hour-cell-label">{cell.label}</span>
            <CellBar cell={cell} />
          </button>
        ))}
      </div>
      <div className="hour-strip-below">
        <div id={readoutId} className="hour-strip-readout">
          {explained === undefined
            ? 'Choose the hour in which the usage began.'
            : hourText(explained.hour, zone, lineNumberOf, nowUtc)}
        </div>
        <Legend />
      </div>
    </div>
  );
}

function CellBar({ cell }: { readonly cell: StripCell }) {
  const isChosen = cell.startPercent !== null;
  return (
    <span className={`hour-bar hour-bar-${cell.hour.state}${isChosen ? ' hour-bar-chosen' : ''}`}>
      {cell.open !== null && (
        <span
          className={`hour-open ${isChosen ? 'hour-open-chosen' : 'hour-open-free'}`}
          style={insetOf(cell.open)}
        />
      )}
      {cell.startPercent !== null && (
        <span className="hour-mark" style={{ insetInlineStart: `${cell.startPercent}%` }} />
      )}
      <span className="hour-glyph" style={insetOf(signPart(cell))}>
        {cell.hour.state === 'taken' ? '✕' : isChosen ? '✓' : ''}
      </span>
    </span>
  );
}

const insetOf = ({ fromPercent, untilPercent }: Part) => ({
  insetInlineStart: `${fromPercent}%`,
  insetInlineEnd: `${100 - untilPercent}%`,
});

const legend = [
  ['free', '', 'free'],
  ['chosen', '✓', 'chosen'],
  ['taken', '✕', 'taken'],
  ['closed', '', 'closed'],
] as const;

function Legend() {
  return (
    <div className="hour-legend" aria-hidden="true">
      {legend.map(([kind, glyph, words]) => (
        <span key={kind} className="hour-legend-item">
          <span className={`hour-bar hour-bar-${kind === 'chosen' ? 'free hour-bar-chosen' : kind}`}>
            {(kind === 'free' || kind === 'chosen') && (
              <span className={`hour-open hour-open-whole hour-open-${kind}`} />
            )}
            <span className="hour-glyph">{glyph}</span>
          </span>
          {words}
        </span>
      ))}
    </div>
  );
}
