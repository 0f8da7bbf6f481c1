import { isRequired, type Contract } from '../contract/contract.ts';
import { HeldError } from '../error.ts';
import type { OpenFile } from './load.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { columnProblems } from '../mapping/project.ts';
import { headerNames } from '../read/csv.ts';
import type { CsvDialect } from '../read/dialect.ts';
import type { Source } from '../workspace/workspace.ts';

/** How files of a format name their columns. */
const namesColumns: Readonly<Record<Source['format'], string>> = {
  csv: 'Write a header with the columns',
  parquet: 'Write a table with the columns',
  ndjson: 'Write one JSON object a line with the keys',
  xlsx: 'Write a first row with the columns',
  'naaccr-xml': 'Send the items',
  'fixed-width': 'Give the columns of its layout the names',
  'fhir-ndjson': 'Write a view with the columns',
};

/**
 * @param before columns of the last file of the source that landed, if there is one
 * @throws HeldError when a file has a column nobody declared, which may carry an identifier, or lacks one that is needed
 */
export const checkColumns = (
  { name, columns, scan, dialect }: OpenFile,
  mapping: Mapping,
  contracts: readonly Contract[],
  { format, privacy }: Source,
  before: readonly string[] = [],
): void => {
  const { undeclared, missing: undelivered } = columnProblems(mapping, columns);
  const missing = [...new Set([...undelivered, ...missingRequired(mapping, contracts, columns, privacy)])];
  if (undeclared.length === 0 && missing.length === 0) return;
  const declared = mapping.reads.columns.map((column) => column.name);
  const place = format === 'csv' ? `${name} line 1` : name;
  if (dialect) refuseDelimiter(place, scan.header, dialect, declared);
  // Names that nobody knows at all may be the values of a row.
  if (!mapping.reads.open && !columns.some((column) => declared.includes(column)))
    throw new HeldError(
      `${place} is held by rule missing-column: it names none of the columns of mapping ${mapping.id}${format === 'csv' ? '; is the first line a row?' : ''}`,
      `${namesColumns[format]} ${listed(missing)}.`,
    );
  // A line break lost behind the header makes values of the first row look like columns.
  if (dialect && undeclared.length > 0 && scan.isFirstRowOdd)
    throw new HeldError(
      `${place} is held by rule undeclared-column: ${undeclared.length} columns are undeclared, and no first row fits the header, so that their names may be values and are not told`,
      'Look at the first two lines of the file; every column is to be declared in the mapping.',
    );
  // A column that may be left out and is not there any more may be the one that has another name now.
  const gone = before.filter((column) => !columns.includes(column));
  const others = missing.filter((column) => !gone.includes(column));
  const parts = [
    ...(undeclared.length > 0 ? [`undeclared ${listed(undeclared)}`] : []),
    ...(others.length > 0 ? [`missing ${listed(others)}`] : []),
    ...(gone.length > 0 ? [`missing ${listed(gone)}, which the last delivery had`] : []),
  ];
  const rule = undeclared.length > 0 ? 'undeclared-column' : 'missing-column';
  throw new HeldError(
    `${place} is held by rule ${rule}: ${parts.join('; ')}`,
    undeclared.length > 0
      ? `A column nobody declared may carry an identifier: leave it out of the extract, or declare it in the mapping.${gone.length > 0 ? ' A column that was renamed keeps its old name, or gets the new one in the mapping.' : ''}`
      : 'Send the columns, under exactly these names.',
  );
};

/** What separates values elsewhere, and may stand in them too often to be taken for a delimiter. */
const strange = [':', ' '] as const;

const refuseDelimiter = (
  place: string,
  header: string,
  { delimiter, quote }: CsvDialect,
  declared: readonly string[],
): void => {
  const shown = (by: string): number => headerNames(header, by, quote).filter((name) => declared.includes(name)).length;
  const found = strange.find((one) => shown(one) > Math.max(1, shown(delimiter)));
  if (found === undefined) return;
  throw new HeldError(
    `${place} is held by rule wrong-delimiter: its columns are separated by ${found === ' ' ? 'a space' : `\`${found}\``}`,
    'Export it with one of , ; | ^ ~ or a tab between its values.',
  );
};

/** Source columns without which a column that its contract requires in this privacy mode would be empty in every row. */
const missingRequired = (
  mapping: Mapping,
  contracts: readonly Contract[],
  found: readonly string[],
  privacy: Source['privacy'],
): readonly string[] =>
  contracts.flatMap((contract) =>
    contract.columns
      .filter((column) => isRequired(column, privacy))
      .flatMap(({ name }) => {
        const rules = mapping.writes.get(contract.id)?.columns[name] ?? [];
        const from = rules.flatMap((rule) => (rule.from === undefined ? [] : ownColumn(mapping, rule.from)));
        const isHopeless =
          rules.length > 0 && from.length === rules.length && !from.some((column) => found.includes(column));
        return isHopeless ? from : [];
      }),
  );

/** The source's own column that a value comes by: of what is looked up the one that names the row. */
const ownColumn = ({ lookups }: Mapping, column: string): string =>
  lookups.find(({ name, columns }) => columns.some((one) => `${name}.${one}` === column))?.by ?? column;

const listed = (names: readonly string[]): string => {
  const shown = names.slice(0, 12).map((name) => (name === '' ? 'one without a name' : `\`${name}\``));
  return names.length > shown.length ? `${shown.join(', ')} and ${names.length - shown.length} more` : shown.join(', ');
};
