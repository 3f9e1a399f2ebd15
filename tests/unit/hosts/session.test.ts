import { describe, expect, it } from 'vitest';
import { codeLifetimeMs, createSessions, type Trade } from '../../../src/main/hosts/loopback/session.ts';

function atTime(start = 0) {
  let time = start;
  return {
    now: () => time,
    pass: (ms: number) => {
      time += ms;
    },
  };
}

const typed = { fromOtherSite: false };
const linked = { fromOtherSite: true };
/** Of the form of a code, and none. */
const guess = 'x'.repeat(43);

const cookieOf = (trade: Trade): string =>
  trade.kind === 'session' ? (trade.setCookie.split(';')[0] ?? '') : '';

describe('launch codes', () => {
  it('are traded once for a session whose cookie names the port and stays out of reach of scripts', () => {
    const sessions = createSessions({ now: () => 0, port: 4100 });
    const code = sessions.issueCode();
    const trade = sessions.trade(code, typed);
    expect(trade).toMatchObject({
      kind: 'session',
      setCookie: expect.stringMatching(/^usage-desk-4100=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/),
    });
    expect(sessions.has(cookieOf(trade))).toBe(true);
    expect(sessions.trade(code, typed)).toMatchObject({ kind: 'refused' });
  });

  it('have 256 random bits', () => {
    const sessions = createSessions({ now: () => 0, port: 4100 });
    const codes = Array.from({ length: 50 }, sessions.issueCode);
    expect(new Set(codes).size).toBe(50);
    for (const code of codes) expect(Buffer.from(code, 'base64url')).toHaveLength(32);
  });

  it('work until just before two minutes and not from then on', () => {
    const time = atTime(1_000);
    const sessions = createSessions({ now: time.now, port: 4100 });
    const [early, late] = [sessions.issueCode(), sessions.issueCode()];
    time.pass(codeLifetimeMs - 1);
    expect(sessions.trade(early, typed).kind).toBe('session');
    time.pass(1);
    expect(sessions.trade(late, typed).kind).toBe('refused');
  });

  it('are answered later and later when they are wrong, then not at all, until a new one is issued', () => {
    const sessions = createSessions({ now: () => 0, port: 4100 });
    const good = sessions.issueCode();
    const delays = Array.from({ length: 10 }, () => {
      const trade = sessions.trade(guess, typed);
      return trade.kind === 'refused' ? trade.delayMs : -1;
    });
    expect(delays).toEqual([100, 200, 400, 800, 1600, 2000, 2000, 2000, 2000, 2000]);
    expect(sessions.trade(guess, typed)).toEqual({ kind: 'stopped' });
    expect(sessions.trade(good, typed)).toEqual({ kind: 'stopped' });
    expect(sessions.trade(sessions.issueCode(), typed).kind).toBe('session');
  });

  it.each([
    ['what can not be a code', 'guess', typed],
    ['nothing', '', typed],
    ['a letter too many', `${guess}x`, typed],
    ['a letter that codes do not have', `${guess.slice(1)}=`, typed],
    ['a wrong code that a page of another site leads to', guess, linked],
  ])('go on working whatever the number of tries with %s', (_name, code, from) => {
    const sessions = createSessions({ now: () => 0, port: 4100 });
    const good = sessions.issueCode();
    for (let tries = 0; tries < 50; tries += 1) {
      expect(sessions.trade(code, from)).toEqual({ kind: 'refused', delayMs: 100 });
    }
    expect(sessions.trade(good, linked).kind).toBe('session');
  });

  it('are refused to pages of other sites as well after too many guesses', () => {
    const sessions = createSessions({ now: () => 0, port: 4100 });
    const good = sessions.issueCode();
    for (let tries = 0; tries < 10; tries += 1) sessions.trade(guess, typed);
    expect(sessions.trade(good, linked)).toEqual({ kind: 'stopped' });
  });
});

describe('a session', () => {
  const sessions = createSessions({ now: () => 0, port: 4100 });
  const cookie = cookieOf(sessions.trade(sessions.issueCode(), typed));
  const secret = cookie.split('=')[1];

  it.each([
    ['alone', cookie, true],
    ['among cookies of other ports', `usage-desk-4101=other; ${cookie}; theme=dark`, true],
    ['beside a wrong one of the same name', `usage-desk-4100=wrong; ${cookie}`, true],
    ['under the name of another port', `usage-desk-4101=${secret}`, false],
    ['with a letter more', `${cookie}x`, false],
    ['cut short', cookie.slice(0, -1), false],
    ['empty', 'usage-desk-4100=', false],
    ['missing', undefined, false],
  ])('is looked for in a cookie %s', (_name, header, found) => {
    expect(sessions.has(header)).toBe(found);
  });

  it('of another process is not known', () => {
    expect(createSessions({ now: () => 0, port: 4100 }).has(cookie)).toBe(false);
  });
});
