import type { Cell } from '../chart/drawing.ts';
import { statusLooks, wholeRelease, type Check } from './check.ts';
import { formatCount, formatValue } from './format.ts';
import type { ShownTable } from './work-table.ts';

const words = (raw: string | null): Cell => ({ text: raw ?? '', raw });
const count = (raw: number | null): Cell => ({ text: formatCount(raw), raw });
const share = (raw: number | null): Cell => ({ text: formatValue(raw, 'share', 2), raw });

const columns: readonly (readonly [label: string, cell: (check: Check) => Cell])[] = [
  ['Check', ({ id }) => words(id)],
  ['Says', ({ says }) => words(says)],
  ['Table', ({ table }) => words(table ?? wholeRelease)],
  ['Source', ({ source }) => words(source)],
  ['Category', ({ kahn }) => words(kahn)],
  ['Severity', ({ severity }) => words(severity)],
  ['Status', ({ status }) => words(statusLooks[status].word)],
  ['Examined', ({ examined }) => count(examined)],
  ['Violated', ({ violated }) => count(violated)],
  ['Share', (check) => share(check.share)],
  ['Threshold', ({ threshold }) => share(threshold)],
  ['Gates', ({ metrics }) => words(metrics.length === 0 ? null : metrics.join(', '))],
  ['Not asked because', ({ off }) => words(off)],
];
const numeric = new Set(['Examined', 'Violated', 'Share', 'Threshold']);

/** A list of checks as a table: a line each, in the order shown, with what they count and gate. */
export const checkTable = (checks: readonly Check[]): ShownTable => ({
  columns: columns.map(([label]) => ({ label, numeric: numeric.has(label) })),
  rows: checks.map((check) => columns.map(([, cell]) => cell(check))),
  foot: null,
});
