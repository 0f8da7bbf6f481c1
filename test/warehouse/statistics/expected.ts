import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { sharedData } from '../../support/shared-data.ts';

type Row = Readonly<Record<string, string>>;

/** Rows of a plain CSV file by column; no commas or line breaks inside its quotes. */
export const rowsOf = (file: string): readonly Row[] => {
  const [head = '', ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  const cells = (line: string): string[] => line.split(',').map((cell) => cell.replace(/^"|"$/g, ''));
  const names = cells(head);
  return lines.map((line) => Object.fromEntries(cells(line).map((cell, i) => [names[i] ?? '', cell])));
};

/** Whether the public data for control charts is there. */
export const hasSpc = sharedData('spc', 'expected') !== null;

/** A file of the public data for control charts. */
export const spcRows = (folder: 'input' | 'expected', name: string): readonly Row[] =>
  rowsOf(sharedData('spc', folder, name)!);

/** NA and an empty cell are not known. */
export const numberOf = (text: string | undefined): number | null =>
  text === undefined || text === '' || text === 'NA' ? null : Number(text);

/** Equal to 1e-9 of the expected value, or of 1 where it is smaller; unknown only where it is. */
export const expectNear = (value: number | null | undefined, wanted: number | null, what: string): void => {
  if (wanted === null || value === null || value === undefined) {
    expect(value ?? null, what).toBe(wanted);
    return;
  }
  expect(Math.abs(value - wanted) / Math.max(1, Math.abs(wanted)), what).toBeLessThan(1e-9);
};
