/** From what was used in total to what lies beyond the entitlement: every number visible, and taken over by the person alone. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { Dimension } from '../../../../contract/contracts.ts';
import type { EntryLine, Overage } from '../../../../contract/entry.ts';
import type { AppError } from '../../../../contract/errors.ts';
import { useApi } from '../../api/api-context.tsx';
import { issueText } from '../../copy/entry-issues.ts';
import { formatQuantity, userLocale } from '../../copy/formats.ts';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { quantityText } from '../../ui/price.ts';
import { useFieldFocus } from './field-focus.ts';
import type { ReportUsageStore } from './report-usage-store.ts';
import { useReportState } from './report-usage-stores.ts';

export interface OverageHintProps {
  /** What was bought of this very dimension. */
  readonly entitled: Dimension;
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** Stands above the field, where nothing that is said of the field can move it away under the pointer. */
export function OverageHint({ entitled, open, onToggle }: OverageHintProps) {
  const bought = entitled.entitledNow ?? entitled.entitledQuantity;
  const amount =
    bought !== null && /^\d+$/.test(bought) ? quantityText(Number(bought), entitled.unit) : bought;
  return (
    <>
      {amount === null ? 'Part of it was bought in advance' : `${amount} bought in advance`}: report only what
      lies beyond, AWS subtracts nothing.{' '}
      <Button variant="inline-link" ariaExpanded={open} onClick={onToggle}>
        {open ? 'Close the calculation' : 'Calculate it from the total'}
      </Button>
    </>
  );
}

export interface CalculationProps {
  readonly report: ReportUsageStore;
  readonly line: EntryLine;
  readonly agreementId: string;
  readonly unit: string | null;
  readonly onDone: () => void;
}

export function Calculation({ report, line, agreementId, unit, onDone }: CalculationProps) {
  const api = useApi();
  const fields = useFieldFocus();
  const licenseArn = useReportState(report, (state) => state.licenseArn);
  const [usedText, setUsedText] = useState('');
  const [answered, setAnswered] = useState<{ readonly text: string; readonly overage: Overage } | null>(null);
  // An answer to what was typed before is none to what stands there now.
  const overage = answered?.text === usedText ? answered.overage : null;
  const [problem, setProblem] = useState<AppError | null>(null);
  const ask = async (text: string) => {
    setUsedText(text);
    if (text.trim() === '') return;
    const { dimensionKey } = line;
    const answer = await api.call('entry.overage', {
      ...{ agreementId, dimensionKey, licenseArn },
      ...{ usedText: text, locale: userLocale() },
    });
    setProblem(answer.ok ? null : answer.error);
    if (answer.ok) setAnswered({ text, overage: answer.value });
  };
  const take = (over: number) => {
    report.change(line.lineId, {
      quantityText: String(over),
      quantityMeaning: null,
      nothingToReport: false,
    });
    void report.checkNow();
    onDone();
    fields.focus(line.lineId, 'quantity');
  };
  return (
    <div className="entry-overage">
      <SpaceBetween size="xs">
        <FormField label="Used in total" {...unclear(overage, report.timeZone)}>
          <div className="entry-quantity">
            <Input
              value={usedText}
              inputMode="numeric"
              autoComplete={false}
              spellcheck={false}
              onChange={({ detail }) => void ask(detail.value.slice(0, 100))}
            />
          </div>
        </FormField>
        {problem !== null && <ErrorAlert error={problem} />}
        {overage?.kind === 'no-entitlement' && (
          <Box>AWS tells no whole number for what was bought, so nothing can be subtracted here.</Box>
        )}
        {overage?.kind === 'known' && (
          <SpaceBetween size="xs">
            <output aria-label="Calculation">
              {formatQuantity(overage.used)} used − {formatQuantity(overage.entitled)} bought ={' '}
              <b>{quantityText(overage.over, unit)}</b>
              {overage.over === 0 ? ': all of it was bought in advance, nothing to report.' : ' beyond'}
            </output>
            {overage.alreadyReported > 0 && (
              <Box color="text-status-warning">
                {quantityText(overage.alreadyReported, unit)} of it were reported here before on this
                contract. They are not subtracted: if the total has them in it, report only the rest.
              </Box>
            )}
            {overage.over > 0 && (
              <Button
                onClick={() => take(overage.over)}
              >{`Use ${formatQuantity(overage.over)} as the quantity`}</Button>
            )}
          </SpaceBetween>
        )}
      </SpaceBetween>
    </div>
  );
}

function unclear(overage: Overage | null, zone: string): { errorText?: string } {
  if (overage?.kind !== 'unclear') return {};
  const facts = { readings: overage.readings.join(' ') };
  if (overage.code !== 'quantity-ambiguous')
    return { errorText: issueText({ code: overage.code, facts }, zone) };
  return { errorText: 'This could be read in two ways. Enter the total without a separator.' };
}
