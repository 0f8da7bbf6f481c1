import { tableFromIPC, type Table } from 'apache-arrow';
import type { CancerSurvivalAnswer } from '../../warehouse/query/registry/cancer-survival.ts';
import type { RatesAnswer } from '../../warehouse/query/registry/rates.ts';
import { meta, numberAt, textAt } from './answer.ts';
import type { Doubted } from './interval.ts';

/** A rate of one group, per 100,000. */
export interface RateRow extends Doubted {
  /** null: the total. */
  readonly group: string | null;
  readonly label: string;
  readonly isTotal: boolean;
  readonly cases: number | null;
  readonly population: number | null;
  readonly crude: number | null;
  /** The line of the trend there; null where there is none. */
  readonly fitted: number | null;
  /** Why nothing of it is shown; null where it is. */
  readonly withheld: string | null;
}

/** What the server says of rates beside their table. */
export interface Rates extends Omit<RatesAnswer, 'table'> {
  readonly rows: readonly RateRow[];
}

/** Survival of one group after so many months. */
export interface CancerPoint extends Doubted {
  readonly group: string | null;
  readonly label: string;
  readonly months: number;
  readonly atRisk: number | null;
  /** Whether fewer than may be shown are at risk; else a number withheld is one that would tell another. */
  readonly isFewAtRisk: boolean;
  readonly withheld: string | null;
}

export interface CancerSurvival extends Omit<CancerSurvivalAnswer, 'table'> {
  readonly points: readonly CancerPoint[];
}

/** What is said of a table: lists and objects travel as JSON in its metadata, texts as they are. */
const about = (table: Table, texts: readonly string[]): unknown =>
  Object.fromEntries(
    [...table.schema.metadata].map(([key, value]) => [
      key,
      texts.includes(key) || value === '' ? meta(table, key) : (JSON.parse(value) as unknown),
    ]),
  );

const rowsOf = <T>(
  table: Table,
  read: (
    number: (name: string) => number | null,
    text: (name: string) => string | null,
    yes: (name: string) => boolean,
  ) => T,
): T[] =>
  Array.from({ length: table.numRows }, (_, row) =>
    read(
      (name) => numberAt(table.getChild(name), row),
      (name) => textAt(table.getChild(name), row),
      (name) => table.getChild(name)?.get(row) === true,
    ),
  );

const withheldOf = (yes: (name: string) => boolean, text: (name: string) => string | null): string | null =>
  yes('suppressed') ? (text('reason') ?? 'withheld') : null;

/** Reads the Arrow stream of `POST /api/rates`. A group of ages has no rate but its crude one. */
export const readRates = (bytes: Uint8Array): Rates => {
  const table = tableFromIPC(bytes);
  const told = about(table, ['release', 'unit', 'trendUnknown']) as Omit<Rates, 'rows'>;
  const { by } = told.asked;
  const rows = rowsOf(table, (number, text, yes): RateRow => {
    const isCrude = by === 'age' && !yes('is_total');
    return {
      group: by === null ? null : text(by),
      label: text('label') ?? '',
      isTotal: yes('is_total'),
      cases: number('cases'),
      population: number('population'),
      crude: number('crude'),
      value: number(isCrude ? 'crude' : 'rate'),
      lower: number(isCrude ? 'crude_lower' : 'lower'),
      upper: number(isCrude ? 'crude_upper' : 'upper'),
      fitted: number('fitted'),
      withheld: withheldOf(yes, text),
    };
  });
  return { ...told, rows };
};

/** Reads the Arrow stream of `POST /api/registry-survival`. */
export const readCancerSurvival = (bytes: Uint8Array): CancerSurvival => {
  const table = tableFromIPC(bytes);
  const told = about(table, ['release']) as Omit<CancerSurvival, 'points'>;
  const { by } = told.asked;
  const points = rowsOf(table, (number, text, yes): CancerPoint => ({
    group: by === null ? null : text(by),
    label: text('label') ?? '',
    months: number('months') ?? 0,
    value: number('survival'),
    lower: number('lower'),
    upper: number('upper'),
    atRisk: number('at_risk'),
    isFewAtRisk: text('at_risk_reason') === told.suppression.words.few,
    withheld: withheldOf(yes, text),
  }));
  return { ...told, points };
};
