/** Everything that can stop a usage record, in plain words; and how the app and its practice work. */
import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useState } from 'react';
import type { ReasonEntry } from '../../../../contract/reason-catalogue.ts';
import { formatCount } from '../../copy/formats.ts';
import { usePageTitle } from '../../ui/page-title.tsx';
import { ReasonText } from '../../ui/reason-text.tsx';
import { shownValue, useCall } from '../../ui/use-call.ts';
import { ElsewhereErrors } from './elsewhere-errors.tsx';
import { findElsewhere, findReasons, reasonSections } from './help-search.ts';
import { KindsOfContract } from './kinds-of-contract.tsx';
import { PracticeScenarios } from './practice-scenarios.tsx';

const badgeColors = { blocker: 'red', warning: 'severity-medium', information: 'blue' } as const;

export function HelpPage() {
  usePageTitle('Help');
  const [search, setSearch] = useState('');
  const found = findReasons(search);
  const elsewhere = findElsewhere(search);
  return (
    <ContentLayout
      header={
        <Header variant="h1" description="How reporting works, and what every reason means.">
          Help
        </Header>
      }
    >
      <SpaceBetween size="l">
        <TextFilter
          filteringText={search}
          filteringPlaceholder="For example: duplicate, clock, InvalidUsageDimensionException"
          filteringAriaLabel="Search the reasons"
          countText={search === '' ? '' : formatCount(found.length + elsewhere.length, 'reason')}
          onChange={({ detail }) => setSearch(detail.filteringText)}
        />
        {search === '' && (
          <SpaceBetween size="l">
            <HowItWorks />
            <KindsOfContract />
            <Practice />
          </SpaceBetween>
        )}
        <Container
          header={
            <Header
              variant="h2"
              description="Search them by the words on a badge, the name of AWS’s error, its message, or what you see."
            >
              Reasons
            </Header>
          }
        >
          <SpaceBetween size="l">
            <ElsewhereErrors errors={elsewhere} />
            {found.length === 0 && elsewhere.length === 0 && (
              <Box color="text-body-secondary">
                No reason fits. Try one word of AWS’s message, or open the record: what AWS said stands there
                word for word.
              </Box>
            )}
            {reasonSections.map(({ scope, title }) => (
              <Section key={scope} title={title} reasons={found.filter((entry) => entry.scope === scope)} />
            ))}
          </SpaceBetween>
        </Container>
      </SpaceBetween>
    </ContentLayout>
  );
}

function Section({ title, reasons }: { readonly title: string; readonly reasons: readonly ReasonEntry[] }) {
  if (reasons.length === 0) return null;
  return (
    <section>
      <Box variant="h3" padding={{ bottom: 'xs' }}>
        {title}
      </Box>
      {reasons.map((entry) => (
        <ExpandableSection
          key={entry.code}
          headingTagOverride="h4"
          headerText={
            <>
              {entry.title} <Badge color={badgeColors[entry.severity]}>{entry.badge}</Badge>
            </>
          }
        >
          <Box padding={{ left: 'l', bottom: 's' }}>
            <ReasonText reason={entry.code} />
          </Box>
        </ExpandableSection>
      ))}
    </section>
  );
}

function HowItWorks() {
  return (
    <Container header={<Header variant="h2">How reporting works</Header>}>
      <ul className="plain-list">
        <li>
          <strong>One record an hour.</strong> AWS takes one record for each buyer, dimension and UTC hour. A
          second one for the same hour is refused, or ignored when it is the same.
        </li>
        <li>
          <strong>In time.</strong> A start time may lie a few hours back at most. The hour strip of the form
          shows which hours are open, and the window can be chosen in Settings.
        </li>
        <li>
          <strong>Final.</strong> A record that AWS accepted can’t be changed or taken back. That is why there
          is a review before anything is sent.
        </li>
        <li>
          <strong>Safe.</strong> What you confirm is written to this computer’s disk first. Close the app,
          lose the network, sleep: it goes on where it was, and nothing is billed twice.
        </li>
        <li>
          <strong>Metered, not prepaid.</strong> Only metered dimensions can be reported. Entitled ones were
          bought upfront; AWS subtracts nothing from them.
        </li>
      </ul>
    </Container>
  );
}

function Practice() {
  const status = shownValue(useCall('system.status', {}, ['system.changed']).state);
  return (
    <Container header={<Header variant="h2">How practice works</Header>}>
      <Box variant="p">
        In practice the app talks to a simulated AWS on this computer. It has its own sign-in, buyers,
        contracts and ledger, answers as AWS would, and bills nothing. The top bar has another colour and says
        so on every screen. Live data and practice never mix: to come back, start Usage Desk without practice.
      </Box>
      {status?.practice === true && <PracticeScenarios />}
    </Container>
  );
}
