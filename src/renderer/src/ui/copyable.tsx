/** An identifier that can be copied; a dash where there is none. */
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import './copyable.css';

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
    <span className="copyable">
      <span>{shown ?? value}</span>
      <span className="copyable-button">
        <CopyToClipboard
          variant="icon"
          textToCopy={value}
          copyButtonAriaLabel={`Copy ${label} ${shown ?? value}`}
          copySuccessText="Copied"
          copyErrorText="Copying failed"
        />
      </span>
    </span>
  );
}
