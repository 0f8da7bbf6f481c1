import { resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError } from '../../warehouse/error.ts';
import { checkColumns } from './check-columns.ts';
import type { Contract } from '../contract/contract.ts';
import { findFiles } from '../find.ts';
import { HeldError } from '../error.ts';
import type { LandRequest } from './land.ts';
import type { Circumstances } from '../gate/question.ts';
import type { ScannedFile } from './arrival.ts';
import { checkTotals } from './control-total.ts';
import { loadLookups, type ScannedLookup } from './lookup.ts';
import { openFile, sourceRows, type OpenFile, type ReadFile, type SourceRows } from './load.ts';
import { checkManifest } from './manifest.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { mappedRows } from '../mapping/project.ts';
import { batchesOf } from '../raw/landed-state.ts';
import { refuseFlaw } from '../read/flaw.ts';
import { readLayout } from '../read/layout.ts';
import { refuseTorn } from '../read/torn-rows.ts';
import { rulingOf } from '../quarantine/ruling-of-batch.ts';
import { judge, keepsOrder, settle, type JudgedRows, type Verdict } from './verdict.ts';

/** A batch whose every row has been read, mapped and judged. Its tables live in the connection. */
export interface JudgedBatch {
  readonly files: readonly ReadFile[];
  /** In the order in which the mapping writes its contracts. */
  readonly verdicts: readonly Verdict[];
  /** Records the reader refused that somebody decided to discard. */
  readonly discardedUnread: number;
}

/**
 * Reads the files of a batch and judges their rows.
 *
 * @throws HeldError when a file cannot be read as what its source says, or its columns or its manifest do not fit
 */
export const readBatch = async (
  request: LandRequest,
  connection: DuckDBConnection,
  scanned: readonly ScannedFile[],
  contracts: readonly Contract[],
  lookups: readonly ScannedLookup[],
): Promise<JudgedBatch> => {
  const { source, mapping, progress } = request;
  await asData(
    lookups.flatMap(({ files }) => files),
    () => loadLookups(connection, lookups),
  );
  const files = await openAll(request, connection, scanned, contracts);
  return asData(files, async () => {
    const circumstancesOf = (contract: Contract): Circumstances => ({
      privacy: source.privacy,
      isInstant: mapping.timestamps === 'instant',
      neverFilled: mapping.partial.get(contract.id) ?? [],
    });
    const mappedFrom = (rows: SourceRows, contract: Contract): string =>
      mappedRows(mapping, contract, rows.relation, rows.columns);
    const streamed = await sourceRows(connection, files, canStream(mapping, files));
    const [first] = contracts;
    const rows =
      !streamed.isStreamed ||
      !first ||
      (await keepsOrder(connection, first, circumstancesOf(first), mappedFrom(streamed, first)))
        ? streamed
        : await sourceRows(connection, files, false);
    const judged: JudgedRows[] = [];
    for (const contract of contracts) {
      progress(`Judging ${source.id} as ${contract.id}`, judged.length, contracts.length);
      judged.push(
        await judge(connection, contract, {
          circumstances: circumstancesOf(contract),
          mapped: mappedFrom(rows, contract),
          isStreamed: rows.isStreamed,
        }),
      );
    }
    const read = await rows.files(judged[0]?.mapped ?? 0);
    const ruling = await rulingOf(connection, {
      source: source.id,
      format: source.format,
      dataFolder: request.workspace.dataFolder,
      files: read,
      contract: contracts.length === 1 ? contracts[0]!.id : null,
    });
    const verdicts: Verdict[] = [];
    for (const one of judged) {
      const whole = verdicts.find((verdict) => verdict.contract.id === one.contract.partOf);
      verdicts.push(await settle(connection, one, ruling, whole));
    }
    return { verdicts, files: read, discardedUnread: ruling.discardedUnread };
  });
};

const openAll = async (
  { source, workspace, mapping, progress, landed }: LandRequest,
  connection: DuckDBConnection,
  scanned: readonly ScannedFile[],
  contracts: readonly Contract[],
): Promise<readonly OpenFile[]> => {
  if (mapping.format !== null && mapping.format !== source.format)
    throw new UserError(`Mapping ${mapping.id} reads ${mapping.format}, source ${source.id} says ${source.format}`, {
      mend: 'Mend `format` or `mapping` of the source in himsight.yaml.',
    });
  const dictionaries = (workspace.config.registry?.dictionaries ?? [])
    .map((path) => resolve(workspace.folder, path))
    // A path that means no file is kept, so that its reader names it.
    .flatMap((path) => (findFiles(path, 'naaccr-xml').length > 0 ? findFiles(path, 'naaccr-xml') : [path]));
  const sheet = { named: source.sheet ?? null, contracts: contracts.map(({ id }) => id) };
  const layout = source.layout === undefined ? null : readLayout(source.layout);
  const before = batchesOf(landed, source.id)
    .flatMap(({ files }) => files.flatMap(({ columns }) => (columns ? [columns] : [])))
    .at(-1);
  const open: OpenFile[] = [];
  for (const [position, file] of scanned.entries()) {
    progress(`Reading ${file.name}`, position, scanned.length);
    // A workbook is a zip archive itself.
    if (source.format !== 'xlsx' || file.scan.flaw?.kind !== 'zip') refuseFlaw(file.name, file.scan.flaw);
    const opened = await asData([file], () =>
      openFile(connection, source.format, file, position, { dictionaries, sheet, layout, view: mapping.view }),
    );
    checkColumns(opened, mapping, contracts, source, before);
    checkManifest(opened, source);
    if (source.format === 'csv' && file.splits) await refuseTorn(opened, file.splits);
    await asData([file], () => checkTotals(connection, opened));
    open.push(opened);
  }
  return open;
};

/** Bytes below which rows are kept as text: to find out whether they can be streamed takes longer than to read them. */
const worthStreaming = 4_000_000;

/** Whether each source row is asked for once and gives one row, so that the order of the rows is that of the records. */
const canStream = ({ writes, lookups, spansFiles }: Mapping, files: readonly ScannedFile[]): boolean =>
  lookups.length === 0 &&
  !spansFiles &&
  files.some(({ scan }) => scan.bytes > worthStreaming) &&
  [...writes.values()].every(({ rows, only, except }) => writes.size === 1 && rows === 'each' && !only && !except);

// A damaged footer of Parquet points beyond the end of its file.
const dataFault =
  /^((Invalid Input|Invalid|Conversion|Out of Range|Serialization) Error:|IO Error: Could not read enough bytes)/;

/** What DuckDB cannot read of a file is the file's fault. Its own message may quote a row and is dropped. */
const asData = async <T>(files: readonly ScannedFile[], read: () => Promise<T>): Promise<T> => {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Error && dataFault.test(error.message))) throw error;
    throw new HeldError(
      `${files.map(({ name }) => name).join(', ')} is held by rule unreadable: it does not have the form its source says`,
      'Look for another format under the wrong name, and for line breaks and quotes in odd places; then export it again.',
    );
  }
};
