/** How usage records are to be exported: as which file, and with which local times. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { type ExportFormat, exportFormats } from '../../../contract/exports.ts';
import { userTimeZone } from '../copy/formats.ts';
import { Dialog } from './dialog.tsx';

const formats = {
  xlsx: {
    label: 'Excel workbook (XLSX)',
    description: 'Numbers, times and account ids as they are; filter and totals on a sheet of their own.',
    act: 'Export the workbook',
  },
  csv: {
    label: 'CSV',
    description: 'For other programs. Filter and totals are in a small JSON file beside it.',
    act: 'Export as CSV',
  },
} as const satisfies Record<
  ExportFormat,
  { readonly label: string; readonly description: string; readonly act: string }
>;

export interface ExportDialogProps {
  readonly title: string;
  /** What is in it, where that is more than meets the eye. */
  readonly note?: string | undefined;
  readonly onClose: () => void;
  readonly onExport: (wanted: { readonly format: ExportFormat; readonly timeZone: string }) => void;
}

export function ExportDialog({ title, note, onClose, onExport }: ExportDialogProps) {
  const [format, setFormat] = useState<ExportFormat>('xlsx');
  const [timeZone, setTimeZone] = useState(userTimeZone());
  return (
    <Dialog
      header={title}
      closeLabel="Close without exporting"
      onClose={onClose}
      leave="Don’t export"
      act={
        <Button variant="primary" onClick={() => onExport({ format, timeZone })}>
          {formats[format].act}
        </Button>
      }
    >
      <SpaceBetween size="l">
        {note !== undefined && <Box>{note}</Box>}
        <FormField label="File">
          <RadioGroup
            value={format}
            items={(['xlsx', 'csv'] as const).map((value) => ({ value, ...formats[value] }))}
            onChange={({ detail }) => setFormat(exportFormats.find((one) => one === detail.value) ?? 'xlsx')}
          />
        </FormField>
        <FormField label="Local times in" description="UTC stands beside them in any case.">
          <Select
            selectedOption={{ value: timeZone, label: zoneLabel(timeZone) }}
            options={timeZones().map((value) => ({ value, label: zoneLabel(value) }))}
            filteringType="auto"
            filteringPlaceholder="Find a time zone"
            filteringAriaLabel="Find a time zone"
            empty="No such time zone"
            onChange={({ detail }) => setTimeZone(detail.selectedOption.value ?? timeZone)}
          />
        </FormField>
      </SpaceBetween>
    </Dialog>
  );
}

const zoneLabel = (zone: string) => zone.replaceAll('_', ' ');

/** The reader's own and UTC first, then all that are known here. */
const timeZones = (): readonly string[] => [
  ...new Set([userTimeZone(), 'UTC', ...Intl.supportedValuesOf('timeZone')]),
];
