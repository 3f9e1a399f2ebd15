/** A native question at a window. */
import { type BrowserWindow, dialog, type MessageBoxOptions } from 'electron';
import type { Question } from './page-trouble.ts';

/** Gives the number of the button; the signal takes the question away again. Without a window it stands by itself. */
export async function askAtWindow(
  window: BrowserWindow | null,
  { message, detail, buttons }: Question,
  signal?: AbortSignal,
): Promise<number> {
  const box: MessageBoxOptions = {
    type: 'warning',
    title: 'Usage Desk',
    message,
    detail,
    buttons: [...buttons],
    defaultId: 0,
    cancelId: buttons.length - 1,
    noLink: true,
    ...(signal === undefined ? {} : { signal }),
  };
  const { response } = await (window === null
    ? dialog.showMessageBox(box)
    : dialog.showMessageBox(window, box));
  return response;
}
