/** The only reader of raw input: looks the call up, checks its input, runs it, and turns a throw into an incident id. */
import { z } from 'zod';
import type { Handlers } from '../../contract/api.ts';
import { type CallName, calls } from '../../contract/calls.ts';
import { appErrorSchema } from '../../contract/errors.ts';
import { err, type Result } from '../../contract/result.ts';
import type { IncidentLog } from '../core/ports.ts';

/** Takes a name and an input from anywhere and always answers; it never rejects. */
export type Dispatch = (name: unknown, input: unknown) => Promise<Result<unknown>>;

export interface DispatchOptions {
  /** Also checks what the handlers answer, for tests: an answer that breaks the contract is a defect like any other. */
  readonly checkAnswers?: boolean;
}

/** Binds the handlers of every call of the contract. */
export function createDispatch(
  handlers: Handlers,
  incidents: IncidentLog,
  options: DispatchOptions = {},
): Dispatch {
  return async (name, input) => {
    if (!isCallName(name)) return err({ kind: 'unknown-call' });
    try {
      const parsed = calls[name].input.safeParse(input);
      if (!parsed.success) return err({ kind: 'invalid-input', issues: issuesOf(parsed.error) });
      // Name and input belong together by the lookup above, which the type of a table of functions can't say.
      const handler = handlers[name] as (checked: unknown) => Promise<Result<unknown>> | Result<unknown>;
      const answer = await handler(parsed.data);
      return options.checkAnswers ? checkedAnswer(name, answer) : answer;
    } catch (cause) {
      return err({ kind: 'unexpected', incidentId: incidents.report(cause, `call ${name}`) });
    }
  };
}

/** Own keys only: `constructor` and `__proto__` are no calls. */
function isCallName(name: unknown): name is CallName {
  return typeof name === 'string' && Object.hasOwn(calls, name);
}

function checkedAnswer(name: CallName, answer: unknown): Result<unknown> {
  const schema = z.discriminatedUnion('ok', [
    z.strictObject({ ok: z.literal(true), value: calls[name].output }),
    z.strictObject({ ok: z.literal(false), error: appErrorSchema }),
  ]);
  return schema.parse(answer);
}

/** Where the input is wrong and by which rule; never what it held. */
function issuesOf(error: z.ZodError): { path: string; problem: string }[] {
  return error.issues.map((issue) => ({ path: issue.path.map(String).join('.'), problem: issue.code }));
}
