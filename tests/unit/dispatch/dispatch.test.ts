import { describe, expect, it } from 'vitest';
import { callNames } from '../../../src/contract/names.ts';
import { ok } from '../../../src/contract/result.ts';
import { createDispatch } from '../../../src/main/dispatch/dispatch.ts';
import { fakeHandlers } from '../../fakes/fake-handlers.ts';
import { createMemoryIncidentLog } from '../../fakes/memory-incident-log.ts';

const counts = { pending: 1, needPerson: 0, rejected: 3 };

function aDispatch(given: Parameters<typeof fakeHandlers>[0] = {}, checkAnswers = false) {
  const log = createMemoryIncidentLog();
  return { log, dispatch: createDispatch(fakeHandlers(given), log, { checkAnswers }) };
}

describe('dispatch', () => {
  it('gives the handler what the schema made of the input, and its answer back', async () => {
    const seen: unknown[] = [];
    const { dispatch } = aDispatch({
      'usage.list': (query) => {
        seen.push(query);
        return ok({ records: [], nextCursor: null, total: 0 });
      },
    });
    const query = { agreementId: 'agmt-1', status: null, cursor: null, limit: 20 };
    expect(await dispatch('usage.list', query)).toEqual(ok({ records: [], nextCursor: null, total: 0 }));
    expect(seen).toEqual([query]);
  });

  it.each([
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'usage',
    'usage.list ',
    'USAGE.LIST',
    '',
    null,
    undefined,
    7,
    ['usage.counts'],
    { toString: () => 'usage.counts' },
  ])('does not know a call named %j', async (name) => {
    const { dispatch } = aDispatch();
    expect(await dispatch(name, {})).toEqual({ ok: false, error: { kind: 'unknown-call' } });
  });

  it('names the field and the rule of a wrong input, never what it held, and runs nothing', async () => {
    let ran = false;
    const { dispatch } = aDispatch({
      'session.signIn': () => {
        ran = true;
        return ok({ state: 'signed-out', problem: null });
      },
    });
    expect(await dispatch('session.signIn', { profile: 'x'.repeat(300) })).toEqual({
      ok: false,
      error: { kind: 'invalid-input', issues: [{ path: 'profile', problem: 'too_big' }] },
    });
    expect(ran).toBe(false);
  });

  it.each([
    ['an unknown field', '{"more":1}'],
    ['a field named __proto__', '{"__proto__":{"polluted":true}}'],
    ['a list', '[]'],
    ['nothing', 'null'],
  ])('refuses %s where no input belongs', async (_name, json) => {
    const { dispatch } = aDispatch({ 'usage.counts': () => ok(counts) });
    expect(await dispatch('usage.counts', JSON.parse(json))).toMatchObject({
      ok: false,
      error: { kind: 'invalid-input' },
    });
    expect({}).not.toHaveProperty('polluted');
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('at rest');
      },
    ],
    ['rejects', () => Promise.reject(new Error('on the way'))],
  ])('answers with an incident id when a handler %s, and logs the cause in full', async (_how, handler) => {
    const { dispatch, log } = aDispatch({ 'usage.counts': handler });
    expect(await dispatch('usage.counts', {})).toEqual({
      ok: false,
      error: { kind: 'unexpected', incidentId: 'incident-1' },
    });
    expect(log.incidents).toEqual([{ cause: expect.any(Error), context: 'call usage.counts' }]);
  });

  it('takes an answer that breaks the contract for a defect where answers are checked', async () => {
    // The wrong type is the subject here.
    const wrong = (() => ok({ pending: 'many' })) as never;
    const checked = aDispatch({ 'usage.counts': wrong }, true);
    expect(await checked.dispatch('usage.counts', {})).toMatchObject({ error: { kind: 'unexpected' } });
    const right = aDispatch({ 'usage.counts': () => ok(counts) }, true);
    expect(await right.dispatch('usage.counts', {})).toEqual(ok(counts));
  });

  it('knows every call of the contract by its name', async () => {
    const { dispatch } = aDispatch();
    for (const name of callNames) {
      expect(await dispatch(name, Symbol('no input at all'))).toMatchObject({
        error: { kind: 'invalid-input' },
      });
    }
  });
});
