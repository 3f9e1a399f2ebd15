/** Subscription, contract, contract with consumption: what AWS bills of each, and what can be entered by hand. */
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';

interface Row {
  readonly question: string;
  readonly subscription: string;
  readonly contract: string;
  readonly withConsumption: string;
}

const rows: readonly Row[] = [
  {
    question: 'What did the buyer commit to?',
    subscription: 'Nothing',
    contract: 'A fixed term, paid upfront',
    withConsumption: 'A base paid upfront, and more by usage',
  },
  {
    question: 'What does AWS bill?',
    subscription: 'What is metered',
    contract: 'What was bought',
    withConsumption: 'Both',
  },
  {
    question: 'Which dimensions?',
    subscription: 'Metered ones',
    contract: 'Entitled (prepaid) ones',
    withConsumption: 'Both kinds, each for itself',
  },
  {
    question: 'What can be entered here?',
    subscription: 'All metered dimensions',
    contract: 'Nothing',
    withConsumption: 'The metered ones, only what goes beyond the entitlement: AWS subtracts nothing',
  },
  {
    question: 'Where does it go wrong?',
    subscription: 'A dimension’s key is not the listing’s',
    contract: 'The entitlement reads 0 once the contract has ended',
    withConsumption: 'An entitled dimension is metered',
  },
];

export function KindsOfContract() {
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="The tab Dimensions and prices of a contract shows which of its dimensions are metered and which are entitled."
        >
          Which kind of contract is it?
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Table
          variant="embedded"
          wrapLines
          items={rows}
          ariaLabels={{ tableLabel: 'Kinds of contract compared' }}
          columnDefinitions={[
            { id: 'question', header: 'Question', cell: (row) => row.question, isRowHeader: true },
            { id: 'subscription', header: 'Subscription (pay as you go)', cell: (row) => row.subscription },
            { id: 'contract', header: 'Contract', cell: (row) => row.contract },
            { id: 'consumption', header: 'Contract with consumption', cell: (row) => row.withConsumption },
          ]}
        />
        <Box variant="p">
          <strong>Containers and server images report themselves.</strong> A container that is priced by the
          hour registers once when it starts, in Amazon ECS or EKS, and AWS then counts its seconds; it goes
          on billing running tasks after the buyer has unsubscribed, and a start that is not registered within
          six hours gives no guarantee for past months. Nothing about them can be entered by hand.
        </Box>
      </SpaceBetween>
    </Container>
  );
}
