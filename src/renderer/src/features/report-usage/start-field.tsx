/** When the usage began: local date and time, the UTC instant and hour slot beside them, and the hour strip. */
import Button from '@cloudscape-design/components/button';
import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TimeInput from '@cloudscape-design/components/time-input';
import type { CheckedLine, EntryLine } from '../../../../contract/entry.ts';
import { hourSpan } from '../../copy/entry-issues.ts';
import { formatDate, formatInstant, formatTime } from '../../copy/formats.ts';
import { textsOf } from './dimension-field.tsx';
import { onEnter, useFieldFocus } from './field-focus.ts';
import { useFieldWords } from './field-issues.ts';
import { HourStrip } from './hour-strip.tsx';
import type { ReportUsageStore } from './report-usage-store.ts';

export interface StartFieldProps {
  readonly report: ReportUsageStore;
  readonly line: EntryLine;
  readonly number: number;
  readonly checked: CheckedLine | null;
  readonly nowUtc: string | null;
  /** The last start time that a contract takes that is over; null while it runs. */
  readonly latestStartUtc: string | null;
  readonly lineNumberOf: (lineId: string) => number;
}

export function StartField(props: StartFieldProps) {
  const { report, line, number, checked, nowUtc, latestStartUtc, lineNumberOf } = props;
  const zone = report.timeZone;
  return (
    <SpaceBetween size="s">
      <div className="entry-start">
        <DateField report={report} line={line} />
        <TimeField
          report={report}
          line={line}
          latestStartUtc={latestStartUtc}
          echo={utcEcho(checked, zone)}
        />
      </div>
      {checked !== null && checked.startReadings.length > 0 && (
        <RepeatedHour report={report} line={line} readings={checked.startReadings} />
      )}
      {checked !== null && nowUtc !== null && checked.strip.length > 0 && (
        <HourStrip
          hours={checked.strip}
          startUtc={checked.startUtc}
          nowUtc={nowUtc}
          zone={zone}
          label={`Hour in which the usage of line ${number} began, local time`}
          lineNumberOf={lineNumberOf}
          onChoose={(startUtc) => report.setStart(line.lineId, startUtc)}
        />
      )}
    </SpaceBetween>
  );
}

function DateField({ report, line }: { readonly report: ReportUsageStore; readonly line: EntryLine }) {
  const fields = useFieldFocus();
  const words = useFieldWords(report, line.lineId, 'date');
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the control inside takes the keys but doesn't report them
    <div className="entry-date" onKeyDown={onEnter(() => fields.next(line.lineId, 'date'))}>
      <FormField label="Start date" stretch {...textsOf(words)}>
        <DatePicker
          ref={fields.register(line.lineId, 'date')}
          value={line.dateText}
          format="iso"
          inputFormat="iso"
          locale="en-GB"
          placeholder="YYYY-MM-DD"
          onChange={({ detail }) =>
            report.change(line.lineId, { dateText: detail.value, repeatedHour: null })
          }
          onBlur={() => report.fieldLeft(line.lineId, 'date')}
        />
      </FormField>
    </div>
  );
}

interface TimeFieldProps {
  readonly report: ReportUsageStore;
  readonly line: EntryLine;
  readonly latestStartUtc: string | null;
  readonly echo: string;
}

function TimeField({ report, line, latestStartUtc, echo }: TimeFieldProps) {
  const fields = useFieldFocus();
  const words = useFieldWords(report, line.lineId, 'time');
  return (
    <div className="entry-time-field">
      <FormField label={`Start time, ${zoneWords(report.timeZone)}`} stretch {...textsOf(words)}>
        <div className="entry-beside">
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the control inside takes the keys but doesn't report them */}
          <div className="entry-time" onKeyDown={onEnter(() => fields.next(line.lineId, 'time'))}>
            <TimeInput
              ref={fields.register(line.lineId, 'time')}
              value={line.timeText}
              format="hh:mm:ss"
              placeholder="hh:mm:ss"
              onChange={({ detail }) =>
                report.change(line.lineId, { timeText: detail.value, repeatedHour: null })
              }
              onBlur={() => report.fieldLeft(line.lineId, 'time')}
            />
          </div>
          {latestStartUtc === null ? (
            <Button
              ariaLabel="Now: set the start to this moment"
              onClick={() => void report.setNow(line.lineId)}
            >
              Now
            </Button>
          ) : (
            <Button
              ariaLabel="Latest: set the start to the last second before the contract’s end"
              onClick={() => report.setStart(line.lineId, latestStartUtc)}
            >
              Latest
            </Button>
          )}
          <output className="entry-echo">{echo}</output>
        </div>
      </FormField>
    </div>
  );
}

interface RepeatedHourProps {
  readonly report: ReportUsageStore;
  readonly line: EntryLine;
  readonly readings: readonly string[];
}

function RepeatedHour({ report, line, readings }: RepeatedHourProps) {
  const zone = report.timeZone;
  const option = (value: 'earlier' | 'later', utc: string | undefined) => ({
    value,
    label:
      utc === undefined
        ? value
        : `${value === 'earlier' ? 'Before' : 'After'} the clocks went back: ${formatTime(utc, zone)} = ${formatTime(utc, 'UTC')}`,
  });
  return (
    <FormField label="This time occurs twice on that day. Which one is meant?" stretch>
      <RadioGroup
        value={line.repeatedHour}
        items={[option('earlier', readings[0]), option('later', readings[1])]}
        onChange={({ detail }) => {
          report.change(line.lineId, { repeatedHour: detail.value === 'later' ? 'later' : 'earlier' });
          void report.checkNow();
        }}
      />
    </FormField>
  );
}

/** `Eastern Time (America/New_York)`, the same in summer and winter. */
function zoneWords(zone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    timeZoneName: 'longGeneric',
  }).formatToParts();
  const long = parts.find((part) => part.type === 'timeZoneName')?.value ?? zone;
  return long === zone || zone === 'UTC' ? zone : `${long} (${zone})`;
}

/** `= 19:05:00 UTC, hour slot 19:00–20:00 UTC`, with the UTC date where it is another than the local one. */
function utcEcho(checked: CheckedLine | null, zone: string): string {
  if (checked === null || checked.startUtc === null || checked.hourSlotUtc === null) return '';
  const sameDay = formatDate(checked.startUtc, 'UTC') === formatDate(checked.startUtc, zone);
  const instant = sameDay ? formatTime(checked.startUtc, 'UTC') : formatInstant(checked.startUtc, 'UTC');
  return `= ${instant}, hour slot ${hourSpan(checked.hourSlotUtc, 'UTC')} UTC`;
}
