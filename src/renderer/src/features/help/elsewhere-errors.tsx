/** Errors that were looked for and that don't come from reporting usage by hand. */
import Alert from '@cloudscape-design/components/alert';
import type { ElsewhereError } from '../../copy/elsewhere.ts';

export function ElsewhereErrors({ errors }: { readonly errors: readonly ElsewhereError[] }) {
  return errors.map(({ names, calls, note }) => (
    <Alert key={names[0]} type="info" header={`${names.join(', ')}: not from reporting usage by hand`}>
      It belongs to {calls}. {note}
    </Alert>
  ));
}
