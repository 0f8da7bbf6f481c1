import { statSync } from 'node:fs';
import { HeldError } from '../error.ts';
import type { LandedState } from '../raw/landed-state.ts';
import { asSetting, dialectBytes, difference, plainDialect, sniff, type CsvDialect } from '../read/dialect.ts';
import { headOf } from '../read/head.ts';
import type { Layout } from '../read/layout.ts';
import { scanFile, type Reading } from '../read/scan.ts';
import type { Progress } from '../print/progress.ts';
import type { Source } from '../workspace/workspace.ts';
import type { ScannedFile } from './arrival.ts';
import type { DeliveredFile } from './delivery.ts';

/** What decides how the files of a source are read. */
export interface ReadingContext {
  readonly source: Pick<Source, 'id' | 'format' | 'csv'>;
  /** Columns its files should have. */
  readonly wanted: readonly string[];
  readonly landed: Pick<LandedState, 'dialects'>;
  /** Of fixed width. */
  readonly layout: Layout | null;
}

/** How one file is read, as far as its first bytes tell. */
export interface FileReading {
  readonly reading: Reading | null;
  readonly dialect: CsvDialect | null;
  readonly otherDialect: string | null;
  readonly mark: number;
}

/**
 * How a file is read.
 *
 * A CSV file is read in the dialect it shows. Where the source says another, or landed another one last, that is told:
 * such a file may be read only if it has landed before.
 *
 * @param head its first bytes, decompressed
 * @param before dialect of the file before it in the same batch, which binds it as one that landed
 */
export const readingOf = (
  { source, wanted, landed, layout }: ReadingContext,
  head: Buffer,
  before: CsvDialect | null = null,
): FileReading => {
  const none = { dialect: null, otherDialect: null };
  switch (source.format) {
    case 'parquet':
    case 'xlsx':
      return { ...none, reading: null, mark: 0 };
    case 'fixed-width': {
      const { encoding = 'utf-8', skippedLines = 0 } = layout ?? {};
      return { ...none, reading: { delimiter: null, skippedLines, encoding }, mark: markOf(head) };
    }
    case 'csv': {
      const bound = { ...(before ?? landed.dialects.get(source.id)), ...source.csv };
      const dialect = sniff(head, wanted, { ...plainDialect, ...bound });
      const other = difference(dialect, bound);
      return {
        dialect,
        otherDialect: other === '' ? null : other,
        reading: { ...dialectBytes(dialect), encoding: dialect.encoding },
        mark: markOf(head),
      };
    }
    default:
      return { ...none, reading: { delimiter: null }, mark: 0 };
  }
};

const markOf = ([a = 0, b = 0]: Buffer): number => (a + b === 0x1fd && a >= 0xfe ? 2 : 0);

/** By what a batch knows a file: what is in it, and how it is read where that is not as plain as can be. */
export const fileKey = (digest: string, { dialect }: Pick<FileReading, 'dialect'>, layout: Layout | null): string => {
  const isPlain = dialect === null || difference(dialect, plainDialect) === '';
  const read = isPlain ? [] : [dialect.delimiter, dialect.quote, dialect.encoding];
  return [digest, ...read, ...(layout ? [layout.fingerprint] : [])].join(' ');
};

/** What else the scan of one file needs. */
export interface ScanSettings {
  /** Dialect of the file before it in the same batch. */
  readonly before: CsvDialect | null;
  /** Absolute: where its text goes if it is not UTF-8. */
  readonly utf8File: string;
  readonly progress: Progress;
}

/** Counts the bytes of a file, and turns a text into UTF-8 where it is not. */
export const scanArrival = async (
  context: ReadingContext,
  arrival: DeliveredFile,
  { before, utf8File, progress }: ScanSettings,
): Promise<ScannedFile> => {
  const { stamp, ...file } = arrival;
  const { path, name } = file;
  const { size } = statSync(path);
  const { reading, dialect, otherDialect, mark } = readingOf(context, await headOf(path), before);
  const encoding = reading?.encoding ?? 'utf-8';
  const turned = reading !== null && encoding !== 'utf-8' ? { ...reading, utf8File } : reading;
  const scan = await scanFile(path, turned, (bytes) => {
    progress(`Counting ${name}`, bytes, size);
  });
  return {
    ...file,
    scan: { ...scan, stamp },
    key: fileKey(scan.digest, { dialect }, context.layout),
    splits: reading,
    dialect,
    otherDialect: dialect && otherDialect !== null ? heldFor(context.source, name, dialect, otherDialect) : null,
    sentAs: encoding === 'utf-8' ? null : { encoding, mark },
  };
};

const heldFor = (
  { id, csv = {} }: Pick<Source, 'id' | 'csv'>,
  name: string,
  dialect: CsvDialect,
  other: string,
): HeldError => {
  const isSaid = difference(dialect, csv) !== '';
  return new HeldError(
    `${name} is held by rule other-dialect: it has ${other}, as ${isSaid ? 'himsight.yaml says' : 'the files before it have'} for source ${id}`,
    isSaid
      ? 'Mend `csv` of the source, or ask for the file as it says.'
      : `Ask its sender for the file as before, or accept the new form with \`${asSetting(dialect)}\` of the source in himsight.yaml.`,
  );
};
