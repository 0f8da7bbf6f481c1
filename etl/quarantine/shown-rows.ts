import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { literal } from '../../warehouse/quote.ts';
import { readLandedState } from '../raw/landed-state.ts';
import { readDecisions } from './decision.ts';
import { loadDecisions, ruledRows } from './ruling.ts';
import { storedRows, storeFolder } from './store-file.ts';

/**
 * What has become of a refused row. open: it waits. replayed: mended, it landed (or its record gives no such row any
 * more). accepted: it landed by decision. discarded: nobody wants it. superseded: its file came again with other
 * content.
 */
export const quarantineStates = ['open', 'replayed', 'accepted', 'discarded', 'superseded'] as const;
export type QuarantineState = (typeof quarantineStates)[number];

/** Which refused rows; a part left out stands for any. */
export interface RowFilter {
  readonly source?: string;
  /** Id, or the part before its colon (`type` for every `type:<column>`). */
  readonly rule?: string;
  readonly state?: QuarantineState;
  /** Name of a file as the list gives it, or the end of it behind a slash. */
  readonly file?: string;
  readonly line?: number;
  /** Id of a row as the list gives it. */
  readonly id?: string;
}

/**
 * Makes the temp view `shown`: every refused row that counts, with the columns of the store, `batch`, `state` as it is
 * now, and `decision`, the id of the last one about it, or null.
 *
 * Rows of a delivery that has landed again stand in its latest store alone.
 */
export const showRows = async (
  connection: DuckDBConnection,
  { dataFolder, ledgerFolder }: { readonly dataFolder: string; readonly ledgerFolder: string },
): Promise<void> => {
  const folder = storeFolder(dataFolder);
  const files = globSync('*.parquet', { cwd: folder }).map((name) => join(folder, name));
  const state = await readLandedState(ledgerFolder);
  const overtaken = new Set(state.held.flatMap(({ source, files: own }) => own.map(({ name }) => `${source} ${name}`)));
  const latest = [
    ...state.held,
    ...state.batches.filter(({ source, files: own }) => own.some(({ name }) => !overtaken.has(`${source} ${name}`))),
  ];
  await connection.run('create or replace temp table latest (batch varchar, source varchar, digest varchar)');
  const delivered = latest.flatMap(({ batch, source, files: own }) =>
    own.map(({ digest }) => `(${[batch, source, digest].map(literal).join(', ')})`),
  );
  if (delivered.length > 0) await connection.run(`insert into latest values ${delivered.join(', ')}`);
  await connection.run(
    `create or replace temp view counted as
     select *, batch in (select batch from latest) as is_latest from ${storedRows(files)} as stored
     where is_latest or not exists (from latest where source = source_id and digest = file_digest)`,
  );
  const decisions = readDecisions(dataFolder);
  if (decisions.length === 0) {
    await connection.run(
      `create or replace temp view shown as
       select * exclude (is_latest) replace (case when is_latest then state else 'superseded' end as state), null::varchar as decision from counted`,
    );
    return;
  }
  await loadDecisions(connection, decisions);
  // Of a row that several rows of one contract share their place with, each is decided about by its own rules.
  await connection.run(
    `create or replace temp table ruled as ${ruledRows(
      `(select distinct id || array_to_string(rule, ' ') as _id, source_id as source, file_digest as digest, contract, record, rule as rules
        from counted where is_latest)`,
    )}`,
  );
  await connection.run(
    `create or replace temp view shown as
     select * exclude (is_latest, _id, overridden, is_discarded, decision) replace (
         case when not is_latest then 'superseded' when state = 'open' and is_discarded then 'discarded' else state end as state),
       decision
     from counted left join ruled on id || array_to_string(rule, ' ') = _id`,
  );
};

/** SQL condition on `shown` and its parameters, `$1` onward. */
export const matching = (
  filter: RowFilter,
): { readonly where: string; readonly parameters: readonly (string | number | null)[] } => ({
  where: `($1::varchar is null or source_id = $1)
    and ($2::varchar is null or len(list_filter(rule, lambda one: one = $2 or starts_with(one, $2 || ':'))) > 0)
    and ($3::varchar is null or state = $3)
    and ($4::varchar is null or file_name = $4 or ends_with(file_name, '/' || $4))
    and ($5::bigint is null or line = $5)
    and ($6::varchar is null or id = $6)`,
  parameters: [
    filter.source ?? null,
    filter.rule ?? null,
    filter.state ?? null,
    filter.file ?? null,
    filter.line ?? null,
    filter.id ?? null,
  ],
});
