import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createSystemClock } from '../../../src/main/adapters/system/system-clock.ts';

const startMs = Date.UTC(2026, 10, 20, 12);
let computerMs: number;
/** Goes on whatever is done to the computer's clock. */
let monotonicMs: number;
const createClock = () =>
  createSystemClock({ computerNowMs: () => computerMs, monotonicNowMs: () => monotonicMs });
/** Lets real time pass: the computer's clock and its timers go together. */
const pass = (ms: number) => {
  for (let left = ms; left > 0; left -= 1_000) {
    computerMs += Math.min(left, 1_000);
    monotonicMs += Math.min(left, 1_000);
    vi.advanceTimersByTime(Math.min(left, 1_000));
  }
};

beforeEach(() => {
  computerMs = startMs;
  monotonicMs = 5_000;
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('until AWS has answered, the time is the computer’s', () => {
  const clock = createClock();
  expect([clock.now(), clock.offsetMs()]).toEqual([startMs, null]);
});

test('the offset that AWS told corrects the time; noise below it does not move it, a real change does', () => {
  const clock = createClock();
  clock.learnOffset(3_600_000);
  expect(clock.now()).toBe(startMs + 3_600_000);
  clock.learnOffset(3_599_100);
  expect(clock.offsetMs()).toBe(3_600_000);
  clock.learnOffset(3_600_200);
  expect(clock.offsetMs()).toBe(3_600_200);
  clock.learnOffset(-500);
  expect(clock.offsetMs()).toBe(-500);
  clock.learnOffset(Number.NaN);
  expect(clock.offsetMs()).toBe(-500);
});

test('a task runs when AWS’s time has come, not before, and once', () => {
  const clock = createClock();
  const ran = vi.fn();
  clock.schedule(startMs + 90_000, ran);
  pass(89_000);
  expect(ran).not.toHaveBeenCalled();
  pass(1_000);
  expect(ran).toHaveBeenCalledTimes(1);
  pass(200_000);
  expect(ran).toHaveBeenCalledTimes(1);
});

test('a task whose time has passed runs soon, but never inside the call that asked for it', () => {
  const clock = createClock();
  const ran = vi.fn();
  clock.schedule(startMs - 1, ran);
  expect(ran).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(ran).toHaveBeenCalledTimes(1);
});

test('a cancelled task does not run', () => {
  const clock = createClock();
  const ran = vi.fn();
  clock.schedule(startMs + 1_000, ran)();
  pass(60_000);
  expect(ran).not.toHaveBeenCalled();
});

test('a sleep of the computer is noticed within half a minute of waking', () => {
  const clock = createClock();
  const ran = vi.fn();
  clock.schedule(startMs + 3_600_000, ran);
  computerMs += 7_200_000;
  vi.advanceTimersByTime(30_000);
  expect(ran).toHaveBeenCalledTimes(1);
});

test('a clock that is set back does not run a task early', () => {
  const clock = createClock();
  const ran = vi.fn();
  clock.schedule(startMs + 20_000, ran);
  computerMs -= 3_600_000;
  vi.advanceTimersByTime(60_000);
  expect(ran).not.toHaveBeenCalled();
});

test('a corrected offset and a shift of time move what is waited for at once', () => {
  const clock = createClock();
  const [byOffset, byShift] = [vi.fn(), vi.fn()];
  clock.schedule(startMs + 3_600_000, byOffset);
  clock.learnOffset(3_600_000);
  vi.advanceTimersByTime(1);
  expect(byOffset).toHaveBeenCalledTimes(1);
  clock.schedule(startMs + 20 * 3_600_000, byShift);
  computerMs += 24 * 3_600_000;
  clock.rearm();
  vi.advanceTimersByTime(1);
  expect(byShift).toHaveBeenCalledTimes(1);
});

test('a task far beyond the longest timer of the system does not run at once', () => {
  const clock = createClock();
  const ran = vi.fn();
  clock.schedule(startMs + 60 * 86_400_000, ran);
  pass(120_000);
  expect(ran).not.toHaveBeenCalled();
});

test('tasks run in their order, may ask for others, and one that throws stops none', () => {
  const clock = createClock();
  const ran: string[] = [];
  clock.schedule(startMs + 2_000, () => ran.push('second'));
  clock.schedule(startMs + 1_000, () => {
    ran.push('first');
    clock.schedule(startMs + 3_000, () => ran.push('third'));
  });
  clock.schedule(startMs + 1_000, () => {
    throw new Error('a defect');
  });
  expect(() => pass(1_000)).toThrow('a defect');
  pass(5_000);
  expect(ran).toEqual(['first', 'second', 'third']);
});

test('after closing nothing runs', () => {
  const clock = createClock();
  const ran = vi.fn();
  clock.schedule(startMs + 1_000, ran);
  clock.close();
  pass(60_000);
  expect(ran).not.toHaveBeenCalled();
});

test('an offset is unknown again once the computer’s clock was set, until AWS answers', () => {
  const clock = createClock();
  clock.learnOffset(-3_600_000);
  pass(60_000);
  expect(clock.offsetMs()).toBe(-3_600_000);
  computerMs -= 3_600_000;
  expect(clock.offsetMs()).toBeNull();
  expect(clock.now()).toBe(startMs + 60_000 - 3_600_000);
  clock.learnOffset(-400);
  expect(clock.offsetMs()).toBe(-400);
  pass(60_000);
  expect(clock.offsetMs()).toBe(-400);
});

test('a clock that is set while nobody looks at the time is noticed by the next answer too', () => {
  const clock = createClock();
  clock.learnOffset(-900);
  computerMs += 500_000;
  // Close to what was known, and yet of another clock.
  clock.learnOffset(-1_800);
  expect(clock.offsetMs()).toBe(-1_800);
});

test('small differences between the clocks do not add up to a loss of the offset', () => {
  const clock = createClock();
  clock.learnOffset(-400);
  for (let seconds = 0; seconds < 600; seconds += 1) {
    pass(1_000);
    computerMs += 20;
    expect(clock.offsetMs()).toBe(-400);
  }
});

test('a shift of time by design keeps the offset', () => {
  const clock = createClock();
  clock.learnOffset(-400);
  computerMs += 26 * 3_600_000;
  clock.rearm();
  expect(clock.offsetMs()).toBe(-400);
});

test('who waits for AWS’s time is told once it is known, and again after it was lost, never inside the answer', () => {
  const clock = createClock();
  const told = vi.fn();
  const stop = clock.onLearnt(told);
  clock.learnOffset(-400);
  expect(told).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(told).toHaveBeenCalledTimes(1);
  clock.learnOffset(5_000);
  vi.advanceTimersByTime(1);
  expect(told).toHaveBeenCalledTimes(1);
  computerMs += 60_000;
  clock.learnOffset(-400);
  vi.advanceTimersByTime(1);
  expect(told).toHaveBeenCalledTimes(2);
  stop();
  computerMs += 60_000;
  clock.learnOffset(-400);
  vi.advanceTimersByTime(1);
  expect(told).toHaveBeenCalledTimes(2);
});
