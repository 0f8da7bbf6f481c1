import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier, literal } from '../../warehouse/quote.ts';
import { readRows } from '../../warehouse/rows.ts';
import type { ReadFile } from '../land/load.ts';
import { placeRefused } from '../land/place.ts';
import { recordNumber } from '../land/record-number.ts';
import type { SourceFormat } from '../workspace/config.ts';
import { decisionsOn, readDecisions } from './decision.ts';
import { loadDecisions, ruledRows } from './ruling.ts';
import { rulesOf } from './unread-rules.ts';

/** What was decided about the rows of a batch before it is landed (again). */
export interface Ruling {
  /** Records the reader refused that were discarded: they do not hold the batch. */
  readonly discardedUnread: number;
  /**
   * SQL of a contract's rows with what was decided: `_broken` is null of a row all of whose rules are overridden, which
   * stand in `_overridden` then; `_is_discarded`.
   *
   * @param numbered SQL of the judged rows with `_record`, `_row` and `_broken`
   */
  readonly apply: (contract: string, numbered: string) => Promise<string>;
}

/** Where nothing was decided. */
export const noRuling: Ruling = {
  discardedUnread: 0,
  apply: (_contract, numbered) =>
    Promise.resolve(`(select *, null::varchar[] as _overridden, false as _is_discarded from ${numbered})`),
};

/** The rows of a batch as the ruling needs to know them. */
export interface RuledBatch {
  readonly source: string;
  readonly format: SourceFormat;
  readonly dataFolder: string;
  readonly files: readonly ReadFile[];
  /** The batch's only contract, or null: it has several. */
  readonly contract: string | null;
}

/** What was decided about the rows of a batch whose files have been read. */
export const rulingOf = async (connection: DuckDBConnection, batch: RuledBatch): Promise<Ruling> => {
  const { source, format, dataFolder, files, contract } = batch;
  const digests = files.map(({ scan }) => scan.digest);
  const decisions = decisionsOn(readDecisions(dataFolder), source, digests);
  if (decisions.length === 0) return noRuling;
  await loadDecisions(connection, decisions);
  // Which records the reader refused, since they shift the numbers of the others.
  const { rejected, unread } = await placeRefused(connection, format, { files, verdicts: [] }, false);
  const number = await recordNumber(
    connection,
    files,
    [...unread.values()].reduce((sum, each) => sum + each, 0),
  );
  const digest = digestSql(files);
  return {
    discardedUnread: rejected === 0 ? 0 : await discardedAmong(connection, source, contract, files),
    apply: async (id, numbered) => {
      const table = identifier(`ruled ${id}`);
      await connection.run(
        `create temp table ${table} as ${ruledRows(
          `(select _row as _id, ${literal(source)} as source, ${digest} as digest, ${literal(id)} as contract,
             (${number.sql})::bigint as record, _broken as rules
           from (from ${numbered} where _broken is not null) ${number.join})`,
        )}`,
      );
      const isOverridden = `overridden is not null and len(list_filter(_broken, lambda one: not list_contains(overridden, one))) = 0`;
      return `(select * exclude (_id, overridden, is_discarded, decision)
          replace (case when ${isOverridden} then null else _broken end as _broken),
          case when ${isOverridden} then _broken end as _overridden,
          coalesce(is_discarded, false) as _is_discarded
        from ${numbered} left join ${table} on _row = _id)`;
    },
  };
};

const digestSql = (files: readonly ReadFile[]): string => {
  const cases = files
    .slice(0, -1)
    .map(({ start, read, scan }) => `when _record <= ${start + read} then ${literal(scan.digest)}`);
  const last = literal(files.at(-1)?.scan.digest ?? '');
  return cases.length === 0 ? last : `case ${cases.join(' ')} else ${last} end`;
};

const discardedAmong = async (
  connection: DuckDBConnection,
  source: string,
  contract: string | null,
  files: readonly ReadFile[],
): Promise<number> => {
  const digests = files.map(({ scan }) => literal(scan.digest)).join(', ');
  const refused = `(select rowid as _id, ${literal(source)} as source, [${digests}][file + 1] as digest,
    ${contract === null ? 'null::varchar' : literal(contract)} as contract, record, ${rulesOf('rules')} as rules
    from placed where rules > 0)`;
  const [row] = await readRows(connection, `select count_if(is_discarded) as rows from (${ruledRows(refused)})`);
  return Number(row?.rows);
};
