import { mkdtempSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BatchReport } from '../../etl/land/batch-report.ts';
import { readContracts } from '../../etl/contract/contract.ts';
import { landSource } from '../../etl/land/land.ts';
import { readLandedState } from '../../etl/raw/landed-state.ts';
import { openRun } from '../../etl/ledger/write-ledger.ts';
import { readMapping } from '../../etl/mapping/mapping.ts';
import { noProgress, type Progress } from '../../etl/print/progress.ts';
import { rawTables } from '../../etl/raw/raw-table.ts';
import type { Source, Workspace } from '../../etl/workspace/workspace.ts';
import { openBuilder } from '../../warehouse/open.ts';
import { readRows, type PlainRow } from '../../warehouse/rows.ts';

export const contracts = readContracts();

/** A workspace in a temporary folder, with one source whose files a test writes. */
export class Landing {
  readonly folder = mkdtempSync(join(tmpdir(), 'landing-'));
  readonly source: Source;
  readonly workspace: Workspace;

  constructor(source: Partial<Source> & Pick<Source, 'format'>, path = 'extract/*') {
    this.source = {
      id: 'north',
      path: join(this.folder, path),
      contract: null,
      mapping: 'canonical',
      timezone: 'America/New_York',
      schedule: null,
      privacy: 'limited_data_set',
      hold: { share: 1 },
      extract: null,
      manifest: 'optional',
      ...source,
    };
    this.workspace = {
      folder: this.folder,
      dataFolder: join(this.folder, 'data'),
      targets: [],
      sources: [this.source],
      config: { sources: [] },
    };
  }

  /** Writes a file, its folder beforehand; returns its path. */
  write(name: string, content: string | Uint8Array): string {
    const file = join(this.folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  /** The bytes of a file. */
  read(name: string): Buffer {
    return readFileSync(join(this.folder, name));
  }

  /** One run over the source. */
  async run(source: Source = this.source, progress: Progress = noProgress): Promise<readonly BatchReport[]> {
    const ledgerFolder = join(this.workspace.dataFolder, 'ledger');
    const landed = await readLandedState(ledgerFolder);
    const ledger = openRun(ledgerFolder);
    const mapping = readMapping(source.mapping, contracts, source.contract);
    try {
      return await landSource({
        source,
        workspace: this.workspace,
        contracts,
        mapping,
        landed,
        ledger,
        progress,
      });
    } finally {
      ledger.close();
    }
  }

  /** One run that must deal with exactly one batch. */
  async runOne(): Promise<BatchReport> {
    const [report, ...more] = await this.run();
    if (!report || more.length > 0) throw new Error(`one batch expected, found ${more.length + (report ? 1 : 0)}`);
    return report;
  }

  /** Rows of a query over schema raw as it is now. */
  async raw(sql: string): Promise<readonly PlainRow[]> {
    const state = await readLandedState(join(this.workspace.dataFolder, 'ledger'));
    const builder = await openBuilder(null);
    const { connection } = builder;
    await connection.run('create schema raw');
    for (const { name, query } of rawTables(state, contracts, this.workspace))
      await connection.run(`create view raw."${name}" as ${query}`);
    const found = await readRows(connection, sql);
    await builder.close();
    return found;
  }

  /** Refused rows as the store keeps them. */
  async quarantine(columns = '*'): Promise<readonly PlainRow[]> {
    const builder = await openBuilder(null);
    const { connection } = builder;
    const found = await readRows(
      connection,
      `select ${columns} from read_parquet('${this.workspace.dataFolder}/quarantine/*.parquet') order by file_name, line`,
    );
    await builder.close();
    return found;
  }

  /** All text of ledgers, as a search for leaked values needs it. */
  ledgerText(): string {
    const folder = join(this.workspace.dataFolder, 'ledger');
    return readdirSync(folder)
      .map((id) => readFileSync(join(folder, id, 'event.ndjson'), 'utf8'))
      .join('');
  }
}
