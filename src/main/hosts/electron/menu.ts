/** The standard menu of each system, by Electron's roles, so that its words and keys are the system's own; Help is ours. */
import type { MenuItemConstructorOptions } from 'electron';

export interface MenuFacts {
  readonly platform: NodeJS.Platform;
  /** Developer tools are for unpackaged builds only. */
  readonly packaged: boolean;
  readonly openLogs: () => void;
  readonly showAbout: () => void;
}

export function menuTemplate({
  platform,
  packaged,
  openLogs,
  showAbout,
}: MenuFacts): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    { role: 'fileMenu' },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        { role: 'reload' },
        ...(packaged ? [] : [{ role: 'toggleDevTools' } as const]),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
    {
      role: 'help',
      label: '&Help',
      submenu: [
        { label: 'Open the &log folder', click: () => openLogs() },
        { label: '&About Usage Desk', click: () => showAbout() },
      ],
    },
  ];
}
