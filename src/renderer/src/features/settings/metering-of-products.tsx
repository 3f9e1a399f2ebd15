/** By which scheme each product is metered, and the way to correct an answer that was wrong. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useState } from 'react';
import type { AppError } from '../../../../contract/errors.ts';
import type { Settings } from '../../../../contract/settings.ts';
import { useApi } from '../../api/api-context.tsx';
import { otherScheme, schemeExplanations, schemeNames } from '../../copy/schemes.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { useFlash } from '../../ui/flash.tsx';

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
      {changing !== null && <ChangeScheme product={changing} onClose={() => setChanging(null)} />}
    </>
  );
}

interface ChangeSchemeProps {
  readonly product: Product;
  readonly onClose: () => void;
}

/** Asks before it changes anything: the wrong scheme bills the same hour twice. */
function ChangeScheme({ product, onClose }: ChangeSchemeProps) {
  const api = useApi();
  const flash = useFlash();
  const [sure, setSure] = useState(false);
  const [asked, setAsked] = useState(false);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<AppError | null>(null);
  const name = nameOf(product);
  const next = otherScheme(product.scheme);
  const wanted = schemeNames[next].toLowerCase();

  const save = async () => {
    setAsked(true);
    if (!sure || saving) return;
    setSaving(true);
    const { productId } = product;
    const answer = await api.call('products.chooseScheme', { productId, scheme: next });
    setSaving(false);
    if (!answer.ok) {
      setProblem(answer.error);
      return;
    }
    flash.show({ id: 'scheme', type: 'success', header: `${name} is metered ${wanted} from now on` });
    onClose();
  };

  return (
    <Modal
      visible
      size="medium"
      header={`Meter ${name} ${wanted}?`}
      closeAriaLabel="Leave it as it is"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Leave it as it is
            </Button>
            <Button
              variant="primary"
              loading={saving}
              disabled={problem?.kind === 'scheme-locked'}
              disabledReason="Usage records hold their hours under the present choice."
              onClick={() => void save()}
            >
              {`Meter it ${wanted}`}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <Box>
          It is metered {schemeNames[product.scheme].toLowerCase()} now. <strong>{schemeNames[next]}:</strong>{' '}
          {schemeExplanations[next]} The change holds for every contract of this product.
        </Box>
        <Alert type="warning" header="The wrong choice bills buyers twice">
          AWS takes a record by licence and one by product code for the same hour as two, and bills both.
          Change this only if the answer so far was wrong, and no other program reports this product’s usage
          the other way.
        </Alert>
        <FormField
          {...(asked && !sure ? { errorText: 'Say that you checked it, or leave it as it is.' } : {})}
        >
          <Checkbox checked={sure} onChange={({ detail }) => setSure(detail.checked)}>
            I checked with whoever built the product’s billing that it is metered {wanted}
          </Checkbox>
        </FormField>
        {problem !== null && <ErrorAlert error={problem} />}
      </SpaceBetween>
    </Modal>
  );
}

function nameOf({ productTitle, productId }: Product): string {
  return productTitle ?? productId;
}
