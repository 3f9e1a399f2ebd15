import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeWindow, type Rectangle } from '../../../src/main/hosts/electron/window-place.ts';

const laptop: Rectangle = { x: 0, y: 25, width: 1440, height: 875 };
const right: Rectangle = { x: 1440, y: 0, width: 2560, height: 1400 };
const left: Rectangle = { x: -1920, y: 0, width: 1920, height: 1040 };

describe('the place of a window', () => {
  it.each<[string, Rectangle | null, readonly Rectangle[], object]>([
    ['the first start lets the system choose', null, [laptop], { width: 1280, height: 800 }],
    [
      'where it was',
      { x: 100, y: 60, width: 900, height: 700 },
      [laptop],
      { x: 100, y: 60, width: 900, height: 700 },
    ],
    [
      'on a screen to the left',
      { x: -1800, y: 10, width: 900, height: 700 },
      [laptop, left],
      { x: -1800, y: 10, width: 900, height: 700 },
    ],
    [
      'its screen is gone',
      { x: 2000, y: 10, width: 900, height: 700 },
      [laptop],
      { width: 900, height: 700 },
    ],
    [
      'larger than the screen that is left',
      { x: 2000, y: 10, width: 2400, height: 1300 },
      [laptop],
      { width: 1440, height: 875 },
    ],
    [
      'half off the screen',
      { x: 1000, y: 600, width: 900, height: 700 },
      [laptop],
      { x: 540, y: 200, width: 900, height: 700 },
    ],
    [
      'its title above the screen',
      { x: 100, y: -300, width: 900, height: 700 },
      [laptop],
      { x: 100, y: 25, width: 900, height: 700 },
    ],
    [
      'across two screens, most of it on the right',
      { x: 1400, y: 50, width: 900, height: 700 },
      [laptop, right],
      { x: 1440, y: 50, width: 900, height: 700 },
    ],
    [
      'too small to use',
      { x: 10, y: 50, width: 20, height: 20 },
      [laptop],
      { x: 10, y: 50, width: 640, height: 480 },
    ],
    [
      'touching a screen by an edge alone',
      { x: 1440, y: 50, width: 900, height: 700 },
      [laptop],
      { width: 900, height: 700 },
    ],
  ])('%s', (_name, saved, screens, expected) => {
    expect(placeWindow(saved, screens)).toEqual(expected);
  });

  it('always lies whole on a screen that exists, or is left to the system', () => {
    const area = fc.record({
      x: fc.integer({ min: -5_000, max: 5_000 }),
      y: fc.integer({ min: -5_000, max: 5_000 }),
      width: fc.integer({ min: 640, max: 5_000 }),
      height: fc.integer({ min: 480, max: 5_000 }),
    });
    fc.assert(
      fc.property(area, fc.array(area, { minLength: 1, maxLength: 4 }), (saved, screens) => {
        const { x, y, width, height } = placeWindow(saved, screens);
        const fits = screens.some(
          (screen) =>
            width <= screen.width &&
            height <= screen.height &&
            (x === undefined || (x >= screen.x && x + width <= screen.x + screen.width)) &&
            (y === undefined || (y >= screen.y && y + height <= screen.y + screen.height)),
        );
        expect(fits).toBe(true);
      }),
    );
  });
});
