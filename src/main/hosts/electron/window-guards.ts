/** No contents leave our page, open windows or embed others: Electron's checklist, items 11 to 14. */

/** An event that can be prevented, with the address where it has one. */
export interface GuardedEvent {
  readonly preventDefault: () => void;
  readonly url?: string;
}

type GuardListener = (event: GuardedEvent) => void;

/** What is asked of Electron's web contents; it has more. */
export interface GuardedContents {
  on(event: 'will-navigate', listener: GuardListener): unknown;
  on(event: 'will-redirect', listener: GuardListener): unknown;
  on(event: 'will-frame-navigate', listener: GuardListener): unknown;
  on(event: 'will-attach-webview', listener: GuardListener): unknown;
  setWindowOpenHandler(handler: (details: { readonly url: string }) => { action: 'deny' }): void;
}

export interface GuardOptions {
  readonly isOwnAddress: (address: string) => boolean;
  /** A link that asked for a window of its own; what may be opened outside is decided there. */
  readonly openLink: (address: string) => void;
}

/** Guards contents for their whole life; to be called for every one that is created. */
export function guardContents(contents: GuardedContents, { isOwnAddress, openLink }: GuardOptions): void {
  const stay = (event: GuardedEvent): void => {
    if (event.url === undefined || !isOwnAddress(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openLink(url);
    return { action: 'deny' };
  });
}
