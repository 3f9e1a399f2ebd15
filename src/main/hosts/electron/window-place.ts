/** Where a window opens: where it was, when there still is a screen there. */

/** In pixels that Electron calls device-independent, from the left top of the main screen. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Without a place the system chooses one. */
export interface WindowPlace {
  readonly width: number;
  readonly height: number;
  readonly x?: number;
  readonly y?: number;
}

const usual = { width: 1280, height: 800 } as const;
export const smallest = { width: 640, height: 480 } as const;

/**
 * The place of a window that was at `saved` (null at the first start), given the work areas of the screens that exist now, the main one
 * first. It lies whole on one screen, at most as large as that; without a screen where it was, on the main one.
 */
export function placeWindow(saved: Rectangle | null, workAreas: readonly Rectangle[]): WindowPlace {
  const main = workAreas[0];
  const wanted = saved ?? usual;
  const size = {
    width: Math.max(wanted.width, smallest.width),
    height: Math.max(wanted.height, smallest.height),
  };
  if (main === undefined) return size;
  const there = saved === null ? null : screenOf(saved, workAreas);
  if (saved === null || there === null) return shrink(size, main);
  const fitted = shrink(size, there);
  return {
    ...fitted,
    x: within(saved.x, there.x, there.x + there.width - fitted.width),
    y: within(saved.y, there.y, there.y + there.height - fitted.height),
  };
}

/** The screen that shows most of the window; null when none shows any of it. */
function screenOf(saved: Rectangle, workAreas: readonly Rectangle[]): Rectangle | null {
  let best: { readonly area: Rectangle; readonly shown: number } | null = null;
  for (const area of workAreas) {
    const shown =
      overlap(saved.x, saved.width, area.x, area.width) * overlap(saved.y, saved.height, area.y, area.height);
    if (shown > (best?.shown ?? 0)) best = { area, shown };
  }
  return best?.area ?? null;
}

const overlap = (start: number, length: number, otherStart: number, otherLength: number): number =>
  Math.max(0, Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart));

const shrink = (size: { readonly width: number; readonly height: number }, area: Rectangle) => ({
  width: Math.min(size.width, area.width),
  height: Math.min(size.height, area.height),
});

/** The low end wins on a screen that is smaller than the smallest window. */
const within = (value: number, low: number, high: number): number => Math.max(low, Math.min(value, high));
