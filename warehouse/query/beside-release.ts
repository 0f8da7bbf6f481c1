import { definitionVersion } from '../metric/definition-version.ts';
import type { Metric } from '../metric/metric.ts';
import { UserError } from '../error.ts';
import type { Reader } from '../open.ts';
import { readRows } from '../rows.ts';
import { answer, type Answer } from './answer.ts';
import { cell, type Column, type ColumnTable } from './column-table.ts';
import type { Side } from './compare-releases.ts';
import { resolveMetrics } from './resolve.ts';
import {
  keyColumns,
  numberColumn,
  numbersOf,
  rowKey,
  rowsByKey,
  sameText,
  takeRows,
  type Place,
} from './table-rows.ts';
import type { ViewState } from './view-state.ts';

/** The release that an answer stands beside, and what it knows of the same metrics. */
export interface Against {
  readonly release: string;
  /** As in an answer. */
  readonly asOf: string;
  readonly completeThrough: string | null;
  readonly metrics: readonly AgainstMetric[];
}

export interface AgainstMetric {
  readonly id: string;
  /** The definition it was made by there; null where that release cannot answer it. */
  readonly version: string | null;
  /**
   * `same`: made alike in both, so that a difference is of data alone. `redefined`: by another definition, or out of tables
   * that are built otherwise. `lacking`: that release cannot answer it.
   */
  readonly state: 'same' | 'redefined' | 'lacking';
}

/** An answer with the other release's numbers beside its own. */
export interface BesideAnswer extends Answer {
  readonly against: Against;
}

/**
 * The answer of one release with what another release gives for the very same question beside it: columns compareRelease
 * (its id), compareValue and change (value − compareValue) after those of the answer. A period or group that only the other
 * release has is a row too, its own value not known.
 *
 * @throws UserError where the view is compared with other days as well: one comparison at a time; and as {@link answer}
 */
export const answerBeside = async (
  now: Side,
  then: Side,
  view: ViewState,
  signal?: AbortSignal,
): Promise<BesideAnswer> => {
  if (view.compare !== null)
    throw new UserError(
      '`against` and `compare`: numbers are compared with another release or with other days, not with both.',
    );
  const own = await answer(now.reader, now.catalogue, view, signal);
  const metrics = resolveMetrics(now.catalogue, view);
  const states = await statesOf(now, then, metrics);
  const shared = states.filter(({ state }) => state !== 'lacking').map(({ id }) => id);
  const other =
    shared.length === 0 ? null : await answer(then.reader, then.catalogue, { ...view, metrics: shared }, signal);
  return {
    ...own,
    against: {
      release: then.reader.release,
      asOf: other?.asOf ?? '',
      completeThrough: other?.completeThrough ?? null,
      metrics: states,
    },
    table: beside(own.table, other?.table ?? null, view, { release: then.reader.release, metrics }),
  };
};

const statesOf = async (now: Side, then: Side, metrics: readonly Metric[]): Promise<readonly AgainstMetric[]> => {
  const [made, wasMade] = [await definitionsOf(now.reader), await definitionsOf(then.reader)];
  return metrics.map((metric): AgainstMetric => {
    const { id, measure } = metric;
    const other = then.catalogue.metrics.find((one) => one.id === id);
    if (other === undefined) return { id, version: null, state: 'lacking' };
    const version = definitionVersion(other);
    const isSame = version === definitionVersion(metric) && made.get(measure.from) === wasMade.get(measure.from);
    return { id, version, state: isSame ? 'same' : 'redefined' };
  });
};

/** Relation → how it and all that it is made of are built. */
const definitionsOf = async (reader: Reader): Promise<ReadonlyMap<string, string>> => {
  const connection = await reader.connect();
  try {
    const rows = await readRows(connection, 'select name, definition from meta.model');
    return new Map(rows.map(({ name, definition }) => [String(name), String(definition)]));
  } finally {
    connection.closeSync();
  }
};

interface Named {
  readonly release: string;
  /** In the order asked. */
  readonly metrics: readonly Metric[];
}

/** Two answers to one view as one table: the rows of either, in the order of an answer. */
const beside = (
  own: ColumnTable,
  other: ColumnTable | null,
  { by }: ViewState,
  { release, metrics }: Named,
): ColumnTable => {
  const then = other ?? { rows: 0, columns: own.columns };
  const [ownKeys, thenKeys] = [keyColumns(own, by), keyColumns(then, by)];
  const [ownRows, thenRows] = [rowsByKey(ownKeys, own.rows), rowsByKey(thenKeys, then.rows)];
  const gone = [...thenRows].filter(([key]) => !ownRows.has(key)).map(([, row]): Place => [1, row]);
  const kept = Array.from({ length: own.rows }, (_, row): Place => [0, row]);
  const places =
    gone.length === 0
      ? kept
      : [...kept, ...gone].toSorted(
          inOrderOf(
            [ownKeys, thenKeys],
            metrics.map(({ id }) => id),
          ),
        );
  const numbers = new Set(['value', 'numerator', 'denominator', 'lower', 'upper', 'n']);
  const columns = own.columns.map((column, at): Column => {
    if (!numbers.has(column.name) || at < ownKeys.length) return takeRows([column, then.columns[at]!], places);
    const values = numbersOf(column, own.rows);
    return numberColumn(
      column.name,
      Float64Array.from(places, ([table, row]) => (table === 0 ? values[row]! : NaN)),
    );
  });
  const valueOf = (table: ColumnTable, keys: readonly Column[]) =>
    numbersOf(
      table.columns.slice(keys.length).find(({ name }) => name === 'value')!,
      table.rows,
    );
  const [values, thenValues] = [valueOf(own, ownKeys), valueOf(then, thenKeys)];
  const compared = Float64Array.from(places, ([table, row]) => {
    const at = table === 1 ? row : thenRows.get(rowKey(ownKeys, row));
    return at === undefined ? NaN : thenValues[at]!;
  });
  const change = Float64Array.from(places, ([table, row], at) => (table === 0 ? values[row]! : NaN) - compared[at]!);
  return {
    rows: places.length,
    columns: [
      ...columns,
      sameText('compareRelease', release, places.length),
      numberColumn('compareValue', compared),
      numberColumn('change', change),
    ],
  };
};

/** Metric as asked, then period and groups ascending, unknown last; texts by their bytes, as the engine orders them. */
const inOrderOf =
  (keys: readonly [readonly Column[], readonly Column[]], metrics: readonly string[]) =>
  (a: Place, b: Place): number => {
    const at = ([table, row]: Place, i: number) => cell(keys[table][i]!, row);
    const byMetric = metrics.indexOf(String(at(a, 0))) - metrics.indexOf(String(at(b, 0)));
    if (byMetric !== 0) return byMetric;
    for (let i = 1; i < keys[0].length; i++) {
      const [one, other] = [at(a, i), at(b, i)];
      if (one === other) continue;
      if (one === null || other === null) return Number(one === null) - Number(other === null);
      return Buffer.compare(Buffer.from(String(one)), Buffer.from(String(other)));
    }
    return 0;
  };
