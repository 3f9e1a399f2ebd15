/** What a person in practice can let happen from within the app, to see what it is like. */
import { z } from 'zod';

export const practiceScenarios = [
  /** The next two usage calls are refused as too many. */
  'throttle-next-calls',
  /** The next usage call takes effect, but its answer is lost on the way. */
  'lose-next-answer',
  /** A listing loses one of its metered dimensions. */
  'lose-dimension',
  /** The next usage call is refused for want of a permission. */
  'refuse-next-call',
  /** The sign-in is ended on AWS's side and the next usage call finds out. */
  'end-sign-in',
  /** The simulated AWS is another one, with ten thousand contracts. */
  'ten-thousand-contracts',
  /** What was asked for and has not happened yet is called off. */
  'call-off',
] as const;

export const practiceScenarioSchema = z.enum(practiceScenarios);
export type PracticeScenario = z.infer<typeof practiceScenarioSchema>;

export const practiceRunSchema = z.strictObject({
  /** What it was done to, such as `productTitle` and `dimensionKey`; empty where there is nothing to name. */
  facts: z.record(z.string(), z.string()),
});
