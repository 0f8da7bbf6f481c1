import type { Block } from './block.ts';
import {
  isValid,
  type Column,
  type ColumnTable,
  type NumberColumn,
  type TextColumn,
  type TimeColumn,
} from './column-table.ts';
import type { Comparison } from './compare.ts';
import { TextCodes } from './text-codes.ts';
import { Validity, validityOf } from './validity.ts';

/** The blocks one below the other, as the table of an answer. `dimensions` names the columns split by. */
export const assemble = (
  blocks: readonly Block[],
  dimensions: readonly string[],
  comparisons: readonly Comparison[] | null,
): ColumnTable => {
  const rows = blocks.reduce((sum, block) => sum + block.rows, 0);
  const numbers = (name: keyof Parts): NumberColumn =>
    number(
      name,
      blocks.map((block) => block[name]),
    );
  const columns: Column[] = [
    metricColumn(blocks, rows),
    date(
      'period',
      blocks.map((block) => block.period ?? new Float64Array(block.rows).fill(NaN)),
    ),
    ...dimensions.map((name, i) =>
      stackedText(
        name,
        blocks.map((block) => [block.by[i], block.rows]),
        rows,
      ),
    ),
    ...(['value', 'numerator', 'denominator', 'lower', 'upper', 'n'] as const).map(numbers),
    // Internal-operations mode, the only one so far, withholds nothing.
    { name: 'suppressed', kind: 'boolean', values: new Uint8Array(rows), validity: null },
  ];
  if (comparisons !== null) columns.push(...comparedColumns(blocks, comparisons));
  return { rows, columns };
};

type Parts = Pick<Block, 'value' | 'numerator' | 'denominator' | 'lower' | 'upper' | 'n'>;

const comparedColumns = (blocks: readonly Block[], comparisons: readonly Comparison[]): Column[] => [
  date(
    'comparePeriod',
    comparisons.map(({ period }) => period),
  ),
  number(
    'compareValue',
    comparisons.map(({ value }) => value),
  ),
  number(
    'change',
    blocks.map((block, i) => block.value.map((value, row) => value - (comparisons[i]?.value[row] ?? NaN))),
  ),
];

const stacked = (parts: readonly Float64Array[]): Float64Array<ArrayBuffer> => {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

const number = (name: string, parts: readonly Float64Array[]): NumberColumn => {
  const values = stacked(parts);
  return { name, kind: 'number', values, validity: validityOf(values) };
};

const date = (name: string, parts: readonly Float64Array[]): TimeColumn => {
  const values = stacked(parts);
  return { name, kind: 'date', values, validity: validityOf(values) };
};

const metricColumn = (blocks: readonly Block[], rows: number): TextColumn => {
  const codes = new TextCodes(rows);
  let at = 0;
  for (const block of blocks) {
    for (let row = 0; row < block.rows; row++) codes.put(at++, block.metric.id);
  }
  return { name: 'metric', kind: 'text', ...codes.finish(), validity: null };
};

const stackedText = (
  name: string,
  parts: readonly (readonly [TextColumn | undefined, number])[],
  rows: number,
): TextColumn => {
  const codes = new TextCodes(rows);
  const validity = new Validity(rows);
  let at = 0;
  for (const [part, count] of parts) {
    for (let row = 0; row < count; row++, at++) {
      if (part === undefined || !isValid(part, row)) validity.clear(at);
      else codes.put(at, part.dictionary[part.codes[row]!]!);
    }
  }
  return { name, kind: 'text', ...codes.finish(), validity: validity.bits };
};
