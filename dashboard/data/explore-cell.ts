import type { Cell } from '../chart/drawing.ts';
import type { Answer, Row } from './answer.ts';
import type { Metric } from './catalogue.ts';
import type { ExploreView, ShareKind } from './explore-address.ts';
import { formatChange, formatValue } from './format.ts';

/** The totals that a number of a table is a part of. */
export interface Totals {
  /** Of its line, of its column, and of everything; undefined where there is none. */
  readonly row: Row | undefined;
  readonly column: Row | undefined;
  readonly all: Row | undefined;
}

/** What is told of a number beside it, in a column of its own. */
export interface CellTold {
  readonly label: string;
  readonly cell: (row: Row | undefined, totals: Totals) => Cell;
}

/** The same of what needs no totals. */
export interface CellCompared extends CellTold {
  readonly cell: (row: Row | undefined) => Cell;
}

/** What another release, or other days, gave for the same; none where nothing is compared. */
export const comparedParts = ({ asked, against, rows }: Answer, metric: Metric): readonly CellCompared[] => {
  const isThere = rows.some((row) => row.metric === metric.id && row.compareValue !== null);
  if (against === null && (asked.compare === null || !isThere)) return [];
  const words = (text: string, raw: number | null): Cell => ({ text, raw });
  return [
    {
      label: against === null ? 'before' : 'other release',
      cell: (row) => words(formatValue(row?.compareValue, metric.unit), row?.compareValue ?? null),
    },
    {
      label: against === null ? 'change' : 'difference',
      cell: (row) => words(formatChange(row?.change, metric.unit), row?.change ?? null),
    },
  ];
};

const shareLabels: Readonly<Record<ShareKind, string>> = {
  row: 'share of row',
  column: 'share of column',
  all: 'share of all',
};

/** Its share of a total; none where none is asked. Not known of a total that is not above 0. */
export const sharePart = (share: ExploreView['share']): readonly CellTold[] =>
  share === null
    ? []
    : [
        {
          label: shareLabels[share],
          cell: (row, totals) => {
            const [value, total] = [row?.value ?? null, totals[share]?.value ?? null];
            const part = value === null || total === null || total <= 0 ? null : value / total;
            return { text: formatValue(part, 'share'), raw: part };
          },
        },
      ];
