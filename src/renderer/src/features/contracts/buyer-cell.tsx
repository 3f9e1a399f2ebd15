/** The buyer of a row, by the alias that can be changed in its place. */
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input, { type InputProps } from '@cloudscape-design/components/input';
import { memo, useEffect, useRef, useState } from 'react';
import type { ContractSummary } from '../../../../contract/contracts.ts';
import { useApi } from '../../api/api-context.tsx';
import { hrefOf } from '../../app/routes.ts';
import { formatAccountId } from '../../copy/formats.ts';
import { presentError } from '../../copy/present-error.ts';
import { EditButton, RowLink, Secondary } from '../../ui/row-parts.tsx';
import { Clamped } from './cell-text.tsx';
import './buyer-cell.css';

/** The longest alias that is kept. */
const longestAlias = 100;

/** Drawn anew only for another row: a table of them is drawn with every key of a search. */
export const BuyerCell = memo(function BuyerCell({ contract }: { readonly contract: ContractSummary }) {
  const [isEditing, setEditing] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const id = formatAccountId(contract.buyerAccountId);
  if (isEditing) {
    const close = () => {
      setEditing(false);
      requestAnimationFrame(() => pencil.current?.focus());
    };
    return <AliasEditor contract={contract} onClose={close} />;
  }
  return (
    <div className="buyer-cell">
      <div>
        <RowLink href={hrefOf({ page: 'contract', agreementId: contract.agreementId, tab: 'usage' })}>
          <Clamped text={contract.buyerAlias ?? id} />
        </RowLink>
        {contract.buyerAlias !== null && <Secondary>{id}</Secondary>}
      </div>
      <span className="buyer-pencil">
        <EditButton
          ref={pencil}
          label={
            contract.buyerAlias === null
              ? `Give buyer ${id} an alias, agreement ${contract.agreementId}`
              : `Change the alias ${contract.buyerAlias}, agreement ${contract.agreementId}`
          }
          onClick={() => setEditing(true)}
        />
      </span>
    </div>
  );
});

function AliasEditor({
  contract,
  onClose,
}: {
  readonly contract: ContractSummary;
  readonly onClose: () => void;
}) {
  const api = useApi();
  const input = useRef<InputProps.Ref>(null);
  const [alias, setAlias] = useState(contract.buyerAlias ?? '');
  const [isSaving, setSaving] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => input.current?.select(), []);
  const save = async () => {
    if (isSaving) return;
    setSaving(true);
    const { buyerAccountId } = contract;
    const answer = await api.call('buyers.setAlias', { buyerAccountId, alias: alias.trim() });
    setSaving(false);
    if (answer.ok) onClose();
    else setProblem(presentError(answer.error).title);
  };
  return (
    <FormField errorText={problem}>
      <div className="buyer-editor">
        <Input
          ref={input}
          value={alias}
          ariaLabel={`Alias of ${formatAccountId(contract.buyerAccountId)}`}
          placeholder="A name you know the buyer by"
          onChange={({ detail }) => setAlias(detail.value.slice(0, longestAlias))}
          onKeyDown={({ detail }) => {
            if (detail.key === 'Enter') void save();
            if (detail.key === 'Escape') onClose();
          }}
        />
        <Button
          variant="icon"
          iconName="check"
          ariaLabel="Save the alias"
          loading={isSaving}
          onClick={() => void save()}
        />
        <Button variant="icon" iconName="close" ariaLabel="Keep the alias as it was" onClick={onClose} />
      </div>
    </FormField>
  );
}
