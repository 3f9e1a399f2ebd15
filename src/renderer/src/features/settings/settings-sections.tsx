/** The parts of the settings page. */
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tiles from '@cloudscape-design/components/tiles';
import type { Settings, SystemStatus, Theme, WindowPolicy } from '../../../../contract/settings.ts';
import { themeSchema, windowPolicies } from '../../../../contract/settings.ts';
import { clockOffset, localeInWords, userTimeZone } from '../../copy/formats.ts';
import { Copyable } from '../../ui/copyable.tsx';

const usageRecordPage =
  'https://docs.aws.amazon.com/marketplace/latest/APIReference/API_marketplace-metering_UsageRecord.html';

export function WindowChoice({
  policy,
  onChange,
}: {
  readonly policy: WindowPolicy;
  readonly onChange: (policy: WindowPolicy) => void;
}) {
  return (
    <Container
      header={
        <Header variant="h2" description="How far back a start time may lie when usage is entered.">
          Window
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Tiles
          ariaLabel="Window"
          value={policy}
          columns={2}
          onChange={({ detail }) => {
            const chosen = windowPolicies.find((one) => one === detail.value);
            if (chosen !== undefined) onChange(chosen);
          }}
          items={[
            {
              value: 'six-hours',
              label: 'Six hours',
              description: 'The careful choice: exactly six hours back is still allowed.',
            },
            {
              value: 'less-than-24-hours',
              label: 'Less than 24 hours',
              description: 'As AWS’s documentation has it now. AWS itself decides when the record arrives.',
            },
          ]}
        />
        <Box color="text-body-secondary">
          AWS’s own words on the time of a record:{' '}
          <Link href={usageRecordPage} external>
            UsageRecord, Timestamp
          </Link>
          . Whatever is chosen here, a record that was confirmed is sent only before AWS’s own limit.
        </Box>
      </SpaceBetween>
    </Container>
  );
}

const themeWords = {
  system: 'System',
  light: 'Light',
  dark: 'Dark',
} as const satisfies Record<Theme, string>;

export function Looks({
  theme,
  onChange,
}: {
  readonly theme: Theme;
  readonly onChange: (theme: Theme) => void;
}) {
  return (
    <Container header={<Header variant="h2">Appearance and region</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          {
            label: 'Theme',
            value: (
              <SegmentedControl
                label="Theme"
                selectedId={theme}
                options={themeSchema.options.map((id) => ({ id, text: themeWords[id] }))}
                onChange={({ detail }) => {
                  const chosen = themeSchema.options.find((one) => one === detail.selectedId);
                  if (chosen !== undefined) onChange(chosen);
                }}
              />
            ),
          },
          { label: 'Time zone, shown beside UTC', value: userTimeZone() },
          { label: 'Numbers are written as in', value: localeInWords() },
        ]}
      />
    </Container>
  );
}

export function DataPlaces({ settings }: { readonly settings: Settings }) {
  const place = (label: string, path: string, hint: string) => ({
    label,
    value: (
      <div className="path">
        <Copyable value={path} label={`path of the ${label.toLowerCase()}`} />
        <Box color="text-body-secondary" fontSize="body-s">
          {hint}
        </Box>
      </div>
    ),
  });
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Everything stays on this computer. Include the folder in your backup."
        >
          Where your data lies
        </Header>
      }
    >
      <KeyValuePairs
        columns={2}
        items={[
          place('Folder', settings.dataDir, 'All of the files below.'),
          place('Ledger', settings.ledgerPath, 'Every submission, record and attempt.'),
          place('Backups', settings.backupsDir, 'The last ten backups of the ledger.'),
          place('Preferences', settings.preferencesPath, 'These settings and the buyer aliases.'),
          place('Drafts', settings.draftsPath, 'Usage that was entered and not submitted yet.'),
          place('Log', settings.logPath, 'What the app did; no keys, no tokens, no usage.'),
        ]}
      />
    </Container>
  );
}

export function Versions({ status }: { readonly status: SystemStatus | null }) {
  if (status === null) return null;
  const { clockOffsetMs } = status;
  return (
    <Container header={<Header variant="h2">About</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'Usage Desk', value: `Version ${status.appVersion}` },
          { label: 'Works with', value: status.practice ? 'Practice: a simulated AWS' : 'AWS' },
          { label: 'This computer’s clock', value: clockWords(clockOffsetMs) },
        ]}
      />
    </Container>
  );
}

function clockWords(offsetMs: number | null): string {
  if (offsetMs === null) return 'Not compared with AWS’s yet';
  return Math.abs(offsetMs) < 2000 ? 'As AWS’s' : clockOffset(offsetMs);
}
