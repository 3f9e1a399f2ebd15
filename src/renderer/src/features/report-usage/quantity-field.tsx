/** The quantity as typed, and beside it what was understood. */
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { Dimension } from '../../../../contract/contracts.ts';
import type { CheckedLine, EntryLine } from '../../../../contract/entry.ts';
import { formatMoney, formatQuantity } from '../../copy/formats.ts';
import { quantityText } from '../../ui/price.ts';
import { textsOf } from './dimension-field.tsx';
import { useFieldFocus } from './field-focus.ts';
import { useFieldWords } from './field-issues.ts';
import { Calculation, OverageHint } from './overage-helper.tsx';
import type { ReportUsageStore } from './report-usage-store.ts';

export interface QuantityFieldProps {
  readonly report: ReportUsageStore;
  readonly line: EntryLine;
  readonly checked: CheckedLine | null;
  readonly dimension: Dimension | null;
  readonly agreementId: string;
  /** The same dimension as it was bought in advance; null when none of it was. */
  readonly entitled: Dimension | null;
}

export function QuantityField({
  report,
  line,
  checked,
  dimension,
  agreementId,
  entitled,
}: QuantityFieldProps) {
  const fields = useFieldFocus();
  const [calculating, setCalculating] = useState(false);
  const words = useFieldWords(report, line.lineId, 'quantity');
  const readings = checked?.quantityReadings ?? [];
  return (
    <SpaceBetween size="xs">
      <FormField
        label="Quantity"
        stretch
        {...textsOf(words)}
        {...(entitled === null
          ? {}
          : {
              description: (
                <OverageHint
                  entitled={entitled}
                  open={calculating}
                  onToggle={() => setCalculating(!calculating)}
                />
              ),
            })}
      >
        <div className="entry-beside">
          <div className="entry-quantity">
            <Input
              ref={fields.register(line.lineId, 'quantity')}
              value={line.quantityText}
              inputMode="numeric"
              autoComplete={false}
              spellcheck={false}
              placeholder="1250"
              onChange={({ detail }) =>
                report.change(line.lineId, {
                  quantityText: detail.value,
                  quantityMeaning: null,
                  nothingToReport: false,
                })
              }
              onKeyDown={(event) => {
                if (event.detail.key === 'Enter' && !event.detail.ctrlKey && !event.detail.metaKey) {
                  fields.next(line.lineId, 'quantity');
                }
              }}
              onBlur={() => report.fieldLeft(line.lineId, 'quantity')}
            />
          </div>
          <output className="entry-echo">{echoOf(checked, dimension)}</output>
        </div>
      </FormField>
      {entitled !== null && calculating && (
        <Calculation
          key={entitled.key}
          report={report}
          line={line}
          agreementId={agreementId}
          unit={entitled.unit}
          onDone={() => setCalculating(false)}
        />
      )}
      {readings.length > 0 && line.quantityMeaning === null && (
        <div className="entry-beside">
          <span>Did you mean</span>
          {readings.map((reading) => (
            <Button
              key={reading}
              onClick={() => {
                report.change(line.lineId, { quantityMeaning: reading });
                void report.checkNow();
                fields.focus(line.lineId, 'quantity');
              }}
            >
              {`${formatQuantity(reading)}?`}
            </Button>
          ))}
        </div>
      )}
      {(checked?.quantity === 0 || line.nothingToReport) && (
        <Checkbox
          checked={line.nothingToReport}
          description="A record of 0 takes the hour: usage that turns up later for it is refused."
          onChange={({ detail }) => {
            report.change(line.lineId, { nothingToReport: detail.checked });
            void report.checkNow();
          }}
        >
          Nothing to report in this hour
        </Checkbox>
      )}
    </SpaceBetween>
  );
}

/** `= 1,250 calls · 2.50 USD`: what the core understood. */
function echoOf(checked: CheckedLine | null, dimension: Dimension | null): string {
  if (checked === null || checked.quantity === null) return '';
  const money = checked.estimate === null ? '' : ` · ${formatMoney(checked.estimate)}`;
  return `= ${quantityText(checked.quantity, dimension?.unit ?? null)}${money}`;
}
