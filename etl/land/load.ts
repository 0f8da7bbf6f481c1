import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier } from '../../warehouse/quote.ts';
import { readRows } from '../../warehouse/rows.ts';
import { HeldError } from '../error.ts';
import type { ScannedFile } from './arrival.ts';
import { manifestRows } from './manifest.ts';
import { csvRejects, csvRows, headerNames } from '../read/csv.ts';
import { plainDialect } from '../read/dialect.ts';
import { fixedWidthRows, loadFixedWidth } from '../read/fixed-width.ts';
import type { Layout } from '../read/layout.ts';
import { loadNaaccrXml } from '../read/naaccr-xml.ts';
import { loadNdjson, ndjsonRows } from '../read/ndjson.ts';
import { parquetFacts, parquetRows, refuseTornParquet } from '../read/parquet.ts';
import { loadFhir } from '../fhir/load.ts';
import { viewColumns, type ViewDefinition } from '../fhir/view.ts';
import { loadXlsx, type SheetChoice } from '../read/xlsx.ts';
import { noRejects, type RejectRule, type Rejects } from '../read/reject.ts';
import type { SourceFormat } from '../workspace/config.ts';

/** A file whose columns are known. */
export interface OpenFile extends ScannedFile {
  /** Whether its columns are those of a dictionary, of which every file holds others. */
  readonly isOpen: boolean;
  readonly columns: readonly string[];
  /** Records by a count that is not the reader's own where there is one, the header apart. */
  readonly records: number;
  /** SQL of its rows with every column as text; with `_record` but for CSV, whose rows have their order alone. */
  readonly rows: string;
  /** Rows of `rows` and broken records together; null where only reading tells. */
  readonly read: number | null;
  /** Numbers of the records that are no rows though the reader got hold of them, ascending. */
  readonly broken: Float64Array;
  readonly rejects: Rejects;
  /** Why those are none. */
  readonly brokenRule: RejectRule;
  /** Physical line on which each record begins, of formats that tell it while they are read; else null. */
  readonly lines: readonly number[] | null;
  /** Items a registry file holds that may not land, by id; resources of another type. */
  readonly skipped: Readonly<Record<string, number>>;
  /** Rows its sender's manifest gives, or null. */
  readonly manifestRows: number | null;
}

/** A file as it was read. */
export interface ReadFile extends OpenFile {
  /** `_record` of its first record is `start` + 1: files of one batch are numbered through. */
  readonly start: number;
  readonly read: number;
}

/** The rows of all files of a batch as one relation. */
export interface SourceRows {
  /** SQL of a relation: the columns as text, and `_record`. */
  readonly relation: string;
  readonly columns: readonly string[];
  /** True when `_record` is null here and is to be taken from the row numbers of a table made from all these rows. */
  readonly isStreamed: boolean;
  /** What reading came to; to be called once the relation was read. `rows`: how many a streamed relation gave. */
  readonly files: (rows: number) => Promise<readonly ReadFile[]>;
}

/** Under which `skipped` counts resources of another type than the view's. */
export const otherResources = 'resources of another type';

/** What a source says that only some formats ask for. */
export interface FormatSettings {
  /** NAACCR XML: paths of base and user dictionaries. */
  readonly dictionaries: readonly string[];
  /** Workbooks: which sheet to read. */
  readonly sheet: SheetChoice;
  /** Fixed width: where the columns stand. */
  readonly layout: Layout | null;
  /** FHIR: how resources become rows. */
  readonly view: ViewDefinition | null;
}

/**
 * Opens a file so far that its columns are known. Nothing of a CSV or Parquet file's rows is read yet.
 *
 * @param position of the file in its batch, or another name of its own, to tell tables apart
 * @throws UserError when the file does not have the shape of its format
 */
export const openFile = async (
  connection: DuckDBConnection,
  format: SourceFormat,
  file: ScannedFile,
  position: number | string,
  { dictionaries, sheet, layout, view }: FormatSettings,
): Promise<OpenFile> => {
  const { path, name, scan, manifest } = file;
  const { content, isGzip } = scan;
  const plain = {
    ...file,
    isOpen: format === 'naaccr-xml',
    broken: new Float64Array(),
    brokenRule: 'broken-json' as const,
    rejects: noRejects,
    lines: null,
    skipped: {},
    manifestRows: manifestRows(manifest, path),
  };
  const table = `extract_${position}`;
  switch (format) {
    case 'csv': {
      const dialect = file.dialect ?? plainDialect;
      const columns = headerNames(scan.header, dialect.delimiter, dialect.quote);
      refuseTwins(name, columns);
      return {
        ...plain,
        columns,
        records: scan.records - 1,
        read: null,
        rows: csvRows({ file: content, isGzip, columns, dialect }),
      };
    }
    case 'parquet': {
      await refuseTornParquet(path, name);
      const { columns, rows } = await parquetFacts(connection, path);
      return { ...plain, columns, records: rows, read: rows, rows: parquetRows(path, columns) };
    }
    case 'ndjson': {
      const { columns, lines, broken, rejects } = await loadNdjson(connection, table, { file: content, isGzip });
      const rows = ndjsonRows(table, columns);
      return { ...plain, columns, records: scan.records, read: lines, broken, rejects, rows };
    }
    case 'fixed-width': {
      if (layout === null) throw new Error(`${name}: fixed width without a layout`);
      const { lines, broken, rejects } = await loadFixedWidth(
        connection,
        table,
        { file: content, isGzip, skippedLines: file.splits?.skippedLines ?? 0 },
        layout,
      );
      const columns = layout.columns.map((column) => column.name);
      const rows = fixedWidthRows(table, layout);
      return {
        ...plain,
        columns,
        records: scan.records,
        read: lines,
        broken,
        brokenRule: 'record-length',
        rejects,
        rows,
      };
    }
    case 'xlsx': {
      const { columns, lines } = await loadXlsx({ file: path, name, isGzip, connection, table, sheet });
      refuseTwins(name, columns);
      return {
        ...plain,
        columns,
        records: lines.length,
        read: lines.length,
        lines,
        rows: `(from ${identifier(table)})`,
      };
    }
    case 'naaccr-xml': {
      const request = { file: path, name, connection, table, dictionaries };
      const { records, lines, skipped } = await loadNaaccrXml(request);
      const columns = (await columnsOf(connection, table)).filter((name) => name !== '_record');
      return { ...plain, columns, records, read: records, lines, skipped, rows: `(from ${identifier(table)})` };
    }
    case 'fhir-ndjson': {
      if (view === null) throw new Error(`${name} is to be read as FHIR without a view`);
      const { lines, broken, rejects, others } = await loadFhir({
        file: content,
        isGzip,
        view,
        connection,
        table,
      });
      const columns = viewColumns(view);
      const skipped: Readonly<Record<string, number>> = others === 0 ? {} : { [otherResources]: others };
      return {
        ...plain,
        columns,
        records: scan.records,
        read: lines,
        broken,
        rejects,
        skipped,
        rows: `(from ${identifier(table)})`,
      };
    }
  }
};

/**
 * The rows of the open files as one relation.
 *
 * @param canStream whether each row is asked for once and gives one row, so that a CSV file need not be kept as text
 */
export const sourceRows = async (
  connection: DuckDBConnection,
  files: readonly OpenFile[],
  canStream: boolean,
): Promise<SourceRows> => {
  const [only] = files;
  const columns = [...new Set(files.flatMap((file) => file.columns))];
  if (only && files.length === 1 && only.read !== null)
    return {
      relation: only.rows,
      columns,
      isStreamed: false,
      files: () => Promise.resolve([{ ...only, start: 0, read: only.read! }]),
    };
  if (only && files.length === 1 && canStream)
    return {
      relation: `(select *, null::bigint as _record from ${only.rows})`,
      columns,
      isStreamed: true,
      files: async (rows) => [{ ...only, start: 0, read: rows, rejects: await csvRejects(connection) }],
    };
  const read = await gather(connection, files, columns);
  const record = files.every((file) => file.read === null) ? 'rowid + 1' : '_record';
  return {
    relation: `(select ${[...columns.map(identifier), `${record} as _record`].join(', ')} from source_row)`,
    columns,
    isStreamed: false,
    files: () => Promise.resolve(read),
  };
};

/** Puts the rows of all files, one file after the other, into the table `source_row`. */
const gather = async (
  connection: DuckDBConnection,
  files: readonly OpenFile[],
  columns: readonly string[],
): Promise<readonly ReadFile[]> => {
  const defined = [...columns.map((name) => `${identifier(name)} varchar`), '_record bigint'];
  await connection.run(`create temp table source_row (${defined.join(', ')})`);
  const read: ReadFile[] = [];
  let start = 0;
  for (const file of files) {
    const texts = columns.map((name) => (file.columns.includes(name) ? identifier(name) : 'null'));
    const record = file.read === null ? 'null' : `_record + ${start}`;
    const { rowsChanged } = await connection.run(
      `insert into source_row select ${[...texts, record].join(', ')} from ${file.rows}`,
    );
    const rejects = file.read === null ? await csvRejects(connection) : file.rejects;
    read.push({ ...file, start, rejects, read: file.read ?? rowsChanged });
    start += file.read ?? rowsChanged;
  }
  return read;
};

const columnsOf = async (connection: DuckDBConnection, table: string): Promise<readonly string[]> => {
  const rows = await readRows(connection, `select column_name from (describe ${identifier(table)})`);
  return rows.map(({ column_name: name }) => name as string);
};

const refuseTwins = (name: string, columns: readonly string[]): void => {
  const twin = columns.find((column, i) => columns.findIndex((one) => one.toLowerCase() === column.toLowerCase()) < i);
  if (twin !== undefined)
    throw new HeldError(
      `${name} line 1 is held by rule twin-column: its header names the same column twice`,
      'Give every column a name of its own; capitals make no difference.',
    );
};
