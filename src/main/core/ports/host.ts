/** What a host can do for the core. */
import type { PracticeScenario } from '../../../contract/practice.ts';
import type { Result } from '../../../contract/result.ts';
import type { SavedFile } from '../../../contract/usage.ts';

export interface SaveTarget {
  /** Asks where to save (dialog) or offers a download; the text is written as it comes, in UTF-8. */
  readonly saveText: (file: {
    readonly suggestedName: string;
    readonly mediaType: string;
    readonly chunks: AsyncIterable<string>;
  }) => Promise<Result<SavedFile>>;
  /** The same for bytes, which are written as they are. */
  readonly saveBytes: (file: {
    readonly suggestedName: string;
    readonly mediaType: string;
    readonly chunks: AsyncIterable<Uint8Array>;
    /** A small file that belongs beside it, under its name with this added, such as `.json`. */
    readonly beside?: { readonly suffix: string; readonly mediaType: string; readonly text: string } | null;
  }) => Promise<Result<SavedFile>>;
}

export interface PagePrinter {
  /** What the app's page would print, as the bytes of a PDF. Rejects where there is no page or it can't be printed. */
  readonly toPdf: () => Promise<Uint8Array>;
}

/** A file that the person chose, to be read once. */
export interface ChosenFile {
  /** Its name alone; it may say nothing. */
  readonly fileName: string;
  readonly bytes: number;
  readonly chunks: AsyncIterable<Uint8Array>;
}

export interface FileSource {
  /** Asks for a file (dialog) and gives what `receive` makes of it; or a path to which the page sends one, and where that is answered. */
  readonly open: <T>(
    receive: (file: ChosenFile) => Promise<Result<T>>,
  ) => Promise<
    Result<T | { readonly kind: 'upload'; readonly path: string } | { readonly kind: 'cancelled' }>
  >;
}

/** The bytes of a zip file of texts, in UTF-8; `atMs` (epoch ms) is the time of each. */
export type Zip = (
  files: readonly { readonly name: string; readonly text: string }[],
  atMs: number,
) => AsyncIterable<Uint8Array>;

export interface BrowserOpener {
  /** Opens a sign-in page in the system browser; false where the host was told to open nothing or could not. */
  readonly open: (url: string) => Promise<boolean>;
}

export interface PracticeStarter {
  readonly start: () => Promise<
    Result<{ readonly kind: 'address'; readonly address: string } | { readonly kind: 'restarting' }>
  >;
}

/** Lets something go wrong in practice. There is none while the app works with AWS itself. */
export interface PracticeSteering {
  /** Gives what it was done to, by name. Rejects when practice does not answer. */
  readonly run: (scenario: PracticeScenario) => Promise<Readonly<Record<string, string>>>;
}
