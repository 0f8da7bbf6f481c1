import { chmodSync, existsSync, globSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { VARCHAR, BIGINT, LIST, listValue, type DuckDBConnection } from '@duckdb/node-api';
import { identifier, literal } from '../../warehouse/quote.ts';
import { readRows, type PlainRow } from '../../warehouse/rows.ts';
import { directIdentifier } from '../gate/no-identifier.ts';
import { latestBatches } from '../raw/landed-state.ts';
import type { PlacedRecord } from './place.ts';
import { globless } from '../read/csv.ts';
import { settleParquet } from './settle-parquet.ts';
import type { Verdict } from './verdict.ts';

/** What of a batch was refused. */
export interface Refusals {
  readonly source: string;
  readonly batch: string;
  readonly run: string;
  readonly verdicts: readonly Verdict[];
  readonly placed: readonly PlacedRecord[];
}

const folderOf = (dataFolder: string): string => join(dataFolder, 'quarantine');

/**
 * Writes the refused rows of a batch to quarantine/<batch>.parquet, in place of what an earlier run wrote of it.
 *
 * The store holds rows as they were sent and is nobody's but the owner's. Where an identifier was found the row's text
 * and key are left out: the file and line say where to look.
 */
export const writeQuarantine = async (
  connection: DuckDBConnection,
  dataFolder: string,
  refusals: Refusals,
): Promise<void> => {
  const { source, batch, run, verdicts, placed } = refusals;
  if (placed.length === 0) return;
  const folder = folderOf(dataFolder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${batch}.parquet`);
  const firstRun = existsSync(file)
    ? ((await readRows(connection, `select min(first_run) as run from read_parquet(${literal(globless(file))})`))[0]
        ?.run ?? run)
    : run;
  await appendPlaced(connection, placed);
  const only = verdicts.length === 1 ? literal(verdicts[0]!.contract.id) : 'null';
  const refused = [
    `select digest, name, line, byte, ${only} as contract, null as key, rules, text from placed where read is null`,
    ...verdicts.map(({ contract, view }) => {
      const key = `concat_ws('|', ${contract.key.map((name) => `coalesce(refused.${identifier(name)}::varchar, '')`).join(', ')})`;
      return `select placed.digest, placed.name, placed.line, placed.byte, ${literal(contract.id)}, ${key}, refused._broken, placed.text
        from ${view} as refused join placed on placed.read = refused._record where refused._broken is not null`;
    }),
  ];
  const withheld = `len(list_filter(rules, lambda rule: starts_with(rule, 'identifier:'))) > 0 or regexp_matches(coalesce(text, ''), ${literal(directIdentifier)})`;
  await settleParquet(
    connection,
    `select ${literal(source)} as source_id, digest as file_digest, name as file_name, line::bigint as line,
       byte::bigint as byte_position, contract::varchar as contract,
       case when ${withheld} then null else key end::varchar as business_key, rules::varchar[] as rule,
       case when ${withheld} then null else text end::varchar as raw_text,
       ${literal(firstRun as string)} as first_run, ${literal(run)} as last_run, 'open' as state
     from (${refused.join('\nunion all ')}) order by file_name, line, contract`,
    file,
  );
  chmodSync(file, 0o600);
};

const appendPlaced = async (connection: DuckDBConnection, placed: readonly PlacedRecord[]): Promise<void> => {
  await connection.run(
    'create or replace temp table placed (digest varchar, name varchar, read bigint, line bigint, byte bigint, rules varchar[], text varchar)',
  );
  const appender = await connection.createAppender('placed', null, 'temp');
  for (const { file, read, line, byte, rules, text } of placed) {
    appender.appendValue(file.scan.digest, VARCHAR);
    appender.appendValue(file.name, VARCHAR);
    appender.appendValue(read === null ? null : BigInt(read), BIGINT);
    appender.appendValue(BigInt(line), BIGINT);
    appender.appendValue(byte === null ? null : BigInt(byte), BIGINT);
    appender.appendValue(listValue(rules), LIST(VARCHAR));
    appender.appendValue(text, VARCHAR);
    appender.endRow();
  }
  appender.closeSync();
};

/**
 * Refused rows of all batches, newest run first, without their text and key: what may be shown on a screen. Rows of a
 * file that came again since, mended or not, are `superseded` and stand last.
 *
 * @param rule id, or the part before its colon (`type` for every `type:<column>`)
 */
export const listQuarantine = async (
  connection: DuckDBConnection,
  dataFolder: string,
  { source, rule }: { readonly source?: string; readonly rule?: string } = {},
): Promise<readonly PlainRow[]> => {
  if (globSync('*.parquet', { cwd: folderOf(dataFolder) }).length === 0) return [];
  const latest = [...latestBatches(join(dataFolder, 'ledger')), ''].map(literal).join(', ');
  return readRows(
    connection,
    `select source_id, file_name, line, byte_position, contract, rule, first_run, last_run,
       case when parse_filename(filename, true) in (${latest}) then state else 'superseded' end as state
     from read_parquet(${literal(join(globless(folderOf(dataFolder)), '*.parquet'))}, filename = true)
     where ($1::varchar is null or source_id = $1)
       and ($2::varchar is null or len(list_filter(rule, lambda one: one = $2 or starts_with(one, $2 || ':'))) > 0)
     order by state, last_run desc, source_id, file_name, line`,
    [source ?? null, rule ?? null],
  );
};
