/** The one-time question by which identifiers a product is metered. A wrong answer bills buyers twice, so it is never guessed. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tiles from '@cloudscape-design/components/tiles';
import { useState } from 'react';
import { type ContractDetails, type Scheme, schemes } from '../../../../contract/contracts.ts';
import type { AppError } from '../../../../contract/errors.ts';
import { useApi } from '../../api/api-context.tsx';
import { schemeExplanations, schemeNames } from '../../copy/schemes.ts';
import { ErrorAlert } from '../../ui/error-alert.tsx';

export interface SchemeQuestionProps {
  readonly details: ContractDetails;
  readonly onChosen: () => void;
  readonly onCancel: () => void;
}

const upgradeGuide = 'https://docs.aws.amazon.com/marketplace/latest/userguide/metering-for-usage.html';

export function SchemeQuestion({ details, onChosen, onCancel }: SchemeQuestionProps) {
  const api = useApi();
  const [scheme, setScheme] = useState<Scheme | null>(null);
  const [asked, setAsked] = useState(false);
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<AppError | null>(null);
  const { productId, productTitle } = details.summary;
  const product = productTitle ?? productId;

  const save = async () => {
    setAsked(true);
    if (scheme === null || saving) return;
    setSaving(true);
    const answer = await api.call('products.chooseScheme', { productId, scheme });
    setSaving(false);
    if (answer.ok) onChosen();
    else setProblem(answer.error);
  };

  return (
    <Container header={<Header variant="h2">One question before the first usage of {product}</Header>}>
      <SpaceBetween size="l">
        <Box>
          AWS Marketplace knows two ways to say whose usage it is, and it doesn’t tell us which one {product}{' '}
          uses. The answer is kept for every contract of this product, and can be corrected in Settings as
          long as no usage is recorded under it.
        </Box>
        <FormField
          label={`How is ${product} metered?`}
          stretch
          {...(asked && scheme === null
            ? { errorText: 'Choose one of the two, or cancel and ask first.' }
            : {})}
        >
          <Tiles
            value={scheme}
            columns={2}
            items={schemes.map((value) => ({
              value,
              label: schemeNames[value],
              description: schemeExplanations[value],
            }))}
            onChange={({ detail }) => setScheme(detail.value === 'licence' ? 'licence' : 'product-code')}
          />
        </FormField>
        <div>
          <Box variant="h3">How to find out</Box>
          <ol className="scheme-steps">
            <li>
              Ask whoever built the product’s billing: does its code send <code>LicenseArn</code> or{' '}
              <code>ProductCode</code> to AWS?
            </li>
            <li>
              Or open the product in the AWS Marketplace Management Portal and look for Concurrent Agreements.
            </li>
            <li>A licence ARN on the contract proves nothing: AWS shows one for both kinds.</li>
          </ol>
          <Link href={upgradeGuide} external externalIconAriaLabel="Opens in the browser">
            AWS’s guide to metering
          </Link>
        </div>
        <Alert type="warning" header="A wrong answer bills buyers twice">
          If another program already reports this product’s usage the other way, AWS counts both. If you
          aren’t sure, cancel and ask.
        </Alert>
        {problem !== null && <ErrorAlert error={problem} />}
        <SpaceBetween size="xs" direction="horizontal">
          <Button variant="primary" loading={saving} onClick={() => void save()}>
            Save and go on
          </Button>
          <Button onClick={onCancel}>Cancel</Button>
        </SpaceBetween>
      </SpaceBetween>
    </Container>
  );
}
