import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { literal } from '../../warehouse/quote.ts';

/** A demo workspace taken apart into what was there before its last day, and what that day brought. */
export interface OneNight {
  /** Everything but the encounters discharged on the last day, as of its beginning. */
  readonly history: string;
  /** That day's encounters and all that belongs to them, with the lists of facilities and providers: as if it were the first. */
  readonly alone: string;
  /** Lays the day's files into `history`. */
  readonly arrive: () => void;
  /** Rows of all the day's files. */
  readonly rows: number;
}

/** Lists that come with every night. */
const lists = ['facility.csv', 'provider.csv.gz'];

// The demo's torn rows are left out: this is about days, not about faults.
const csvOptions = `all_varchar = true, nullstr = '', delim = ',', quote = '"', escape = '"', ignore_errors = true`;

/** How DuckDB reads an extract as it stands, and writes it again. */
const reading = (file: string): { readonly from: string; readonly to: string } | null => {
  if (file.endsWith('.csv')) return { from: `read_csv(${literal(file)}, ${csvOptions})`, to: 'format csv, header' };
  if (file.endsWith('.parquet')) return { from: `read_parquet(${literal(file)})`, to: 'format parquet' };
  if (file.endsWith('.ndjson'))
    return {
      from: `read_json(${literal(file)}, format = 'newline_delimited', ignore_errors = true)`,
      to: 'format json',
    };
  return null;
};

/**
 * Takes the last day of a demo apart. The as-of of the history is a day earlier, so that everything that is open then
 * has to be looked at again when the day arrives.
 */
export const takeLastNight = async (demo: string, folder: string): Promise<OneNight> => {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  const extract = join(demo, 'extract');
  const [history, alone] = [join(folder, 'history'), join(folder, 'alone')];
  for (const workspace of [history, alone]) {
    mkdirSync(join(workspace, 'extract', 'history'), { recursive: true });
    mkdirSync(join(workspace, 'extract', 'night'), { recursive: true });
    const settings = readFileSync(join(demo, 'himsight.yaml'), 'utf8');
    writeFileSync(join(workspace, 'himsight.yaml'), settings.replaceAll('path: extract/', 'path: extract/*/'));
  }
  await connection.run(`create table stay as select encounter_id, discharge_ts
    from read_csv(${literal(join(extract, 'encounter-*.csv'))}, ${csvOptions})`);
  const manifest = JSON.parse(readFileSync(join(extract, 'manifest.json'), 'utf8')) as { extract_as_of_ts: string };
  // Among millions of rows some of the spoilt ones lie beyond the day that the extracts speak up to.
  await connection.run(`create table night as select encounter_id from stay where left(discharge_ts, 10) =
    (select max(left(discharge_ts, 10)) from stay where discharge_ts < ${literal(manifest.extract_as_of_ts.slice(0, 10))})`);
  const audits = join(extract, 'audit_review.csv');
  await connection.run('create table audit (audit_id varchar)');
  if (existsSync(audits))
    await connection.run(`insert into audit select audit_id
      from read_csv(${literal(audits)}, ${csvOptions}) semi join night using (encounter_id)`);
  let rows = 0;
  for (const name of readdirSync(extract)) {
    const file = join(extract, name);
    const read = reading(file);
    const key = read === null ? null : await keyOf(connection, read.from);
    if (read === null || key === null) {
      if (name !== 'manifest.json') copyFileSync(file, join(history, 'extract', 'history', name));
      if (lists.includes(name)) copyFileSync(file, join(alone, 'extract', 'history', name));
      continue;
    }
    const days = key === 'encounter_id' ? 'night' : 'audit';
    const copy = async (kind: 'semi' | 'anti', to: string): Promise<number> =>
      (
        await connection.run(
          `copy (from ${read.from} ${kind} join ${days} using (${key})) to ${literal(to)} (${read.to})`,
        )
      ).rowsChanged;
    await copy('anti', join(history, 'extract', 'history', name));
    const own = join(alone, 'extract', 'night', name);
    const brought = await copy('semi', own);
    if (brought === 0) rmSync(own);
    rows += brought;
  }
  connection.closeSync();
  instance.closeSync();
  const dayBefore = new Date(Date.parse(`${manifest.extract_as_of_ts.slice(0, 10)}T00:00:00Z`) - 86_400_000);
  const asOf = (workspace: string, part: string, text: string): void => {
    writeFileSync(join(workspace, 'extract', part, 'manifest.json'), JSON.stringify({ extract_as_of_ts: text }));
  };
  asOf(history, 'history', dayBefore.toISOString().slice(0, 19));
  asOf(alone, 'history', manifest.extract_as_of_ts);
  asOf(alone, 'night', manifest.extract_as_of_ts);
  return {
    history,
    alone,
    rows,
    arrive: () => {
      for (const name of readdirSync(join(alone, 'extract', 'night')))
        copyFileSync(join(alone, 'extract', 'night', name), join(history, 'extract', 'night', name));
    },
  };
};

/** What ties an extract's rows to a day; null where nothing does. */
const keyOf = async (connection: DuckDBConnection, from: string): Promise<string | null> => {
  const reader = await connection.runAndReadAll(`select column_name from (describe from ${from})`);
  const names = reader.getColumns()[0]?.map(String) ?? [];
  return ['encounter_id', 'audit_id'].find((name) => names.includes(name)) ?? null;
};
