/** `nativeTheme`, `powerMonitor` and `screen`: the computer around the app, as the spec says that it is. */
import type { Display, NativeTheme, PowerMonitor, Rectangle, Screen } from 'electron';
import { onOrder, record } from './control.ts';
import { createKnownEvents } from './known-events.ts';
import { mustBeReady } from './life.ts';
import { refuseTheRest } from './refuse-the-rest.ts';

const themeEvents = createKnownEvents('nativeTheme', ['updated']);
const powerEvents = createKnownEvents('powerMonitor', [
  'suspend',
  'resume',
  'lock-screen',
  'unlock-screen',
  'shutdown',
]);
const screenEvents = createKnownEvents('screen', [
  'display-added',
  'display-removed',
  'display-metrics-changed',
]);

let systemDark = false;
let themeSource: NativeTheme['themeSource'] = 'system';
const listeners: ((dark: boolean) => void)[] = [];
const isDark = (): boolean => (themeSource === 'system' ? systemDark : themeSource === 'dark');

/** Windows hear it at once and whenever it changes. */
export function onThemeChange(listener: (dark: boolean) => void): void {
  listeners.push(listener);
  listener(isDark());
}

function tellTheme(): void {
  for (const listener of listeners) listener(isDark());
  themeEvents.emit('updated', {});
}

export const nativeTheme: NativeTheme = refuseTheRest<NativeTheme>('nativeTheme', {
  get themeSource() {
    return themeSource;
  },
  set themeSource(source) {
    themeSource = source;
    record('nativeTheme.themeSource', source);
    tellTheme();
  },
  get shouldUseDarkColors() {
    return isDark();
  },
  on: ((name: string, listener: (...args: never[]) => void) => {
    themeEvents.on(name, listener);
    return nativeTheme;
  }) as NativeTheme['on'],
});

export const powerMonitor: PowerMonitor = refuseTheRest<PowerMonitor>('powerMonitor', {
  on: ((name: string, listener: (...args: never[]) => void) => {
    powerEvents.on(name, listener);
    return powerMonitor;
  }) as PowerMonitor['on'],
});

let workAreas: readonly Rectangle[] = [
  process.env.STAND_IN_SCREEN === undefined
    ? { x: 0, y: 0, width: 1920, height: 1040 }
    : JSON.parse(process.env.STAND_IN_SCREEN),
];
const display = (workArea: Rectangle, id: number): Display =>
  refuseTheRest<Display>('Display', { id, workArea, bounds: workArea, scaleFactor: 1 });

export const screen: Screen = refuseTheRest<Screen>('screen', {
  getAllDisplays: () => {
    mustBeReady('screen');
    return workAreas.map(display);
  },
  getPrimaryDisplay: () => {
    mustBeReady('screen');
    return display(workAreas[0] ?? { x: 0, y: 0, width: 1280, height: 800 }, 0);
  },
  on: ((name: string, listener: (...args: never[]) => void) => {
    screenEvents.on(name, listener);
    return screen;
  }) as Screen['on'],
});

onOrder<boolean>('system-dark', (dark) => {
  systemDark = dark;
  tellTheme();
});
/** Tells the windows once more: a spec that attaches to Chromium brings a preference of its own. */
onOrder<undefined>('tell-theme', tellTheme);
onOrder<'suspend' | 'resume'>('power', (name) => powerEvents.emit(name));
onOrder<readonly Rectangle[]>('screens', (areas) => {
  workAreas = areas;
});
