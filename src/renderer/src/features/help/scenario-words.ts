/** The scenarios of practice in words. */
import type { PracticeScenario } from '../../../../contract/practice.ts';

export interface ScenarioWords {
  readonly button: string;
  /** What it does, below the button. */
  readonly about: string;
  /** What has happened once it was pressed. */
  readonly done: string;
  /** What to do to see it. */
  readonly next: string;
}

const submitNext = 'Submit a line of usage on any contract to see it.';

/** `facts` are those of the answer: what the scenario was done to. */
export function scenarioWords(
  scenario: PracticeScenario,
  facts: Readonly<Record<string, string>>,
): ScenarioWords {
  switch (scenario) {
    case 'throttle-next-calls':
      return {
        button: 'Throttle the next 2 calls',
        about: 'AWS asks for a pause; the record waits and goes again by itself.',
        done: 'The next 2 usage calls will be throttled',
        next: submitNext,
      };
    case 'lose-next-answer':
      return {
        button: 'Lose the next answer',
        about: 'AWS records the usage, but its answer never arrives: nobody knows yet.',
        done: 'The answer to the next usage call will be lost',
        next: submitNext,
      };
    case 'lose-dimension':
      return {
        button: 'Let a listing lose a dimension',
        about: 'A metered dimension is taken out of a product: usage of it is rejected.',
        done:
          facts.dimensionKey === undefined
            ? 'No listing has a dimension left to lose'
            : `${facts.productTitle ?? 'A product'} has lost its dimension ${facts.dimensionKey}`,
        next: 'Submit usage of it on one of the product’s contracts to see the refusal. Practice has it back at its next start.',
      };
    case 'refuse-next-call':
      return {
        button: 'Take the permission away once',
        about: 'AWS refuses the call; the record is held until a person tries again.',
        done: 'The next usage call will be refused',
        next: `${submitNext} Then press Try now at the record.`,
      };
    case 'end-sign-in':
      return {
        button: 'End the sign-in',
        about: 'As when it runs out or an admin ends it: the record waits for a new sign-in.',
        done: 'The sign-in has ended on AWS’s side',
        next: `${submitNext} The app finds out with that call.`,
      };
    case 'ten-thousand-contracts':
      return {
        button: 'Have 10,000 contracts',
        about: 'Another world of practice: see the list fill while it can be used already.',
        done: 'Practice has 10,000 contracts now',
        next: 'Open Contracts: they are read at AWS’s rate, which takes a minute or two. The contracts of before come back at the next start of practice.',
      };
    case 'call-off':
      return {
        button: 'Call it all off',
        about: 'What was asked for here and has not happened yet will not happen.',
        done: 'Nothing more will go wrong on purpose',
        next: 'A dimension that a listing has lost comes back at the next start of practice.',
      };
  }
}
