/**
 * The stand-in's `electron` module. A name that is not here does not link, a member that is not there throws
 * (`refuse-the-rest.ts`), and each part is held to Electron's own declarations.
 */
import type * as Electron from 'electron';
import { app } from './app.ts';
import './full-disk.ts';
import './orders.ts';
import { BrowserWindow } from './browser-window.ts';
import { clipboard, dialog, shell } from './desktop.ts';
import { ipcMain } from './ipc-main.ts';
import { Menu } from './menu.ts';
import { protocol } from './protocol.ts';
import { session } from './session.ts';
import { nativeTheme, powerMonitor, screen } from './surroundings.ts';

export {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
};

/** A name that Electron does not have would fail to compile here. */
({
  ...{ app, BrowserWindow, clipboard, dialog, ipcMain, Menu },
  ...{ nativeTheme, powerMonitor, protocol, screen, session, shell },
}) satisfies { readonly [Name in keyof typeof Electron]?: unknown };
