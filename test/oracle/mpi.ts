import { dayOf, monthOf } from './calendar.ts';
import type { Row } from './random-hospital.ts';
import type { Operations } from './random-operations.ts';

const number = (row: Row, name: string): number => (row[name] === null ? NaN : Number(row[name]));
const at = (row: Row): string => String(row.as_of);

/** What the measures of patient indexes are of one of them, among all those counted. */
export const mpi = ({ mpi_stat }: Operations, system: string): Readonly<Record<string, number | null>> => {
  const own = mpi_stat.filter((row) => row.system_id === system).sort((a, b) => (at(a) < at(b) ? -1 : 1));
  const inPairs = (row: Row): number =>
    row.records_in_possible_pairs === null
      ? 2 * number(row, 'possible_dup_pairs')
      : number(row, 'records_in_possible_pairs');
  const usable = (row: Row): boolean => inPairs(row) <= number(row, 'records_total');
  const overlapping = (row: Row): boolean => row.overlaps !== null;
  const pairs = latest(mpi_stat.filter(usable), own.filter(usable));
  const overlaps = latest(mpi_stat.filter(overlapping), own.filter(overlapping));
  const both = own.filter((row) => row.confirmed_dups_created !== null && row.registrations !== null);
  const registered = ofMonths(both, 'registrations');
  const overlays = own.filter((row) => row.overlays_found !== null);
  return {
    duplicate_error_rate: pairs === null ? null : inPairs(pairs) / number(pairs, 'records_total'),
    duplicate_creation_rate: registered === 0 ? null : ofMonths(both, 'confirmed_dups_created') / registered,
    overlays: overlays.length === 0 ? null : ofMonths(overlays, 'overlays_found'),
    overlaps: overlaps === null ? null : number(overlaps, 'overlaps'),
  };
};

/** Its last count, unless it is older than the month before the last count of any index. */
const latest = (all: readonly Row[], own: readonly Row[]): Row | null => {
  const last = own.at(-1);
  const end = all.map(at).sort().at(-1);
  if (last === undefined || end === undefined) return null;
  return monthOf(dayOf(`${at(last)} 00:00:00`)) >= monthOf(dayOf(`${end} 00:00:00`)) - 1 ? last : null;
};

/** What is told for months so far, added up: of each month its last count. */
const ofMonths = (rows: readonly Row[], name: string): number => {
  const months = new Map(rows.map((row) => [at(row).slice(0, 7), number(row, name)]));
  return [...months.values()].reduce((total, value) => total + value, 0);
};
