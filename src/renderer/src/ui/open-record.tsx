/** Opens the side panel of one usage record from anywhere. */
import { createContext, type ReactNode, useContext } from 'react';

export interface RecordPanelControl {
  readonly openRecordId: string | null;
  readonly open: (recordId: string) => void;
  readonly close: () => void;
}

const RecordPanelContext = createContext<RecordPanelControl>({
  openRecordId: null,
  open: () => undefined,
  close: () => undefined,
});

export function RecordPanelProvider({
  control,
  children,
}: {
  readonly control: RecordPanelControl;
  readonly children: ReactNode;
}) {
  return <RecordPanelContext value={control}>{children}</RecordPanelContext>;
}

export function useRecordPanel(): RecordPanelControl {
  return useContext(RecordPanelContext);
}
