/** The window's page as a PDF: Electron's print dialog shows no preview, and offers a file only where the system does. */
import type { WebContents } from 'electron';
import type { PagePrinter } from '../../core/ports.ts';

/** Where paper is Letter; everywhere else it is A4. https://unicode.org/reports/tr35/tr35-general.html#Measurement_System_Data */
const letterCountries: ReadonlySet<string> = new Set([
  ...['BZ', 'CA', 'CL', 'CO', 'CR', 'GT', 'MX', 'NI', 'PA', 'PH', 'PR', 'SV', 'US', 'VE'],
]);

/** The paper of a two-letter ISO 3166 country; A4 where it isn't known. */
export const paperOf = (country: string): 'A4' | 'Letter' => (letterCountries.has(country) ? 'Letter' : 'A4');

export interface PagePrinterDeps {
  /** The page of the app's window; undefined when there is none. */
  readonly page: () => Pick<WebContents, 'printToPDF'> | undefined;
  readonly country: () => string;
}

export function createPagePrinter({ page, country }: PagePrinterDeps): PagePrinter {
  return {
    toPdf: async () => {
      const contents = page();
      if (contents === undefined) throw new Error('There is no window to print');
      return await contents.printToPDF({ pageSize: paperOf(country()) });
    },
  };
}
