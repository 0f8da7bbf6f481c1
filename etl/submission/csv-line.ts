/** One line of CSV as RFC 4180 has it, with CR LF; null is empty. */
export const csvLine = (values: readonly (string | null)[]): string => `${values.map(cell).join(',')}\r\n`;

const cell = (value: string | null): string =>
  value !== null && /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : (value ?? '');
