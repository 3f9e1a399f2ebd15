import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal, { type ModalProps } from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';

export interface DialogProps {
  readonly header: string;
  readonly size?: ModalProps.Size;
  /** The button that leaves everything as it is. */
  readonly leave: string;
  /** What the cross says that does the same. */
  readonly closeLabel: string;
  readonly canLeave?: boolean;
  readonly onClose: () => void;
  /** The button that does what the dialog is for; none where there is nothing to do yet. */
  readonly act?: ReactNode;
  readonly children: ReactNode;
}

/** A dialog with one way out, always at the same place, and one act beside it. */
export function Dialog({
  header,
  size,
  leave,
  closeLabel,
  canLeave = true,
  onClose,
  act,
  children,
}: DialogProps) {
  return (
    <Modal
      visible
      {...(size === undefined ? {} : { size })}
      header={header}
      closeAriaLabel={closeLabel}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" disabled={!canLeave} onClick={onClose}>
              {leave}
            </Button>
            {act}
          </SpaceBetween>
        </Box>
      }
    >
      {children}
    </Modal>
  );
}
