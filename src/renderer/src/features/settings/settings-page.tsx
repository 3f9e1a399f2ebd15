/** What a person can set, and where everything lies. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import { useState } from 'react';
import type { CallInput } from '../../../../contract/calls.ts';
import type { AppError } from '../../../../contract/errors.ts';
import type { Settings } from '../../../../contract/settings.ts';
import { useApi } from '../../api/api-context.tsx';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { usePageTitle } from '../../ui/page-title.tsx';
import { shownValue, useCall } from '../../ui/use-call.ts';
import { AccountNames } from './account-names.tsx';
import { AuditTrail } from './audit-trail.tsx';
import { Backups } from './backups.tsx';
import { MeteringOfProducts } from './metering-of-products.tsx';
import { MissingUsage } from './missing-usage.tsx';
import { RolePermissions } from './role-permissions.tsx';
import { DataPlaces, Looks, Versions, WindowChoice } from './settings-sections.tsx';
import { UndoChoice } from './undo-choice.tsx';

export function SettingsPage() {
  usePageTitle('Settings');
  const api = useApi();
  const settings = useCall('settings.get', {}, ['settings.changed']);
  const status = useCall('system.status', {}, ['system.changed']);
  const [refusal, setRefusal] = useState<AppError | null>(null);
  const shown = shownValue(settings.state);

  const change = async (wanted: CallInput<'settings.change'>) => {
    const answer = await api.call('settings.change', wanted);
    setRefusal(answer.ok ? null : answer.error);
    await settings.reload();
  };

  return (
    <ContentLayout
      header={
        <Header variant="h1" description="Changes hold at once.">
          Settings
        </Header>
      }
    >
      <SpaceBetween size="l">
        {refusal !== null && <ErrorAlert error={refusal} />}
        {settings.state.kind === 'failed' && (
          <ErrorAlert error={settings.state.error} onRetry={() => void settings.reload()} />
        )}
        {shown === null ? (
          settings.state.kind !== 'failed' && <Spinner size="large" />
        ) : (
          <SpaceBetween size="l">
            <SetAside path={shown.preferencesSetAside} />
            <WindowChoice
              policy={shown.windowPolicy}
              onChange={(windowPolicy) => void change({ windowPolicy })}
            />
            <UndoChoice
              seconds={shown.undoSeconds}
              onChange={(undoSeconds) => void change({ undoSeconds })}
            />
            <Looks theme={shown.theme} onChange={(theme) => void change({ theme })} />
            <AccountNames names={shown.accountNames} />
            <RolePermissions products={shown.products} />
            <MeteringOfProducts products={shown.products} />
            <AuditTrail />
            <Backups />
            <MissingUsage />
            <DataPlaces settings={shown} />
            <Versions status={shownValue(status.state)} />
          </SpaceBetween>
        )}
      </SpaceBetween>
    </ContentLayout>
  );
}

function SetAside({ path }: { readonly path: Settings['preferencesSetAside'] }) {
  if (path === null) return null;
  return (
    <Alert type="warning" header="Your preferences could not be read">
      The preferences file was broken, so the settings below are the defaults. The broken file was put aside,
      untouched: <Box variant="code">{path}</Box>. Set again what you had changed: the window, the theme,
      buyer aliases, and by which identifiers your products are metered. Usage records are not affected.
    </Alert>
  );
}
