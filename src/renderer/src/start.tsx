/** Connects to the core, then draws. */
import './app/strict-policy.ts';
import '@cloudscape-design/global-styles/index.css';
import './styles/page.css';
import I18nProvider from '@cloudscape-design/components/i18n';
import messages from '@cloudscape-design/components/i18n/messages/all.en-GB';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiProvider } from './api/api-context.tsx';
import { connect } from './api/connect.ts';
import { App } from './app/app.tsx';
import { ErrorBoundary } from './app/error-boundary.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root element');

createRoot(root).render(
  <StrictMode>
    <I18nProvider locale="en-GB" messages={[messages]}>
      <ErrorBoundary>
        <ApiProvider api={connect()}>
          <App />
        </ApiProvider>
      </ErrorBoundary>
    </I18nProvider>
  </StrictMode>,
);
