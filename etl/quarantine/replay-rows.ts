import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier, literal } from '../../warehouse/quote.ts';
import { readRows } from '../../warehouse/rows.ts';
import type { Contract } from '../contract/contract.ts';
import type { BatchContract } from '../land/batch-report.ts';
import type { RecordNumber } from '../land/record-number.ts';
import type { Verdict } from '../land/verdict.ts';
import { globless } from '../read/csv.ts';

/** The rows of one contract of a batch after a replay. */
export interface ReplayedContract {
  readonly contract: Contract;
  /** SQL name of a view as a verdict has it: the rows that had landed, and those judged again. */
  readonly view: string;
  /** SQL name of the rows judged again: the contract's columns, `_record`, `_broken`, `_overridden`, `_is_duplicate`. */
  readonly again: string;
  /** Good rows, those that a later delivery supersedes among them. */
  readonly accepted: number;
  /** Counts as the batch has them now; mapped = accepted + quarantined + duplicates. */
  readonly counts: Pick<BatchContract, 'mapped' | 'quarantined' | 'duplicates'>;
}

/** What a replay of one contract is made from. */
export interface ReplayOf {
  readonly contract: Contract;
  readonly before: BatchContract;
  /** Null where the mapping writes the contract no more. */
  readonly verdict: Verdict | null;
  readonly number: RecordNumber;
  readonly dataFolder: string;
  /** Whether each record gives one row of the contract. */
  readonly isRowARow: boolean;
}

/**
 * Puts the rows judged again beside those of the batch that had landed. What landed stays: a row that says otherwise
 * under the same key is refused as `unique-key`, one that says the same is a duplicate.
 *
 * Temp tables read: `waiting` (what was to be judged again) and `judged_again` (those of it that could be read).
 */
export const replayRows = async (
  connection: DuckDBConnection,
  { contract, before, verdict, number, dataFolder, isRowARow }: ReplayOf,
): Promise<ReplayedContract> => {
  const [landed, again, view] = ['landed', 'again', 'after'].map((kind) => identifier(`${kind} ${contract.id}`)) as [
    string,
    string,
    string,
  ];
  const columns = contract.columns.map(({ name }) => identifier(name));
  const id = literal(contract.id);
  const file = before.file === null ? null : literal(globless(join(dataFolder, before.file)));
  // Rows whose decision holds no more leave; their record is judged again.
  await connection.run(
    file === null
      ? `create temp table ${landed} as select ${columns.join(', ')}, _record from ${verdict?.view ?? '(select 1)'} limit 0`
      : `create temp table ${landed} as select ${columns.join(', ')}, record as _record
         from read_parquet(${file}) as row
         anti join (from judged_again where contract = ${id} and state = 'accepted') as left_again on left_again.record = row.record
           and ${keyAgain(contract)}`,
  );
  await connection.run(
    verdict === null
      ? `create temp table ${again} as select *, null::varchar[] as _broken, null::varchar[] as _overridden, false as _is_duplicate from ${landed} limit 0`
      : `create temp table ${again} as ${againRows(contract, verdict, number, landed, isRowARow)}`,
  );
  await connection.run(
    `create temp view ${view} as
     select ${columns.join(', ')}, _record, null::varchar[] as _broken, false as _is_duplicate from ${landed}
     union all
     select ${columns.join(', ')}, _record, _broken, _is_duplicate from ${again}
     order by _record`,
  );
  const [row] = await readRows(
    connection,
    `select (select count(*) from ${landed}) as landed,
       (select count(*) from judged_again where contract = ${id} and state = 'open') as waited,
       count_if(_broken is null and not _is_duplicate) as good, count(_broken) as broken,
       count_if(_broken is null and _is_duplicate) as duplicates
     from ${again}`,
  );
  const of = (name: string): number => Number(row?.[name]);
  const accepted = of('landed') + of('good');
  const quarantined = before.quarantined - of('waited') + of('broken');
  const duplicates = before.duplicates + of('duplicates');
  return {
    contract,
    view,
    again,
    accepted,
    counts: { mapped: accepted + quarantined + duplicates, quarantined, duplicates },
  };
};

const keyAgain = ({ key }: Contract): string =>
  `(left_again.business_key is null or left_again.business_key = concat_ws('|', ${key.map((name) => `coalesce(row.${identifier(name)}::varchar, '')`).join(', ')}))`;

const againRows = (
  contract: Contract,
  { view }: Verdict,
  number: RecordNumber,
  landed: string,
  isRowARow: boolean,
): string => {
  const columns = contract.columns.map(({ name }) => identifier(name));
  const listed = columns.map((name) => `r.${name}`).join(', ');
  const sameKey = contract.key.map((name) => `l.${identifier(name)} is not distinct from r.${identifier(name)}`);
  const sameRow = columns.map((name) => `l.${name} is not distinct from r.${name}`).join(' and ');
  const meets = `(l._record is not null and r._broken is null and not r._is_duplicate)`;
  return `
    with judged as (
      select ${columns.map((name) => `v.${name}`).join(', ')}, (${number.sql})::bigint as _record, _broken, _overridden, _is_duplicate
      from ${view} v ${number.join}
    ),
    own as (
      from judged semi join (from judged_again where contract = ${literal(contract.id)}) as w on w.record = judged._record
    )
    select ${listed}, r._record,
      case when ${meets} and not (${sameRow}) then list_append(coalesce(r._overridden, []), 'unique-key') else r._broken end as _broken,
      case when ${meets} then null else r._overridden end as _overridden,
      r._is_duplicate or (${meets} and (${sameRow})) as _is_duplicate
    from own r left join ${landed} l on ${sameKey.join(' and ')}
    -- Other rows of the same record had landed; a record of several rows may repeat what others of them said.
    where l._record is distinct from r._record
      ${isRowARow ? '' : `and not (r._is_duplicate or (${meets} and (${sameRow})))`}`;
};
