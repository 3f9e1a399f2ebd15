/** By which scheme and in which Region each product is metered, and the way to correct an answer that was wrong. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useState } from 'react';
import { type Scheme, schemes } from '../../../../contract/contracts.ts';
import type { AppError } from '../../../../contract/errors.ts';
import { meteringRegions, type Settings } from '../../../../contract/settings.ts';
import { useApi } from '../../api/api-context.tsx';
import { formatQuantity } from '../../copy/formats.ts';
import { schemeExplanations, schemeNames } from '../../copy/schemes.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { useFlash } from '../../ui/flash.tsx';
import { shownValue, useCall } from '../../ui/use-call.ts';

type Product = Settings['products'][number];

export function MeteringOfProducts({ products }: { readonly products: Settings['products'] }) {
  const [changing, setChanging] = useState<Product | null>(null);
  return (
    <>
      <Table<Product>
        variant="container"
        items={products}
        trackBy="productId"
        wrapLines
        ariaLabels={{ tableLabel: 'Metering of your products' }}
        header={
          <Header
            variant="h2"
            counter={`(${products.length})`}
            description="By which identifiers each product is metered, and in which Region. It is asked once, before a product’s first usage."
          >
            Metering of your products
          </Header>
        }
        columnDefinitions={[
          {
            id: 'product',
            header: 'Product',
            isRowHeader: true,
            cell: nameOf,
          },
          {
            id: 'id',
            header: 'Product id',
            cell: (product) => <Copyable value={product.productId} label="product id" />,
          },
          {
            id: 'scheme',
            header: 'Metered',
            cell: (product) => (
              <SpaceBetween direction="horizontal" size="s" alignItems="center">
                <span>{schemeNames[product.scheme]}</span>
                <Button
                  variant="inline-link"
                  ariaLabel={`Change how ${nameOf(product)} is metered`}
                  onClick={() => setChanging(product)}
                >
                  Change
                </Button>
              </SpaceBetween>
            ),
          },
          { id: 'region', header: 'Metering Region', cell: (product) => product.meteringRegion },
        ]}
        empty={
          <Box textAlign="center" color="inherit">
            No product has been metered from here yet.
          </Box>
        }
      />
      {changing !== null && <ChangeMetering product={changing} onClose={() => setChanging(null)} />}
    </>
  );
}

interface ChangeMeteringProps {
  readonly product: Product;
  readonly onClose: () => void;
}

/** Asks before it changes anything: another scheme or Region bills the same hour twice. */
function ChangeMetering({ product, onClose }: ChangeMeteringProps) {
  const api = useApi();
  const flash = useFlash();
  const { productId } = product;
  const [scheme, setScheme] = useState<Scheme>(product.scheme);
  const [region, setRegion] = useState(product.meteringRegion);
  const [sure, setSure] = useState(false);
  const [asked, setAsked] = useState(false);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<AppError | null>(null);
  const name = nameOf(product);
  const isChanged = scheme !== product.scheme || region !== product.meteringRegion;

  const save = async () => {
    setAsked(true);
    const meteringRegion = meteringRegions.find((known) => known === region);
    if (!isChanged || !sure || saving || meteringRegion === undefined) return;
    setSaving(true);
    const answer = await api.call('products.changeMetering', { productId, scheme, meteringRegion });
    setSaving(false);
    if (!answer.ok) {
      setProblem(answer.error);
      return;
    }
    const how = `${schemeNames[scheme].toLowerCase()} in ${meteringRegion}`;
    flash.show({ id: 'scheme', type: 'success', header: `${name} is metered ${how} from now on` });
    onClose();
  };

  return (
    <Dialog
      size="medium"
      header={`Change how ${name} is metered?`}
      closeLabel="Leave it as it is"
      onClose={onClose}
      leave="Leave it as it is"
      act={
        <Button
          variant="primary"
          loading={saving}
          disabled={!isChanged}
          disabledReason="Nothing is changed yet."
          onClick={() => void save()}
        >
          Change the metering
        </Button>
      }
    >
      <SpaceBetween size="m">
        <FormField label="Metered" stretch>
          <RadioGroup
            value={scheme}
            items={schemes.map((value) => ({
              value,
              label: schemeNames[value],
              description: schemeExplanations[value],
            }))}
            onChange={({ detail }) => setScheme(detail.value === 'licence' ? 'licence' : 'product-code')}
          />
        </FormField>
        <FormField
          label="Metering Region"
          description="It need not be the buyer’s. Every program that meters this product has to use the same one."
        >
          <Select
            selectedOption={{ value: region, label: region }}
            options={meteringRegions.map((value) => ({ value, label: value }))}
            filteringType="auto"
            onChange={({ detail }) => setRegion(detail.selectedOption.value ?? region)}
          />
        </FormField>
        <Alert type="warning" header="The wrong choice bills buyers twice">
          AWS takes a record by licence and one by product code for the same hour as two, and so it does with
          two Regions, and bills both. Change this only if the answer so far was wrong, and no other program
          reports this product’s usage the old way. The change holds for every contract of the product.
          <HeldHours productId={productId} />
        </Alert>
        <FormField
          {...(asked && isChanged && !sure
            ? { errorText: 'Say that you are sure, or leave it as it is.' }
            : {})}
        >
          <Checkbox checked={sure} onChange={({ detail }) => setSure(detail.checked)}>
            I am sure that it is metered this way
          </Checkbox>
        </FormField>
        {problem !== null && <ErrorAlert error={problem} />}
      </SpaceBetween>
    </Dialog>
  );
}

/** What the ledger will refuse afterwards, said beforehand. */
function HeldHours({ productId }: { readonly productId: string }) {
  const held = shownValue(useCall('products.held', { productId }).state)?.heldRecords ?? 0;
  if (held === 0) return null;
  return (
    <Box variant="p">
      {held === 1
        ? '1 record of this product holds its hour the present way. That hour stays'
        : `${formatQuantity(held)} records of this product hold their hours the present way. Those hours stay`}{' '}
      closed to the new one: usage for the same buyer, dimension and hour is refused here.
    </Box>
  );
}

function nameOf({ productTitle, productId }: Product): string {
  return productTitle ?? productId;
}
