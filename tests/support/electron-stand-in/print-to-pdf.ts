/** `webContents.printToPDF`: Electron and Chromium's debugging protocol print by the same code. */
import type { PrintToPDFOptions } from 'electron';
import type { CDPSession } from 'playwright-core';

/** Inches, as the protocol takes them. */
const papers = { A4: [8.27, 11.7], Letter: [8.5, 11] } as const;

/** https://www.electronjs.org/docs/latest/api/web-contents#contentsprinttopdfoptions */
export async function printToPdf(session: CDPSession, options: PrintToPDFOptions): Promise<Buffer> {
  const { pageSize = 'Letter', ...others } = options;
  if ((pageSize !== 'A4' && pageSize !== 'Letter') || Object.keys(others).length > 0)
    throw new Error(`The stand-in for Electron does not print with ${JSON.stringify(options)}: teach it.`);
  const [paperWidth, paperHeight] = papers[pageSize];
  const { data } = await session.send('Page.printToPDF', { paperWidth, paperHeight });
  return Buffer.from(data, 'base64');
}
