import { compile } from '../../warehouse/model/compile.ts';
import type { Compiled, RawTable } from '../../warehouse/model/compiled.ts';
import { readProject } from '../../warehouse/project.ts';

/** A small project of every layer and kind, about library loans rather than hospitals: the engine knows neither. */
export const SMALL_PROJECT: Readonly<Record<string, string>> = {
  'function/duckdb.sql': `
    create macro month_of(d) as date_trunc('month', d)::date;
    create macro ratio(a, b) as a / nullif(b, 0)::double;
  `,
  'reference/branch.csv': `# One row per branch of the library
# Version  2026
branch,name
n,North
s,South
`,
  'staging/loan.sql': `-- One row per loan.
--
-- Key  loan_id
select loan_id, lower(trim(branch)) as branch, lent_on::date as lent_date, days from raw.loan`,
  'core/loan.sql': `-- One row per loan of a known branch.
--
-- Key       loan_id
-- Excludes  loans of branches nobody knows
select loan_id, branch, name as branch_name, lent_date, days
from staging.loan join reference.branch using (branch)`,
  'mart/loan_day.sql': `-- One row per branch and day.
--
-- Key      branch, lent_date
-- Kind     period lent_date
-- Follows  raw.loan
select branch, lent_date, count(*) as loan_count, sum(days)::bigint as days
from core.loan
group by branch, lent_date`,
  'mart/branch.sql': `-- One row per branch.
--
-- Key   branch
-- Kind  view
select branch, sum(loan_count)::bigint as loan_count from mart.loan_day group by branch`,
  'assert/no_loan_lost.sql': `-- Days on loan are never below zero.
--
-- Severity  fatal
select loan_id from core.loan where days < 0`,
};

/** `raw.loan` from tuples (`(1, 'n', '2025-03-01', 4)`), fingerprinted by its text and, when told, by month. */
export const loans = (tuples: readonly string[], byMonth = false): RawTable => {
  const dated = tuples.map((tuple) => [/\d{4}-\d\d/.exec(tuple)?.[0], tuple] as const);
  const months: Record<string, string> = {};
  for (const [month, tuple] of dated) {
    const first = month === undefined ? '' : `${month}-01`;
    months[first] = `${months[first] ?? ''}${tuple}`;
  }
  const values = tuples.length > 0 ? `values ${tuples.join(', ')}` : 'select null, null, null, null where false';
  return {
    name: 'loan',
    columns: [
      { name: 'loan_id', type: 'BIGINT' },
      { name: 'branch', type: 'VARCHAR' },
      { name: 'lent_on', type: 'DATE' },
      { name: 'days', type: 'BIGINT', describes: 'Whole days' },
    ],
    query: `select * from (${values}) as t(loan_id, branch, lent_on, days)`,
    fingerprint: tuples.join(),
    ...(byMonth ? { months } : {}),
  };
};

/** The project of a folder compiled over one raw table. */
export const compileFolder = async (folder: string, raw: RawTable): Promise<Compiled> =>
  compile({ project: readProject([folder]), raw: [raw] });
