/** Offers the draft that was kept, or a new start. */
import Box from '@cloudscape-design/components/box';
import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef } from 'react';
import type { Dimension } from '../../../../contract/contracts.ts';
import type { Draft } from '../../../../contract/entry.ts';
import { formatCount, formatInstant } from '../../copy/formats.ts';
import { quantityText } from '../../ui/price.ts';

export interface DraftOfferProps {
  readonly draft: Draft;
  readonly zone: string;
  readonly dimensions: readonly Dimension[];
  readonly onContinue: () => void;
  readonly onStartOver: () => void;
}

export function DraftOffer({ draft, zone, dimensions, onContinue, onStartOver }: DraftOfferProps) {
  const continueButton = useRef<ButtonProps.Ref>(null);
  useEffect(() => continueButton.current?.focus(), []);
  const saved = formatInstant(draft.savedUtc, zone);
  return (
    <Container header={<Header variant="h2">You have a draft here</Header>}>
      <SpaceBetween size="m">
        <Box>
          {formatCount(draft.lines.length, 'line')}, kept on {saved}, with start times in {draft.timeZone}.
          They are judged anew when you continue.
        </Box>
        <ul className="draft-lines">
          {draft.lines.slice(0, 5).map((line) => (
            <li key={line.lineId}>
              {nameOf(line.dimensionKey, dimensions)} · {quantityOf(line, dimensions)} · {line.dateText}{' '}
              {line.timeText}
            </li>
          ))}
          {draft.lines.length > 5 && <li>and {draft.lines.length - 5} more</li>}
        </ul>
        <SpaceBetween size="xs" direction="horizontal">
          <Button ref={continueButton} variant="primary" onClick={onContinue}>
            Continue your draft
          </Button>
          <Button onClick={onStartOver}>Discard it and start anew</Button>
        </SpaceBetween>
      </SpaceBetween>
    </Container>
  );
}

/** Digits grouped and with their unit; anything else as it was typed. */
function quantityOf(
  { dimensionKey, quantityText: typed }: Draft['lines'][number],
  dimensions: readonly Dimension[],
) {
  if (!/^\d{1,15}$/.test(typed)) return typed || 'no quantity yet';
  return quantityText(Number(typed), dimensions.find(({ key }) => key === dimensionKey)?.unit ?? null);
}

function nameOf(key: string, dimensions: readonly Dimension[]): string {
  if (key === '') return 'No dimension yet';
  return dimensions.find((dimension) => dimension.key === key)?.name ?? key;
}
