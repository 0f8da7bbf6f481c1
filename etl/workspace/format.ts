import type { SourceFormat } from './config.ts';

/** Endings that files of a format usually have, a further `.gz` or `.zip` aside. */
const endings: Readonly<Record<SourceFormat, readonly string[]>> = {
  csv: ['csv', 'tsv', 'psv', 'txt'],
  parquet: ['parquet'],
  ndjson: ['ndjson', 'jsonl'],
  xlsx: ['xlsx'],
  'naaccr-xml': ['xml'],
  'fixed-width': ['txt', 'dat', 'fwf', 'asc'],
  'fhir-ndjson': ['ndjson', 'jsonl'],
};

/** Names of all formats. */
export const formats = Object.keys(endings) as readonly SourceFormat[];

const isEnding = (format: SourceFormat, name: string): boolean =>
  new RegExp(`\\.(${endings[format].join('|')})(\\.gz|\\.zip)?$`, 'i').test(name);

/** The format whose files are named so; null where none is, the first where several are. */
export const formatOfName = (name: string): SourceFormat | null =>
  formats.find((format) => isEnding(format, name)) ?? null;

/** Whether a file may be of a format by its name. An archive that does not tell what is in it may. */
export const isNamedAs = (format: SourceFormat, name: string): boolean =>
  isEnding(format, name) || (/\.zip$/i.test(name) && formatOfName(name) === null);

/** The endings of a format, for a person: `.csv, .tsv, .psv or .txt`. */
export const endingsOf = (format: SourceFormat): string => {
  const shown = endings[format].map((ending) => `.${ending}`);
  return shown.length === 1 ? shown[0]! : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
};
