/** The screens beside the main task, as one file to fetch. */
export { HelpPage } from '../features/help/help-page.tsx';
export { HistoryPage } from '../features/history/history-page.tsx';
export { ReceiptPage } from '../features/history/receipt-page.tsx';
export { PendingPage } from '../features/pending/pending-page.tsx';
export { RejectedPage } from '../features/rejected/rejected-page.tsx';
export { SettingsPage } from '../features/settings/settings-page.tsx';
