/** The top of a contract: buyer with an alias that can be changed in place, what it is, and what can be done. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Input, { type InputProps } from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { ContractDetails, ContractSummary } from '../../../../contract/contracts.ts';
import type { AppError } from '../../../../contract/errors.ts';
import { everything } from '../../../../contract/history.ts';
import { useApi } from '../../api/api-context.tsx';
import { hrefOf, navigate } from '../../app/routes.ts';
import { whyNoUsage } from '../../copy/contract-status.ts';
import { formatAccountId, userTimeZone } from '../../copy/formats.ts';
import { reasonOf } from '../../copy/reasons.ts';
import { ContractStatusBadge } from '../../ui/contract-status-badge.tsx';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { limited } from '../../ui/limited-text.ts';
import { datesOf } from '../../ui/related-words.ts';
import { useNow } from '../../ui/use-now.tsx';
import { ContractNotes } from './contract-notes.tsx';
import { useChain } from './use-related.ts';
import './contract.css';

export interface ContractHeaderProps {
  readonly details: ContractDetails;
  readonly editingAlias: boolean;
  readonly onEditAlias: (editing: boolean) => void;
  readonly onAliasSaved: () => void;
}

export function ContractHeader({ details, editingAlias, onEditAlias, onAliasSaved }: ContractHeaderProps) {
  const { summary } = details;
  return (
    <SpaceBetween size="s">
      <BuyerTitle
        summary={summary}
        editing={editingAlias}
        onEdit={onEditAlias}
        onSaved={onAliasSaved}
        actions={
          <SpaceBetween size="xs" direction="horizontal">
            <ExportUsage agreementId={summary.agreementId} />
            <AddUsageButton summary={summary} />
          </SpaceBetween>
        }
      />
      <div className="contract-line">
        <Box color="text-body-secondary">
          {summary.productTitle ?? summary.productId} · {summary.agreementId}
        </Box>
        <ContractStatusBadge contract={summary} />
        <Box color="text-body-secondary">{datesOf(summary)}</Box>
      </div>
      <ContractNotes details={details} />
      <NoUsage summary={summary} />
    </SpaceBetween>
  );
}

/** What the Usage tab shows: the chain's, where there is one. */
function ExportUsage({ agreementId }: { readonly agreementId: string }) {
  const { agreementIds } = useChain(agreementId);
  const isChain = agreementIds.length > 1;
  return (
    <ExportMenu
      filter={{ ...everything, agreementIds: [...agreementIds] }}
      note={
        isChain
          ? `The usage of the ${agreementIds.length} contracts of this chain; the column Agreement tells them apart.`
          : undefined
      }
    >
      Export usage
    </ExportMenu>
  );
}

/** Why usage can’t be added; where the status says it, in the words that the list has for it. */
function NoUsage({ summary }: { readonly summary: ContractSummary }) {
  const why = whyNoUsage(summary, useNow(60_000), userTimeZone());
  if (summary.addUsage.allowed || why === null) return null;
  const reason = reasonOf(summary.addUsage.reason);
  const isByHand = summary.status.kind !== 'not-by-hand';
  const isRunning = summary.status.kind === 'active' || summary.status.kind === 'closing';
  return (
    <Alert type="info" header={isByHand ? reason.title : 'This contract’s usage can’t be reported by hand'}>
      {isRunning ? `${reason.whatHappened} ${reason.steps[0] ?? ''}` : why}
    </Alert>
  );
}

function AddUsageButton({ summary }: { readonly summary: ContractSummary }) {
  const { addUsage, agreementId } = summary;
  const route = { page: 'add-usage', agreementId } as const;
  const why = whyNoUsage(summary, useNow(60_000), userTimeZone());
  return addUsage.allowed ? (
    <Button
      variant="primary"
      href={hrefOf(route)}
      onFollow={(event) => {
        event.preventDefault();
        navigate(route);
      }}
    >
      Add usage
    </Button>
  ) : (
    <Button variant="primary" disabled disabledReason={why ?? ''}>
      Add usage
    </Button>
  );
}

interface BuyerTitleProps {
  readonly summary: ContractSummary;
  readonly actions: ReactNode;
  readonly editing: boolean;
  readonly onEdit: (editing: boolean) => void;
  readonly onSaved: () => void;
}

function BuyerTitle({ summary, actions, editing, onEdit, onSaved }: BuyerTitleProps) {
  const pencil = useRef<ButtonProps.Ref>(null);
  const name = summary.buyerAlias ?? formatAccountId(summary.buyerAccountId);
  const close = () => {
    onEdit(false);
    requestAnimationFrame(() => pencil.current?.focus());
  };
  return (
    <SpaceBetween size="xs">
      <Header
        variant="h1"
        actions={actions}
        info={
          <Button
            ref={pencil}
            variant="icon"
            iconName="edit"
            ariaLabel={summary.buyerAlias === null ? 'Give this buyer an alias' : 'Change the buyer’s alias'}
            ariaExpanded={editing}
            onClick={() => onEdit(!editing)}
          />
        }
      >
        {name}
      </Header>
      {editing && (
        <AliasEditor
          summary={summary}
          onClose={close}
          onSaved={() => {
            close();
            onSaved();
          }}
        />
      )}
    </SpaceBetween>
  );
}

interface AliasEditorProps {
  readonly summary: ContractSummary;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

function AliasEditor({ summary, onClose, onSaved }: AliasEditorProps) {
  const api = useApi();
  const input = useRef<InputProps.Ref>(null);
  const [alias, setAlias] = useState(summary.buyerAlias ?? '');
  const [cut, setCut] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<AppError | null>(null);
  useEffect(() => input.current?.select(), []);
  const save = async () => {
    if (saving) return;
    setSaving(true);
    const { buyerAccountId } = summary;
    const answer = await api.call('buyers.setAlias', { buyerAccountId, alias: alias.trim() });
    setSaving(false);
    if (answer.ok) onSaved();
    else setProblem(answer.error);
  };
  return (
    <SpaceBetween size="xs">
      <div className="contract-alias">
        <Input
          ref={input}
          value={alias}
          ariaLabel="Alias of the buyer"
          placeholder="A name that you know the buyer by"
          onChange={({ detail }) => {
            const { kept, warning } = limited(detail.value, 100);
            setAlias(kept);
            setCut(warning);
          }}
          onKeyDown={({ detail }) => {
            if (detail.key === 'Enter') void save();
            if (detail.key === 'Escape') onClose();
          }}
        />
        <Button loading={saving} onClick={() => void save()}>
          Save alias
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </div>
      <Box color="text-body-secondary" fontSize="body-s">
        Kept on this computer for account {formatAccountId(summary.buyerAccountId)}. AWS doesn’t see it.
      </Box>
      {cut !== null && (
        <div role="status">
          <StatusIndicator type="warning">{cut}</StatusIndicator>
        </div>
      )}
      {problem !== null && <ErrorAlert error={problem} />}
    </SpaceBetween>
  );
}
