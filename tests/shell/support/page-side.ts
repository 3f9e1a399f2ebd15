/**
 * What the bodies of `page.evaluate` touch of the page. The program of the tests has Node's types and not those of the DOM, so that nothing
 * of the core can lean on a page by accident.
 */
export interface PageElement {
  src: string;
  data: string;
  href: string;
  action: string;
  method: string;
  download: string;
  text: string;
  textContent: string;
  innerHTML: string;
  readonly contentWindow: unknown;
  readonly append: (element: PageElement) => void;
  readonly prepend: (element: PageElement) => void;
  readonly setAttribute: (name: string, value: string) => void;
  readonly click: () => void;
  readonly submit: () => void;
}

export interface Bridge {
  // biome-ignore lint/suspicious/noExplicitAny: hostile input may be anything, and each spec looks at the answer for itself.
  readonly call: (name: string, input: unknown) => Promise<any>;
  readonly subscribe: (name: string, listener: (...args: readonly unknown[]) => void) => () => void;
}

export interface PageSide {
  readonly usageDesk: Bridge;
  readonly document: {
    readonly body: PageElement;
    readonly head: PageElement;
    readonly createElement: (name: string) => PageElement;
  };
  readonly location: { href: string; readonly origin: string };
  readonly open: (address: string) => unknown;
  readonly permissions: {
    readonly query: (wanted: { readonly name: string }) => Promise<{ readonly state: string }>;
  };
}
