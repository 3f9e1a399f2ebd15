/** Which of the person's accounts and roles the profile is for, and what it is called. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select, { type SelectProps } from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useState } from 'react';
import type { AppError } from '../../../../contract/errors.ts';
import { profileNamePattern } from '../../../../contract/profile-name.ts';
import type { SetupAccount, SetupView } from '../../../../contract/profile-setup.ts';
import { useApi } from '../../api/api-context.tsx';
import { formatAccountId } from '../../copy/formats.ts';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { shownValue, useCall } from '../../ui/use-call.ts';
import { suggestName } from './suggest-name.ts';

export interface ChooseRoleProps {
  readonly choice: Extract<SetupView, { state: 'choosing' }>;
  /** Names of the profiles that are there. */
  readonly taken: readonly string[];
  readonly onAdded: (profile: string) => void;
}

export function ChooseRole({ choice, taken, onAdded }: ChooseRoleProps) {
  const { accounts } = choice;
  const [accountId, setAccountId] = useState(accounts.length === 1 ? (accounts[0]?.accountId ?? null) : null);
  const account = accounts.find((one) => one.accountId === accountId) ?? null;
  if (accounts.length === 0) return <NoAccounts />;
  return (
    <SpaceBetween size="l">
      <FormField label="Account" description="The account that sells on AWS Marketplace.">
        <Select
          placeholder="Choose the seller account"
          triggerVariant="option"
          options={accounts.map(accountOption)}
          selectedOption={account === null ? null : accountOption(account)}
          filteringType={accounts.length > 7 ? 'auto' : 'none'}
          onChange={({ detail }) => setAccountId(detail.selectedOption.value ?? null)}
        />
      </FormField>
      {account !== null && (
        <RoleAndName key={account.accountId} account={account} taken={taken} onAdded={onAdded} />
      )}
    </SpaceBetween>
  );
}

function accountOption({ accountId, name, email }: SetupAccount): SelectProps.Option {
  const id = formatAccountId(accountId);
  return {
    value: accountId,
    ...(name === null ? { label: id } : { label: name, labelTag: id }),
    ...(email === null ? {} : { description: email }),
  };
}

function NoAccounts() {
  return (
    <Box variant="p">
      The sign-in worked, but no account is assigned to you there. Ask your AWS admin to assign you a role in
      the seller account, then add the profile again.
    </Box>
  );
}

interface RoleAndNameProps {
  readonly account: SetupAccount;
  readonly taken: readonly string[];
  readonly onAdded: (profile: string) => void;
}

function RoleAndName({ account, taken, onAdded }: RoleAndNameProps) {
  const api = useApi();
  const { state, reload } = useCall('profileSetup.roles', { accountId: account.accountId });
  const roles = shownValue(state)?.roles ?? null;
  const [role, setRole] = useState<string | null>(null);
  const [name, setName] = useState<string | null>(null);
  const [save, setSave] = useState<{ readonly running: boolean; readonly error: AppError | null }>({
    running: false,
    error: null,
  });
  useEffect(() => {
    if (roles?.length === 1) setRole(roles[0] ?? null);
  }, [roles]);

  const profileName = name ?? suggestName(account, role, taken);
  const nameError = nameProblem(profileName, taken);
  const submit = async () => {
    if (role === null || nameError !== '') return;
    setSave({ running: true, error: null });
    const input = { profileName, accountId: account.accountId, roleName: role };
    const answer = await api.call('profileSetup.save', input);
    setSave({ running: false, error: answer.ok ? null : answer.error });
    if (answer.ok) onAdded(answer.value.profile);
  };
  if (state.kind === 'failed') return <ErrorAlert error={state.error} onRetry={() => void reload()} />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Form
        actions={
          <Button
            variant="primary"
            formAction="submit"
            loading={save.running}
            disabled={role === null}
            disabledReason="Choose the role first"
          >
            Add the profile and go on
          </Button>
        }
      >
        <SpaceBetween size="l">
          {save.error !== null && <ErrorAlert error={save.error} />}
          <FormField label="Role" description="The one that your AWS admin has set up for reporting usage.">
            <Select
              placeholder="Choose the role"
              statusType={roles === null ? 'loading' : 'finished'}
              loadingText="Asking AWS for your roles"
              options={(roles ?? []).map((value) => ({ value, label: value }))}
              selectedOption={role === null ? null : { value: role, label: role }}
              onChange={({ detail }) => setRole(detail.selectedOption.value ?? null)}
            />
          </FormField>
          <FormField
            label="Name of the profile"
            description="Only for you; the AWS CLI knows it by this name too."
            errorText={nameError}
          >
            <Input value={profileName} onChange={({ detail }) => setName(detail.value)} />
          </FormField>
        </SpaceBetween>
      </Form>
    </form>
  );
}

function nameProblem(name: string, taken: readonly string[]): string {
  if (taken.includes(name)) return 'There is a profile of this name already.';
  if (name === '') return 'Enter a name.';
  return profileNamePattern.test(name)
    ? ''
    : 'Use letters, digits and the signs - _ . + @, at most 64, and no spaces.';
}
