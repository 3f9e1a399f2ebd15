/**
 * Remote debugging of a packaged app would hand its page and its calls to any program of this computer. The fuses close the ways of Node; this
 * closes Chromium's, which no fuse does. https://www.electronjs.org/docs/latest/api/command-line-switches
 */
const debuggingSwitches = ['remote-debugging-port', 'remote-debugging-pipe', 'remote-debugging-address'];

/** What is asked of Electron's app; it has more. */
export interface DebuggableApp {
  readonly isPackaged: boolean;
  readonly commandLine: { readonly hasSwitch: (name: string) => boolean };
}

/** The switch with which a packaged app was started and must not run; null where there is none, or in a build of a developer. */
export function forbiddenSwitch(app: DebuggableApp): string | null {
  if (!app.isPackaged) return null;
  return debuggingSwitches.find((name) => app.commandLine.hasSwitch(name)) ?? null;
}
