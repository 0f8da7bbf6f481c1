import { basename } from 'node:path';
import type { Column } from './model/compiled.ts';
import { globless, identifier, literal } from './quote.ts';

/** One immutable Parquet file of a raw table, and which of its rows count. */
export interface RawPart {
  readonly batch: string;
  /** Absolute path. */
  readonly file: string;
  /** Half-open ranges of the table's period column that a later part took over: [from, to) ISO dates. */
  readonly covered: readonly { readonly from: string; readonly to: string }[];
  /** Files of later parts: a row whose key stands in one of them does not count. */
  readonly yieldsTo: readonly string[];
}

/** A raw table as its parts make it up. */
export interface PartedTable {
  readonly columns: readonly Column[];
  /** Columns that tell two rows apart; a null is a value of its own. */
  readonly key: readonly string[];
  /** The column that `covered` speaks of; null where the table has none. */
  readonly period: string | null;
  readonly parts: readonly RawPart[];
}

/**
 * SQL of the rows that count, with the table's columns in their types.
 *
 * Parts whose every row counts are one scan. The others lose their covered rows, and those whose key stands in a later
 * part, by an anti join against the keys of those parts alone: no sort over the history.
 */
export const rawQuery = (table: PartedTable): string => {
  const whole = table.parts.filter(isWhole).map(({ file }) => file);
  const narrowed = table.parts.filter((part) => !isWhole(part));
  return together(table, [
    ...(whole.length > 0 ? [`from ${parquet(whole)}`] : []),
    ...narrowed.map((part) => live(table, part)),
  ]);
};

/**
 * SQL of the rows that came, went or changed between two states of a table: a changed row twice, as it was and as it
 * is. It may name more rows than those, never fewer.
 *
 * A part that came or went counts whole. Of one that stayed, the rows of ranges and the rows with keys of files that
 * only one of the two states sets aside.
 *
 * @param before its files must still stand, see `filesNeeded`
 */
export const changedRows = (before: PartedTable, now: PartedTable): string => {
  const [old, young] = [byIdentity(before.parts), byIdentity(now.parts)];
  const came = now.parts.filter((part) => !old.has(identityOf(part)));
  const went = before.parts.filter((part) => !young.has(identityOf(part)));
  const stayed = now.parts.flatMap((part) => {
    const was = old.get(identityOf(part));
    return was === undefined ? [] : disturbed(now, was, part);
  });
  return together(now, [
    ...[came, went].filter((parts) => parts.length > 0).map((parts) => rawQuery({ ...now, parts })),
    ...stayed,
  ]);
};

/** Files that `changedRows` reads. */
export const filesNeeded = (before: PartedTable, now: PartedTable): readonly string[] => [
  ...new Set([...before.parts, ...now.parts].flatMap(({ file, yieldsTo }) => [file, ...yieldsTo])),
];

/** What makes two parts one: batch and file name. The folder may have been moved between two runs. */
const identityOf = ({ batch, file }: RawPart): string => `${batch} ${basename(file)}`;

const byIdentity = (parts: readonly RawPart[]): ReadonlyMap<string, RawPart> =>
  new Map(parts.map((part) => [identityOf(part), part]));

const isWhole = ({ covered, yieldsTo }: RawPart): boolean => covered.length === 0 && yieldsTo.length === 0;

const parquet = (files: readonly string[]): string =>
  `read_parquet([${files.map((file) => literal(globless(file))).join(', ')}], union_by_name = true)`;

/** By name and with an empty first: a part written before a column joined the table has nothing there. */
const together = ({ columns }: PartedTable, rows: readonly string[]): string => {
  const names = columns.map(({ name }) => identifier(name)).join(', ');
  const empty = `select ${columns.map(({ name, type }) => `null::${type} as ${identifier(name)}`).join(', ')} where false`;
  return rows.length === 0 ? empty : `select ${names} from (\n${[empty, ...rows].join('\nunion all by name\n')})`;
};

const live = (table: PartedTable, { file, covered, yieldsTo }: RawPart): string => {
  const kept = covered.length === 0 ? '' : ` where (${inRanges(table, covered)}) is not true`;
  const rows = `from (from ${parquet([file])}${kept}) as part`;
  return yieldsTo.length === 0 ? `select part.* ${rows}` : `select part.* ${rows} anti join ${keysOf(table, yieldsTo)}`;
};

const disturbed = (table: PartedTable, was: RawPart, is: RawPart): string[] => {
  const ranges = inOneOnly(was.covered, is.covered, ({ from, to }) => `${from} ${to}`);
  const files = inOneOnly(was.yieldsTo, is.yieldsTo, (file) => basename(file));
  const rows = `select part.* from ${parquet([is.file])} as part`;
  return [
    ...(ranges.length > 0 ? [`${rows} where ${inRanges(table, ranges)}`] : []),
    ...(files.length > 0 ? [`${rows} semi join ${keysOf(table, files)}`] : []),
  ];
};

const inOneOnly = <T>(before: readonly T[], now: readonly T[], nameOf: (each: T) => string): T[] => {
  const [old, young] = [new Set(before.map(nameOf)), new Set(now.map(nameOf))];
  return [...before.filter((each) => !young.has(nameOf(each))), ...now.filter((each) => !old.has(nameOf(each)))];
};

const inRanges = ({ period }: PartedTable, ranges: RawPart['covered']): string =>
  ranges
    .map(({ from, to }) => `${identifier(period!)} >= ${literal(from)} and ${identifier(period!)} < ${literal(to)}`)
    .join(' or ');

/** The later keys, and the condition under which one of them is the row's. */
const keysOf = ({ key }: PartedTable, files: readonly string[]): string => {
  const names = key.map(identifier);
  return `(select ${names.join(', ')} from ${parquet(files)}) as later
    on ${names.map((name) => `part.${name} is not distinct from later.${name}`).join(' and ')}`;
};
