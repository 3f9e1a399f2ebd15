import { describe, expect, it } from 'vitest';
import { createPagePrinter, paperOf } from '../../../src/main/hosts/electron/page-printer.ts';

describe('the paper of a PDF', () => {
  it.each([
    ['US', 'Letter'],
    ['CA', 'Letter'],
    ['DE', 'A4'],
    ['', 'A4'],
  ])('is, in %s, %s', (country, paper) => {
    expect(paperOf(country)).toBe(paper);
  });
});

describe('the printer of the page', () => {
  it('fails where there is no window', async () => {
    const printer = createPagePrinter({ page: () => undefined, country: () => 'DE' });
    await expect(printer.toPdf()).rejects.toThrow('no window');
  });
});
