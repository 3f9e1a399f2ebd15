/** One line of the form. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { Dimension } from '../../../../contract/contracts.ts';
import type { EntryLine } from '../../../../contract/entry.ts';
import { limited } from '../../ui/limited-text.ts';
import { DimensionField } from './dimension-field.tsx';
import { checkedLineOf } from './entry-reading.ts';
import { useFieldFocus } from './field-focus.ts';
import { InThePlaceOf } from './in-the-place-of.tsx';
import { QuantityField } from './quantity-field.tsx';
import type { ReportUsageStore } from './report-usage-store.ts';
import { useReportState } from './report-usage-stores.ts';
import { StartField } from './start-field.tsx';

export interface LineCardProps {
  readonly report: ReportUsageStore;
  readonly agreementId: string;
  readonly line: EntryLine;
  readonly number: number;
  readonly canRemove: boolean;
  readonly dimensions: readonly Dimension[];
  /** The last start time that a contract takes that is over; null while it runs. */
  readonly latestStartUtc: string | null;
  readonly lineNumberOf: (lineId: string) => number;
  readonly onRemove: () => void;
}

export function LineCard(props: LineCardProps) {
  const { report, agreementId, line, number, canRemove, dimensions, latestStartUtc, lineNumberOf, onRemove } =
    props;
  const checked = useReportState(report, (state) => checkedLineOf(state.checked, line.lineId));
  const nowUtc = useReportState(report, (state) => state.checked?.nowUtc ?? null);
  const dimension =
    dimensions.find((known) => known.kind === 'metered' && known.key === line.dimensionKey) ?? null;
  const entitled =
    dimensions.find((known) => known.kind === 'entitled' && known.key === line.dimensionKey) ?? null;
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            canRemove && (
              <Button ariaLabel={`Remove line ${number}`} onClick={onRemove}>
                Remove
              </Button>
            )
          }
        >
          Line {number}
        </Header>
      }
    >
      <SpaceBetween size="m">
        {typeof line.predecessorId === 'string' && <InThePlaceOf recordId={line.predecessorId} />}
        <div className="entry-pair">
          <DimensionField report={report} line={line} dimensions={dimensions} />
          <QuantityField
            report={report}
            line={line}
            checked={checked}
            dimension={dimension}
            agreementId={agreementId}
            entitled={entitled}
          />
        </div>
        <StartField
          report={report}
          line={line}
          number={number}
          checked={checked}
          nowUtc={nowUtc}
          latestStartUtc={latestStartUtc}
          lineNumberOf={lineNumberOf}
        />
        <DescriptionField report={report} line={line} />
      </SpaceBetween>
    </Container>
  );
}

function DescriptionField({ report, line }: { readonly report: ReportUsageStore; readonly line: EntryLine }) {
  const fields = useFieldFocus();
  const [warning, setWarning] = useState<string | null>(null);
  return (
    <FormField
      label={
        <span>
          Description{' '}
          <Box variant="span" color="text-body-secondary">
            – optional, kept here, not sent to AWS
          </Box>
        </span>
      }
      stretch
      {...(warning === null ? {} : { warningText: warning })}
    >
      <Input
        ref={fields.register(line.lineId, 'description')}
        value={line.description}
        onChange={({ detail }) => {
          const { kept, warning: cut } = limited(detail.value, 500);
          setWarning(cut);
          report.change(line.lineId, { description: kept });
        }}
        onKeyDown={(event) => {
          if (event.detail.key === 'Enter' && !event.detail.ctrlKey && !event.detail.metaKey) {
            fields.next(line.lineId, 'description');
          }
        }}
      />
    </FormField>
  );
}
