import { tableFromIPC, type Table, type Vector } from 'apache-arrow';
import type { Against } from '../../warehouse/query/beside-release.ts';
import type { ViewState } from '../../warehouse/query/view-state.ts';
import type { IsoDate } from './period.ts';

/** One value of one metric. Shares 0–1, days decimal; null is not known. */
export interface Row {
  readonly metric: string;
  readonly period: IsoDate | null;
  /** Dimension id → value; null where the record does not say. */
  readonly group: Readonly<Record<string, string | null>>;
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly n: number | null;
  readonly suppressed: boolean;
  readonly compareValue: number | null;
  readonly change: number | null;
}

export interface Answer {
  /** The question it answers, which may no longer be the one on the page. */
  readonly asked: ViewState;
  readonly release: string;
  readonly asOf: string;
  /** The last day complete for every metric asked. */
  readonly completeThrough: IsoDate | null;
  /** The same for each metric by itself, where the server says so. */
  readonly throughOf: ReadonlyMap<string, IsoDate>;
  /** Metric id → the version of the definition it was made by. */
  readonly versionOf: ReadonlyMap<string, string>;
  /** The release whose numbers stand beside in `compareValue` and `change`; null where none does. */
  readonly against: Against | null;
  readonly rows: readonly Row[];
}

/** A Kaplan–Meier curve. */
export interface SurvivalAnswer {
  readonly release: string;
  /** In order of time; the last is the last day that anybody was watched. */
  readonly points: readonly SurvivalPoint[];
}

/** The curve of one group. */
export interface SurvivalGroup {
  /** Dimension id → value. */
  readonly group: Row['group'];
  readonly points: readonly SurvivalPoint[];
}

/** One step of a Kaplan–Meier curve. */
export interface SurvivalPoint {
  /** Days since the start. */
  readonly time: number;
  /** Share still open. */
  readonly survival: number;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly atRisk: number | null;
}

/** The last complete day of a metric's own sources; `otherwise` while nothing is answered. */
export const completeFor = (answer: Answer | null, metric: { readonly id: string }, otherwise: IsoDate): IsoDate =>
  answer?.throughOf.get(metric.id) ?? answer?.completeThrough ?? otherwise;

/** Whether all that is known of a metric is withheld: so few are counted that their number would tell of a person. */
export const isWithheld = (answer: Answer | null, metric: string): boolean => {
  const rows = answer?.rows.filter((row) => row.metric === metric) ?? [];
  return (
    rows.some(({ suppressed }) => suppressed) && rows.every(({ value, suppressed }) => suppressed || value === null)
  );
};

/** What is said in place of a number that is withheld. */
export const withheldSentence = 'Withheld: so few are counted here that the number would tell of a person.';

/** A number of a column; null is not known. */
export const numberAt = (column: Vector | null, index: number): number | null => {
  const value: unknown = column?.get(index) ?? null;
  return value === null ? null : Number(value);
};

/** A text of a column; null is not known. */
export const textAt = (column: Vector | null, index: number): string | null => {
  const value: unknown = column?.get(index) ?? null;
  return value === null ? null : `${value as string | number | boolean}`;
};

/** Dates come as milliseconds or as text, by the column's Arrow type. */
const dateAt = (column: Vector | null, index: number): IsoDate | null => {
  const value: unknown = column?.get(index) ?? null;
  if (value === null) return null;
  if (typeof value === 'string') return value.slice(0, 10);
  return new Date(value instanceof Date ? value : Number(value)).toISOString().slice(0, 10);
};

/** What is said of a table; null where it is not. */
export const meta = (table: Table, key: string): string | null => {
  const value = table.schema.metadata.get(key);
  return value === undefined || value === '' || value === 'null' ? null : value;
};

/** What the server says of each metric: how far it is complete, and its version. */
const aboutMetrics = (table: Table): Pick<Answer, 'throughOf' | 'versionOf'> => {
  const metrics = JSON.parse(meta(table, 'metrics') ?? '[]') as readonly {
    id: string;
    completeThrough?: string | null;
    version?: string;
  }[];
  return {
    throughOf: new Map(metrics.flatMap(({ id, completeThrough }) => (completeThrough ? [[id, completeThrough]] : []))),
    versionOf: new Map(metrics.flatMap(({ id, version }) => (version ? [[id, version]] : []))),
  };
};

/** Reads the Arrow stream of `POST /api/query` to the question `asked`. */
export const readAnswer = (bytes: Uint8Array, asked: ViewState): Answer => {
  const table = tableFromIPC(bytes);
  const column = (name: string) => table.getChild(name);
  const numbers = ['value', 'numerator', 'denominator', 'lower', 'upper', 'n', 'compareValue', 'change'] as const;
  const vectors = numbers.map((name) => [name, column(name)] as const);
  const rows = Array.from({ length: table.numRows }, (_, index): Row => {
    const read = Object.fromEntries(vectors.map(([name, vector]) => [name, numberAt(vector, index)]));
    return {
      metric: textAt(column('metric'), index) ?? '',
      period: dateAt(column('period'), index),
      group: Object.fromEntries(asked.by.map((dimension) => [dimension, textAt(column(dimension), index)])),
      suppressed: column('suppressed')?.get(index) === true,
      ...(read as Record<(typeof numbers)[number], number | null>),
    };
  });
  return {
    asked,
    release: meta(table, 'release') ?? '',
    asOf: meta(table, 'asOf') ?? '',
    completeThrough: meta(table, 'completeThrough'),
    ...aboutMetrics(table),
    against: JSON.parse(meta(table, 'against') ?? 'null') as Against | null,
    rows,
  };
};

/** Reads the Arrow stream of `POST /api/survival`, without a split. */
export const readSurvival = (bytes: Uint8Array): SurvivalAnswer => {
  const release = meta(tableFromIPC(bytes), 'release') ?? '';
  return { release, points: readSurvivalGroups(bytes, []).flatMap(({ points }) => points) };
};

/** The curves of a stream by group, in the order they came. */
export const readSurvivalGroups = (bytes: Uint8Array, by: readonly string[]): readonly SurvivalGroup[] => {
  const table = tableFromIPC(bytes);
  const column = (name: string) => table.getChild(name);
  const groups = Map.groupBy(Array.from({ length: table.numRows }).keys(), (index) =>
    JSON.stringify(by.map((dimension) => textAt(column(dimension), index))),
  );
  return [...groups].map(([key, indexes]) => ({
    group: Object.fromEntries((JSON.parse(key) as (string | null)[]).map((value, i) => [by[i] ?? '', value])),
    points: indexes.map((index) => ({
      time: numberAt(column('time'), index) ?? 0,
      survival: numberAt(column('survival'), index) ?? 1,
      lower: numberAt(column('lower'), index),
      upper: numberAt(column('upper'), index),
      atRisk: numberAt(column('at_risk'), index),
    })),
  }));
};
