import { openBuilder } from '../../warehouse/open.ts';
import { readRows } from '../../warehouse/rows.ts';
import { tableRows, type CodeTable } from './code-table.ts';

/** What a person is told of a code table: rows, versions and the days it holds, in one line. */
export const describeCodeTable = async (table: CodeTable): Promise<string> => {
  const { connection, close } = await openBuilder(null);
  try {
    const [facts] = await readRows(
      connection,
      `select count(*)::double as n, min(valid_from)::varchar as since, bool_or(valid_to is null) as is_open,
        (max(valid_to) - 1)::varchar as until
      from (${tableRows(table)})`,
    );
    const { parts } = table;
    const versions = [...new Set(parts.flatMap(({ version }) => version ?? []))];
    const days =
      facts?.since === null || facts?.since === undefined
        ? 'no days of its own'
        : `valid from ${String(facts.since)}${facts.is_open === true ? ' on' : ` to ${String(facts.until)}`}`;
    return [
      `${Number(facts?.n).toLocaleString('en-US')} rows of ${parts.length} ${parts.length === 1 ? 'file' : 'files'}`,
      ...(versions.length > 0 ? [`version ${versions.join(', ')}`] : []),
      days,
    ].join(', ');
  } finally {
    await close();
  }
};
