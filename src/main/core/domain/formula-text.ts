/** Text that a spreadsheet would run. */

/**
 * What spreadsheets take for the beginning of a formula, wide signs too. Some trim the cell first, so white space before the sign
 * is no protection. https://owasp.org/www-community/attacks/CSV_Injection
 */
const formulaStart = /^(?:\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|[\t\r])/;

export const isFormula = (text: string): boolean => formulaStart.test(text);

/** The text as a cell of a CSV file that runs nothing: an apostrophe goes before a formula. */
export const disarmed = (text: string): string => (isFormula(text) ? `'${text}` : text);
