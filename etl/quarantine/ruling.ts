import { BIGINT, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import { literal } from '../../warehouse/quote.ts';
import type { Decision } from './decision.ts';

/** Puts decisions into the temp table `decision`, a row for each of their files and rules, in order. */
export const loadDecisions = async (connection: DuckDBConnection, decisions: readonly Decision[]): Promise<void> => {
  await connection.run(
    `create or replace temp table decision (seq bigint, id varchar, action varchar, source varchar, digest varchar,
       contract varchar, record bigint, rule varchar)`,
  );
  const appender = await connection.createAppender('decision', null, 'temp');
  for (const [seq, { id, action, selection }] of decisions.entries())
    for (const digest of selection.files)
      for (const rule of selection.rules ?? [null]) {
        appender.appendValue(BigInt(seq), BIGINT);
        for (const text of [id, action, selection.source, digest, selection.contract ?? null])
          appender.appendValue(text, VARCHAR);
        appender.appendValue(selection.record === undefined ? null : BigInt(selection.record), BIGINT);
        appender.appendValue(rule, VARCHAR);
        appender.endRow();
      }
  appender.closeSync();
};

/**
 * SQL of what was decided about refused rows, by the temp table `decision`: `_id` of each row that any decision covers,
 * `overridden` VARCHAR[] (rules accepted since it was last discarded or reopened, or null), `is_discarded`, and
 * `decision`, the id of the last one.
 *
 * @param relation SQL of rows with `_id`, `source`, `digest`, `contract`, `record` and `rules` VARCHAR[]
 */
export const ruledRows = (relation: string): string => `
  with refused as materialized (from ${relation}),
  said as (
    select r._id, d.* from refused r join decision d
      on d.source = r.source and d.digest = r.digest and d.record = r.record
      and coalesce(d.contract = r.contract, true) and coalesce(list_contains(r.rules, d.rule), true)
    union all
    select r._id, d.* from refused r join decision d
      on d.source = r.source and d.digest = r.digest and d.record is null
      and coalesce(d.contract = r.contract, true) and coalesce(list_contains(r.rules, d.rule), true)
  ),
  since as (select *, max(case when action <> ${literal('accept')} then seq end) over (partition by _id) as _cleared from said)
  select _id,
    list(distinct rule) filter (where action = 'accept' and seq > coalesce(_cleared, -1)) as overridden,
    arg_max(action, seq) = 'discard' as is_discarded,
    arg_max(id, seq) as decision
  from since group by _id`;
