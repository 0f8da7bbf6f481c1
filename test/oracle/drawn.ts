import type { Row } from './random-hospital.ts';

/** An extract as a text table. */
export const drawn = (extract: readonly Row[]): string => {
  const columns = Object.keys(extract[0]!);
  const lines = extract.map((row) => columns.map((column) => row[column] ?? '').join(' | '));
  return [columns.join(' | '), ...lines].join('\n');
};
