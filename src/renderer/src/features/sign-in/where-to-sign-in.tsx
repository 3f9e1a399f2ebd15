/** The address of the access portal and its Region, or an SSO session that the AWS config has already. */
import Autosuggest from '@cloudscape-design/components/autosuggest';
import Button from '@cloudscape-design/components/button';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Input, { type InputProps } from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef, useState } from 'react';
import type { CallInput } from '../../../../contract/calls.ts';
import type { SsoSession } from '../../../../contract/session.ts';
import { identityCenterRegions, regionIn } from './regions.ts';

type Begin = CallInput<'profileSetup.begin'>;

const another = 'another';

export interface WhereToSignInProps {
  readonly ssoSessions: readonly SsoSession[];
  /** What was tried before: what the person typed stays. */
  readonly last: Begin | null;
  readonly onBegin: (input: Begin) => void;
}

export function WhereToSignIn({ ssoSessions, last, onBegin }: WhereToSignInProps) {
  const lastNew = last?.source.kind === 'new' ? last.source : null;
  const [chosen, setChosen] = useState(() =>
    lastNew !== null
      ? another
      : last?.source.kind === 'known'
        ? last.source.ssoSession
        : (ssoSessions[0]?.name ?? another),
  );
  const [startUrl, setStartUrl] = useState(lastNew?.startUrl ?? '');
  const [region, setRegion] = useState(lastNew?.region ?? '');
  const [judged, setJudged] = useState(false);
  const first = useRef<InputProps.Ref>(null);
  const isNew = chosen === another;
  useEffect(() => {
    if (isNew) first.current?.focus();
  }, [isNew]);

  const urlError = startUrl.trim() === '' ? 'Enter the address of your access portal.' : '';
  const regionId = regionIn(region);
  const regionError = regionId === null ? 'Enter a Region such as eu-central-1.' : '';
  const begin = () => {
    setJudged(true);
    if (!isNew) onBegin({ source: { kind: 'known', ssoSession: chosen }, way: 'browser' });
    else if (urlError === '' && regionId !== null) {
      onBegin({ source: { kind: 'new', startUrl: startUrl.trim(), region: regionId }, way: 'browser' });
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        begin();
      }}
    >
      <Form
        actions={
          <Button variant="primary" formAction="submit">
            Sign in
          </Button>
        }
      >
        <SpaceBetween size="l">
          {ssoSessions.length > 0 && (
            <FormField label="Access portal">
              <RadioGroup
                value={chosen}
                onChange={({ detail }) => setChosen(detail.value)}
                items={[
                  ...ssoSessions.map(({ name, startUrl: description }) => ({
                    value: name,
                    label: name,
                    description,
                  })),
                  { value: another, label: 'Another one' },
                ]}
              />
            </FormField>
          )}
          {isNew && (
            <SpaceBetween size="l">
              <FormField
                label="Address of the AWS access portal"
                description="The start URL: where you sign in to AWS in your browser. Your AWS admin knows it."
                errorText={judged ? urlError : ''}
              >
                <Input
                  ref={first}
                  value={startUrl}
                  placeholder="https://d-1234567890.awsapps.com/start"
                  onChange={({ detail }) => setStartUrl(detail.value)}
                />
              </FormField>
              <FormField
                label="Region of IAM Identity Center"
                description="Where your company’s sign-in is set up; not where usage is reported."
                errorText={judged ? regionError : ''}
              >
                <Autosuggest
                  value={region}
                  placeholder="eu-central-1"
                  enteredTextLabel={(text) => `Use ${text}`}
                  options={identityCenterRegions.map(([value, label]) => ({ value, description: label }))}
                  onChange={({ detail }) => setRegion(detail.value)}
                />
              </FormField>
            </SpaceBetween>
          )}
        </SpaceBetween>
      </Form>
    </form>
  );
}
