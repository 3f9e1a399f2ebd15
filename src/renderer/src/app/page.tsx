/** Which screen stands at which place. */
import { ContractPage } from '../features/contract/contract-page.tsx';
import { ContractsPage } from '../features/contracts/contracts-page.tsx';
import { HelpPage } from '../features/help/help-page.tsx';
import { HistoryPage } from '../features/history/history-page.tsx';
import { PendingPage } from '../features/pending/pending-page.tsx';
import { RejectedPage } from '../features/rejected/rejected-page.tsx';
import { AddUsagePage } from '../features/report-usage/add-usage-page.tsx';
import { ReviewPage } from '../features/report-usage/review-page.tsx';
import { SettingsPage } from '../features/settings/settings-page.tsx';
import type { Route } from './routes.ts';

export function Page({ route }: { readonly route: Route }) {
  switch (route.page) {
    case 'contracts':
      return <ContractsPage />;
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
    case 'settings':
      return <SettingsPage />;
    case 'help':
      return <HelpPage />;
  }
}
