/** The window's title: the page's own name; the frame adds the counts and the app's name. */
import { createContext, type ReactNode, useContext, useEffect } from 'react';

const SetTitle = createContext<(title: string) => void>(() => undefined);

export function PageTitleProvider({
  setTitle,
  children,
}: {
  readonly setTitle: (title: string) => void;
  readonly children: ReactNode;
}) {
  return <SetTitle value={setTitle}>{children}</SetTitle>;
}

/** Each page calls this once with its name, such as `Globex Robotics`. */
export function usePageTitle(title: string): void {
  const setTitle = useContext(SetTitle);
  useEffect(() => setTitle(title), [setTitle, title]);
}
