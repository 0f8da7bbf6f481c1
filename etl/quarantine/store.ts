import { chmodSync, mkdirSync } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier, literal } from '../../warehouse/quote.ts';
import { readRows } from '../../warehouse/rows.ts';
import { directIdentifier } from '../gate/no-identifier.ts';
import type { ReadFile } from '../land/load.ts';
import { settleParquet } from '../land/settle-parquet.ts';
import type { SourceFormat } from '../workspace/config.ts';
import type { Verdict } from '../land/verdict.ts';
import { storeColumns, storeFile, storedRows, storeFolder } from './store-file.ts';
import { rulesOf } from './unread-rules.ts';

/** What of a batch was refused. The places of its records stand in the temp table `placed`. */
export interface Refusals {
  readonly source: string;
  readonly batch: string;
  readonly run: string;
  readonly isHeld: boolean;
  readonly format: SourceFormat;
  readonly files: readonly ReadFile[];
  readonly verdicts: readonly Pick<Verdict, 'contract' | 'view'>[];
  /** Store files of the same deliveries, as they landed before. */
  readonly earlier: readonly string[];
}

/**
 * Writes the refused rows of a batch to quarantine/<batch>.parquet, in place of what an earlier run wrote of it.
 *
 * What was refused before and is not any more goes on as `replayed`, without its text. The store holds rows as they
 * were sent and is nobody's but the owner's. Where an identifier was found the row's text and key are left out: the
 * file and line say where to look.
 */
export const writeQuarantine = async (
  connection: DuckDBConnection,
  dataFolder: string,
  refusals: Refusals,
): Promise<void> => {
  const { batch, isHeld, earlier } = refusals;
  await connection.run(`create or replace temp view refused_now as ${refusedRows(refusals)}`);
  const parts = [
    `select ${storeColumns.map((name) => (name === 'first_run' ? firstRun(earlier) : `now.${name}`)).join(', ')}
     from refused_now as now ${earlier.length === 0 ? '' : `left join ${firstRuns(earlier)} as before using (file_digest, record, contract_key)`}`,
    // Nothing of a held batch has landed, so nothing of it is mended.
    ...(isHeld || earlier.length === 0 ? [] : [mendedRows(refusals)]),
  ];
  await settleStore(connection, dataFolder, batch, parts.join('\nunion all '));
};

/** Writes a store file, unless there is nothing in it. @param query SQL of the columns of a store file */
export const settleStore = async (
  connection: DuckDBConnection,
  dataFolder: string,
  batch: string,
  query: string,
): Promise<void> => {
  const [row] = await readRows(connection, `select count(*) as rows from (from (${query}) limit 1)`);
  if (Number(row?.rows) === 0) return;
  mkdirSync(storeFolder(dataFolder), { recursive: true, mode: 0o700 });
  const file = storeFile(dataFolder, batch);
  await settleParquet(connection, query, file);
  chmodSync(file, 0o600);
};

/** SQL of the key of a row, its parts with bars between. */
export const keyText = ({ key }: Verdict['contract'], row: string): string =>
  `concat_ws('|', ${key.map((name) => `coalesce(${row}.${identifier(name)}::varchar, '')`).join(', ')})`;

/** SQL condition: an identifier was found in the row, which is kept nowhere. */
export const isWithheld = `(len(list_filter(rule, lambda one: starts_with(one, 'identifier:'))) > 0
  or regexp_matches(coalesce(text, ''), ${literal(directIdentifier)}))`;

/** SQL of the id of a refused row. */
export const idSql = `left(md5(concat_ws(' ', source_id, file_digest, record, coalesce(contract, ''))), 16)`;

const contractKey = `coalesce(contract, '')`;

const refusedRows = ({ source, run, isHeld, format, files, verdicts }: Refusals): string => {
  const only = verdicts.length === 1 ? literal(verdicts[0]!.contract.id) : 'null::varchar';
  // The first line of another format is a row; and a NUL would end the statement.
  const headerOf = ({ scan }: ReadFile): string => (format === 'csv' ? scan.header.replaceAll('\0', '') : '');
  const facts = files.map(
    (file, i) => `(${i}, ${[file.name, file.scan.digest, headerOf(file)].map(literal).join(', ')})`,
  );
  const place = 'placed.file, placed.record, placed.line, placed.byte, placed.text, placed.is_whole';
  const refused = [
    `select ${place}, ${only} as contract, null as key, ${rulesOf('rules')} as rule, true as is_unread, 'open' as state
     from placed where rules > 0`,
    ...verdicts.map(
      ({ contract, view }) => `select ${place}, ${literal(contract.id)}, ${keyText(contract, 'refused')},
         coalesce(_broken, _overridden), false, ${isHeld ? `'open'` : `case when _broken is null then 'accepted' else 'open' end`}
       from ${view} as refused join placed on placed.read = refused._record
       where (_broken is not null or _overridden is not null) and not _is_duplicate`,
    ),
  ];
  return `
    select ${idSql} as id, *, ${contractKey} as contract_key from (
      select ${literal(source)} as source_id, digest as file_digest, name as file_name, record, line, byte as byte_position,
        contract, is_unread, rule, case when ${isWithheld} then null else key end::varchar as business_key,
        case when ${isWithheld} then null else text end as raw_text, is_whole and not ${isWithheld} as is_whole,
        ${format === 'csv' ? 'case when text is not null then header end' : 'null::varchar'} as header,
        ${literal(run)} as first_run, ${literal(run)} as last_run, state
      from (${refused.join('\nunion all ')}) join (values ${facts.join(', ')}) as fact(file, name, digest, header) using (file))`;
};

const firstRun = (earlier: readonly string[]): string =>
  earlier.length === 0
    ? 'now.first_run'
    : 'least(now.first_run, coalesce(before.first_run, now.first_run)) as first_run';

const firstRuns = (earlier: readonly string[]): string =>
  `(select file_digest, record, ${contractKey} as contract_key, min(first_run) as first_run
    from ${storedRows(earlier)} group by all)`;

const mendedRows = ({ files, run, earlier }: Refusals): string => {
  const digests = files.map(({ scan }) => literal(scan.digest)).join(', ');
  return `
    select ${storeColumns.map((name) => mendedColumn(name, run)).join(', ')}
    from (
      from ${storedRows(earlier)} where file_digest in (${digests}) and record is not null
      qualify row_number() over (partition by file_digest, record, contract, business_key order by last_run desc) = 1
    ) as was anti join refused_now as now
      on was.file_digest = now.file_digest and was.record = now.record and ${contractKey.replace('contract', 'was.contract')} = now.contract_key
      and was.business_key is not distinct from now.business_key`;
};

/** SQL of a column of a row that is refused no more: what made it one to be kept apart goes. */
export const mendedColumn = (name: string, run: string): string => {
  switch (name) {
    case 'raw_text':
    case 'business_key':
    case 'header':
      return `null::varchar as ${name}`;
    case 'is_whole':
      return 'false as is_whole';
    case 'last_run':
      return `case when was.state = 'replayed' then was.last_run else ${literal(run)} end as last_run`;
    case 'state':
      return `'replayed' as state`;
    default:
      return `was.${name}`;
  }
};
