/** Notices that the page crashed or hangs, and offers to load it anew. What was typed is in the draft, what was confirmed in the ledger. */
import type { IncidentLog } from '../../core/ports.ts';

export interface Question {
  readonly message: string;
  readonly detail: string;
  /** The first is the one that Enter takes, the last the one that Escape takes. */
  readonly buttons: readonly string[];
}

/** What is asked of Electron's web contents; it has more. */
export interface TroubledContents {
  on(
    event: 'render-process-gone',
    listener: (event: unknown, details: { readonly reason: string; readonly exitCode: number }) => void,
  ): unknown;
  on(event: 'unresponsive', listener: () => void): unknown;
  on(event: 'responsive', listener: () => void): unknown;
  readonly reload: () => void;
  readonly forcefullyCrashRenderer: () => void;
}

export interface TroubleDeps {
  /** Shows the question and gives the number of the button; the signal takes the question away again. */
  readonly ask: (question: Question, signal?: AbortSignal) => Promise<number>;
  readonly quit: () => void;
  readonly incidents: IncidentLog;
}

const keptWords =
  'What you typed is kept as a draft. Records that you confirmed are safe: they are sent by another part of the app.';

const crashed: Question = {
  message: 'The window of Usage Desk stopped working',
  detail: keptWords,
  buttons: ['Reload', 'Quit'],
};
const hung: Question = {
  message: 'The window of Usage Desk does not answer',
  detail: keptWords,
  buttons: ['Reload', 'Wait'],
};

/** Watches contents for their whole life. Each trouble is asked about once, and noted. */
export function watchForTrouble(contents: TroubledContents, { ask, quit, incidents }: TroubleDeps): void {
  let endingHungPage = false;
  let hanging: AbortController | null = null;

  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    hanging?.abort();
    if (reason === 'clean-exit') return;
    if (endingHungPage) {
      endingHungPage = false;
      contents.reload();
      return;
    }
    incidents.note(`The page ended: ${reason}, exit code ${exitCode}.`);
    void ask(crashed).then((button) => (button === 0 ? contents.reload() : quit()));
  });
  contents.on('unresponsive', () => {
    if (hanging !== null) return;
    incidents.note('The page does not answer.');
    const asking = new AbortController();
    hanging = asking;
    void ask(hung, asking.signal).then((button) => {
      hanging = null;
      if (asking.signal.aborted || button !== 0) return;
      // A page in an endless loop hears no reload: its process has to go first.
      endingHungPage = true;
      contents.forcefullyCrashRenderer();
    });
  });
  contents.on('responsive', () => hanging?.abort());
}
