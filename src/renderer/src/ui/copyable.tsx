/** An identifier that can be copied; a dash where there is none. */
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';

export interface CopyableProps {
  readonly value: string | null;
  /** What it is, such as `agreement id`: names the button. */
  readonly label: string;
  /** Shown in place of the value; the value is what is copied. */
  readonly shown?: string;
}

export function Copyable({ value, label, shown }: CopyableProps) {
  if (value === null || value === '') return <>–</>;
  return (
    <CopyToClipboard
      variant="inline"
      textToCopy={value}
      textToDisplay={shown ?? value}
      copyButtonAriaLabel={`Copy ${label} ${shown ?? value}`}
      copySuccessText="Copied"
      copyErrorText="Copying failed"
    />
  );
}
