import * as Plot from '@observablehq/plot';
import { formatValue, type Unit } from '../data/format.ts';
import { ink } from './drawing.ts';

/** What the values side by side are compared with. */
export interface Compared {
  /** `12 months before`, `the release of …`. */
  readonly since: string;
  /** Label of an item → its value there; null or absent where there is none. */
  readonly values: ReadonlyMap<string, number | null>;
}

/** The values compared with, for the axis; none without a comparison. */
export const comparedNumbers = (compared: Compared | undefined): readonly (number | null)[] => [
  ...(compared?.values.values() ?? []),
];

/** A pale tick across each item's place, where it stood in what is compared with. */
export const comparedMarks = (compared: Compared | undefined, labels: readonly string[]): readonly Plot.Markish[] => {
  const ticks = labels.flatMap((label) => {
    const value = compared?.values.get(label) ?? null;
    return value === null ? [] : [{ label, value }];
  });
  return ticks.length === 0
    ? []
    : [Plot.tickX(ticks, { x: 'value', y: 'label', stroke: ink.faint, strokeWidth: 2, strokeDasharray: '3 2' })];
};

/** `, the release of … 91.2 %`; empty where nothing is compared. */
export const comparedWords = (compared: Compared | undefined, label: string, unit: Unit): string => {
  const value = compared?.values.get(label);
  return compared === undefined || value === undefined ? '' : `, ${compared.since} ${formatValue(value, unit)}`;
};
