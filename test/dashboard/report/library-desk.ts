import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openDesk, type Desk, type DeskParts } from '../../../dashboard/report/desk.ts';
import { withBuildLock } from '../../../warehouse/lock.ts';
import { NO_META } from '../../../warehouse/meta.ts';
import { catalogueOf } from '../../../warehouse/metric/catalogue.ts';
import { openReader } from '../../../warehouse/open.ts';
import { buildRelease } from '../../../warehouse/release.ts';
import { releaseFile } from '../../../warehouse/release-folder.ts';
import { compileFolder, loans, SMALL_PROJECT } from '../../support/small-project.ts';
import { sqlFolder, temporaryFolder } from '../../support/sql-folder.ts';

const shared = 'interval: none, from: mart.loan_day, date: lent_date, denominator: loan_count';

/** @param also more dimensions of what has shelves, as `, facility: branch` */
const metrics = (also: string): string => `
subject: Loans
order: 1
page: unbilled
metrics:
  - id: loans
    code: L1
    label: Loans
    help: Books lent
    definition: Books lent, by the \`branch\` that lends them.
    method: Sum
    source: ours
    unit: count
    better: higher
    scorecard: true
    measure: { kind: count, from: mart.loan_day, date: lent_date, count: loan_count }
    dimensions: { branch: branch, shelf: shelf${also} }
    grains: [day, month, quarter, year]
    gated_by: [no_loan_lost]
  - id: long_loans
    code: L2
    label: Long loans
    help: Longer than two days
    definition: Loans longer than two days over all loans.
    method: Ratio of sums
    source: ours
    unit: share
    better: lower
    scorecard: true
    target: { value: 0.3, label: customary 30 %, citation: ours }
    measure: { kind: ratio, from: mart.loan_day, date: lent_date, numerator: long_count, denominator: loan_count, interval: wilson }
    dimensions: { branch: branch, shelf: shelf${also} }
    grains: [month, quarter, year]
  - id: loan_days
    code: L3
    label: Days a loan
    help: Days ÷ loans
    definition: Days on loan over loans.
    method: Ratio of sums
    source: ours
    unit: days
    better: lower
    measure: { kind: ratio, numerator: days, ${shared} }
    dimensions: { branch: branch }
    grains: [day, month, year]
`;

const mart = `-- One row per branch, shelf and day.
--
-- Key      branch, shelf, lent_date
-- Kind     period lent_date
-- Follows  raw.loan
select branch, case when loan_id % 3 = 0 then null else 'shelf ' || (loan_id % 3) end as shelf, lent_date,
  count(*) as loan_count, sum(days)::bigint as days, sum(case when days > 2 then 1 else 0 end)::bigint as long_count
from core.loan
group by all`;

const months = Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, '0'));

/** Loans of a year: more of them, and longer ones, as it goes on; the same each time. */
const tuples = months.flatMap((month, m) =>
  ['n', 's'].flatMap((branch, b) =>
    Array.from(
      { length: 6 + ((m * 5 + b * 3) % 4) },
      (_, i) =>
        `(${m * 100 + b * 50 + i}, '${branch}', date '2025-${month}-${String(i + 1).padStart(2, '0')}', ${1 + ((i + m) % 4)})`,
    ),
  ),
);

/** A desk on a library's year; it is closed with the test. */
export const libraryDesk = async (
  change: Partial<DeskParts> = {},
  { hasFacilities = false } = {},
): Promise<Desk & { readonly parts: DeskParts }> => {
  const sql = sqlFolder({
    ...SMALL_PROJECT,
    'mart/loan_day.sql': mart,
    'metric/loan.yaml': metrics(hasFacilities ? ', facility: branch' : ''),
    'metric/dimension.yaml':
      'dimensions:\n  - { id: branch, label: Branch }\n  - { id: shelf, label: Shelf }\n  - { id: facility, label: Facility }\n',
  });
  const folder = join(temporaryFolder(), 'release');
  const compiled = await compileFolder(sql, loans(tuples));
  const meta = { ...NO_META, asOf: '2026-01-01T06:00:00Z', completeThrough: '2025-12-31' };
  const { release } = await withBuildLock(folder, () => buildRelease({ folder, compiled, meta }));
  const reader = await openReader(releaseFile(folder, release), { threads: 1 });
  onTestFinished(() => reader.close());
  const parts: DeskParts = {
    ...{ reader, catalogue: await catalogueOf(reader, [join(sql, 'metric')]), checkSettings: new Map() },
    ...{ annotations: [], sources: [{ id: 'desk', privacy: 'synthetic' }], registryKind: null },
    ...{ demoStories: [], releases: [] },
    ...change,
  };
  return { ...(await openDesk(parts)), parts };
};
