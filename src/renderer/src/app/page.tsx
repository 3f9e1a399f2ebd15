/**
 * Which screen stands at which place. The screens behind the sign-in are fetched while the person reads it, so that the start
 * needn't wait for code that it doesn't show.
 */
import Box from '@cloudscape-design/components/box';
import Spinner from '@cloudscape-design/components/spinner';
import { lazy, Suspense } from 'react';
import type { Route } from './routes.ts';

const loadContracts = () => import('../features/contracts/contracts-page.tsx');
const loadAddContract = () => import('../features/contracts/add-contract-page.tsx');
const loadContract = () => import('../features/contract/contract-page.tsx');
const loadReport = () => import('../features/report-usage/report-usage-pages.ts');
const loadOthers = () => import('./other-pages.ts');

const ContractsPage = lazy(async () => ({ default: (await loadContracts()).ContractsPage }));
const AddContractPage = lazy(async () => ({ default: (await loadAddContract()).AddContractPage }));
const ContractPage = lazy(async () => ({ default: (await loadContract()).ContractPage }));
const AddUsagePage = lazy(async () => ({ default: (await loadReport()).AddUsagePage }));
const ReviewPage = lazy(async () => ({ default: (await loadReport()).ReviewPage }));
const PendingPage = lazy(async () => ({ default: (await loadOthers()).PendingPage }));
const RejectedPage = lazy(async () => ({ default: (await loadOthers()).RejectedPage }));
const HistoryPage = lazy(async () => ({ default: (await loadOthers()).HistoryPage }));
const ReceiptPage = lazy(async () => ({ default: (await loadOthers()).ReceiptPage }));
const SettingsPage = lazy(async () => ({ default: (await loadOthers()).SettingsPage }));
const HelpPage = lazy(async () => ({ default: (await loadOthers()).HelpPage }));

export function Page({ route }: { readonly route: Route }) {
  return (
    <Suspense fallback={<Waiting />}>
      <Screen route={route} />
    </Suspense>
  );
}

function Screen({ route }: { readonly route: Route }) {
  switch (route.page) {
    case 'contracts':
      return <ContractsPage />;
    case 'add-contract':
      return <AddContractPage />;
    case 'contract':
      return <ContractPage key={route.agreementId} agreementId={route.agreementId} tab={route.tab} />;
    case 'add-usage':
      return <AddUsagePage key={route.agreementId} agreementId={route.agreementId} />;
    case 'review':
      return <ReviewPage key={route.agreementId} agreementId={route.agreementId} />;
    case 'pending':
      return <PendingPage />;
    case 'rejected':
      return <RejectedPage />;
    case 'history':
      return <HistoryPage />;
    case 'submission':
      return <ReceiptPage key={route.submissionId} submissionId={route.submissionId} />;
    case 'settings':
      return <SettingsPage />;
    case 'help':
      return <HelpPage />;
    case 'recovery':
      // Stands outside the frame, with or without a sign-in.
      return null;
  }
}

/** Fetches every screen, the contracts first: everybody goes there. */
export async function fetchScreens(): Promise<void> {
  // A file that can't be fetched now is asked for again when its screen is opened, and that failure is shown.
  await Promise.allSettled([loadContracts()]);
  await Promise.allSettled([loadContract(), loadReport(), loadOthers(), loadAddContract()]);
}

function Waiting() {
  return (
    <Box padding="xxxl" textAlign="center">
      <Spinner size="large" />
    </Box>
  );
}
