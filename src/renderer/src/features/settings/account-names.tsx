/** Local names for seller accounts: AWS tells their ids alone. */
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type FormEvent, useState } from 'react';
import type { Settings } from '../../../../contract/settings.ts';
import { useApi } from '../../api/api-context.tsx';
import { formatAccountId } from '../../copy/formats.ts';
import { errorFlash } from '../../ui/error-flash.ts';
import { useFlash } from '../../ui/flash.tsx';
import { useFrameActs } from '../../ui/frame-acts.tsx';

const longest = 100;

/** The account that is signed in, and every other one that has a name. */
export function AccountNames({ names }: { readonly names: Settings['accountNames'] }) {
  const present = useFrameActs().identity.accountId;
  const others = names.filter(({ accountId }) => accountId !== present);
  const own = names.find(({ accountId }) => accountId === present);
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="What your seller accounts are called on this computer: in the top bar, on reviews and in the history."
        >
          Account names
        </Header>
      }
    >
      <SpaceBetween size="m">
        {[{ accountId: present, name: own?.name ?? '' }, ...others].map(({ accountId, name }) => (
          <AccountName key={accountId} accountId={accountId} name={name} isPresent={accountId === present} />
        ))}
      </SpaceBetween>
    </Container>
  );
}

interface AccountNameProps {
  readonly accountId: string;
  readonly name: string;
  readonly isPresent: boolean;
}

function AccountName({ accountId, name, isPresent }: AccountNameProps) {
  const api = useApi();
  const flash = useFlash();
  const [typed, setTyped] = useState(name);
  const id = formatAccountId(accountId);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    const answer = await api.call('accounts.setName', { accountId, name: typed });
    flash.show(
      answer.ok
        ? { id: 'account-name', type: 'success', header: `The name of account ${id} was saved` }
        : errorFlash('account-name', answer.error),
    );
  };

  return (
    <form onSubmit={(event) => void save(event)}>
      <FormField
        label={`Name of account ${id}`}
        description={isPresent ? 'You are signed in to this account.' : undefined}
        secondaryControl={
          <Button
            formAction="submit"
            disabled={typed.trim() === name || typed.length > longest}
            ariaLabel={`Save name of account ${id}`}
          >
            Save name
          </Button>
        }
        errorText={typed.length > longest ? `A name has at most ${longest} characters.` : undefined}
      >
        <Input value={typed} placeholder="No name" onChange={({ detail }) => setTyped(detail.value)} />
      </FormField>
    </form>
  );
}
