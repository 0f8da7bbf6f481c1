import type { DuckDBConnection } from '@duckdb/node-api';
import { literal } from '../../warehouse/quote.ts';
import { readRows } from '../../warehouse/rows.ts';
import type { BatchReason } from '../land/batch-report.ts';
import type { ReplayedContract } from './replay-rows.ts';
import { isWithheld, keyText, mendedColumn } from './store.ts';
import { storeColumns } from './store-file.ts';

/**
 * Makes the temp table `stored_after`, the store of a batch after a replay: what was not judged again as it was, what was
 * refused again with its rules of now, and what was not as `replayed`.
 */
export const storeAfter = async (
  connection: DuckDBConnection,
  run: string,
  contracts: readonly ReplayedContract[],
): Promise<void> => {
  const columns = storeColumns.join(', ');
  const again = contracts.map(
    ({ contract, again }) => `
      select ${literal(contract.id)} as contract, _record as record, coalesce(_broken, _overridden) as rule,
        ${keyText(contract, 'r')} as key, case when _broken is null then 'accepted' else 'open' end as state
      from ${again} r where (_broken is not null or _overridden is not null) and not _is_duplicate`,
  );
  await connection.run(
    `create or replace temp table refused_again as
     with place as (
       select contract, record, any_value(id) as id, any_value(source_id) as source_id, any_value(file_digest) as file_digest,
         any_value(file_name) as file_name, any_value(line) as line, any_value(byte_position) as byte_position,
         any_value(raw_text) as text, any_value(header) as header, min(first_run) as first_run
       from judged_again group by contract, record
     ),
     refused as (select place.* exclude (contract, record), now.* from (${again.join(' union all ')}) now join place using (contract, record))
     select * exclude (key, text), false as is_unread, case when ${isWithheld} then null else key end as business_key,
       case when ${isWithheld} then null else text end as raw_text, not ${isWithheld} as is_whole, ${literal(run)} as last_run
     from refused`,
  );
  await connection.run(
    `create or replace temp table stored_after as
     select ${columns} from stored where rowid not in (select stored_row from judged_again)
     union all
     select ${columns} from refused_again
     union all
     select ${storeColumns.map((name) => mendedColumn(name, run)).join(', ')} from judged_again as was anti join refused_again as now
       on was.contract = now.contract and was.record = now.record and was.business_key is not distinct from now.business_key`,
  );
};

/** Why rows of `stored_after` were refused, most frequent first. @param says what each rule means */
export const reasonsAfter = async (
  connection: DuckDBConnection,
  says: ReadonlyMap<string, string>,
): Promise<readonly BatchReason[]> => {
  const rows = await readRows(
    connection,
    `select one as rule, contract, count(*) as count, count_if(state = 'accepted') as overridden,
       arg_min(file_name, line) as file, min(line) as line
     from (select *, unnest(rule) as one from stored_after where state in ('open', 'accepted'))
     group by one, contract order by count desc, one`,
  );
  return rows.map(({ overridden, ...row }) => ({
    ...(row as unknown as BatchReason),
    ...(overridden === 0 ? {} : { overridden: Number(overridden) }),
    says: says.get(String(row.rule)) ?? '',
  }));
};
