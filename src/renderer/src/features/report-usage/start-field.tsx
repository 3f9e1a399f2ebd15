/** When the usage began: local date and time, the UTC instant and hour slot beside them, and the hour strip. */
import Button from '@cloudscape-design/components/button';
import Calendar from '@cloudscape-design/components/calendar';
import FormField from '@cloudscape-design/components/form-field';
import Input, { type InputProps } from '@cloudscape-design/components/input';
import Popover, { type PopoverProps } from '@cloudscape-design/components/popover';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useRef } from 'react';
import type { CheckedLine, EntryLine } from '../../../../contract/entry.ts';
import { hourSpan } from '../../copy/entry-issues.ts';
import { formatDate, formatInstant, formatTime } from '../../copy/formats.ts';
import { textsOf } from './dimension-field.tsx';
import { type FieldFocus, type FocusField, useFieldFocus } from './field-focus.ts';
import { useFieldWords } from './field-issues.ts';
import { HourInTheWay } from './hour-in-the-way.tsx';
import { HourStrip } from './hour-strip.tsx';
import { OtherMember } from './other-member.tsx';
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
      <OtherMember report={report} line={line} checked={checked} />
      <HourInTheWay report={report} line={line} lineNumberOf={lineNumberOf} />
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

/** What the contract takes of either text; more is no date and no time. */
const maxLength = 40;

/** Enter goes on to the next field; with Ctrl or Cmd it reviews, which is heard further up. */
function goOn(fields: FieldFocus, lineId: string, field: FocusField) {
  return ({ detail }: { readonly detail: InputProps.KeyDetail }): void => {
    if (detail.key === 'Enter' && !detail.ctrlKey && !detail.metaKey) fields.next(lineId, field);
  };
}

/** A plain text field: a masked one rewrites what is typed, and the wrong time would be reported. */
function DateField({ report, line }: { readonly report: ReportUsageStore; readonly line: EntryLine }) {
  const fields = useFieldFocus();
  const words = useFieldWords(report, line.lineId, 'date');
  const change = (dateText: string) =>
    report.change(line.lineId, { dateText: dateText.slice(0, maxLength), repeatedHour: null });
  return (
    <div className="entry-date">
      <FormField label="Start date" stretch {...textsOf(words)}>
        <div className="entry-date-parts">
          <Input
            ref={fields.register(line.lineId, 'date')}
            value={line.dateText}
            autoComplete={false}
            spellcheck={false}
            placeholder="YYYY-MM-DD"
            onChange={({ detail }) => change(detail.value)}
            onKeyDown={goOn(fields, line.lineId, 'date')}
            onBlur={() => report.fieldLeft(line.lineId, 'date')}
          />
          <DateChoice
            dateText={line.dateText}
            onChoose={(dateText) => {
              change(dateText);
              void report.checkNow();
              fields.focus(line.lineId, 'date');
            }}
          />
        </div>
      </FormField>
    </div>
  );
}

interface DateChoiceProps {
  readonly dateText: string;
  readonly onChoose: (dateText: string) => void;
}

function DateChoice({ dateText, onChoose }: DateChoiceProps) {
  const popover = useRef<PopoverProps.Ref>(null);
  return (
    <Popover
      ref={popover}
      triggerType="custom"
      position="bottom"
      dismissAriaLabel="Close the calendar"
      content={
        <Calendar
          value={/^\d{4}-\d{2}-\d{2}$/.test(dateText) ? dateText : ''}
          locale="en-GB"
          ariaLabel="Day on which the usage began"
          onChange={({ detail }) => {
            popover.current?.dismiss();
            onChoose(detail.value);
          }}
        />
      }
    >
      <Button variant="icon" iconName="calendar" ariaLabel="Choose the day in a calendar" />
    </Popover>
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
          <div className="entry-time">
            <Input
              ref={fields.register(line.lineId, 'time')}
              value={line.timeText}
              autoComplete={false}
              spellcheck={false}
              placeholder="HH:MM:SS"
              onChange={({ detail }) =>
                report.change(line.lineId, {
                  timeText: detail.value.slice(0, maxLength),
                  repeatedHour: null,
                })
              }
              onKeyDown={goOn(fields, line.lineId, 'time')}
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
