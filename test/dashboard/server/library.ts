import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Prepared, ServerParts } from '../../../dashboard/server/server-parts.ts';
import { ServedRelease } from '../../../dashboard/server/served-release.ts';
import { slots } from '../../../dashboard/server/slots.ts';
import { readStaticFiles } from '../../../dashboard/server/static-files.ts';
import { openStore } from '../../../dashboard/store/store.ts';
import { withBuildLock } from '../../../warehouse/lock.ts';
import { NO_META, type ReleaseMeta } from '../../../warehouse/meta.ts';
import { catalogueOf } from '../../../warehouse/metric/catalogue.ts';
import { openReader, type Reader } from '../../../warehouse/open.ts';
import { toCatalogueJson } from '../../../warehouse/query/catalogue-json.ts';
import { currentRelease, listReleases, releaseFile, rollBack } from '../../../warehouse/release-folder.ts';
import { buildRelease } from '../../../warehouse/release.ts';
import { readWorklists } from '../../../warehouse/worklist/worklist.ts';
import { compileFolder, loans, SMALL_PROJECT } from '../../support/small-project.ts';
import { sqlFolder, temporaryFolder } from '../../support/sql-folder.ts';

const metrics = `
subject: Loans
order: 1
page: loans
metrics:
  - id: loans
    code: L1
    label: Loans
    help: Books lent
    definition: Books lent.
    method: Sum
    source: ours
    unit: count
    better: higher
    measure: { kind: count, from: mart.loan_day, date: lent_date, count: loan_count }
    dimensions: { branch: branch }
    grains: [day, month, year]
    gated_by: [no_loan_lost]
  - id: loan_days
    code: L2
    label: Days a loan
    help: Days ÷ loans
    definition: Days on loan over loans.
    method: Ratio of sums
    source: ours
    unit: days
    better: lower
    target: { value: 2, label: customary 2 days, citation: ours }
    measure: { kind: ratio, from: mart.loan_day, date: lent_date, numerator: days, denominator: loan_count, interval: none }
    dimensions: { branch: branch }
    grains: [day, month, year]
`;

const worklists = `
page: loans
worklists:
  - id: loan_days
    label: Loans by day
    help: The days with most loans first
    from: mart.loan_day
    order: [-loan_count, lent_date]
    dimensions: { branch: branch }
    columns:
      - { column: branch, label: Branch, kind: text }
      - { column: lent_date, label: Day, kind: date }
      - { column: loan_count, label: Loans, kind: count }
`;

const checks = `
scans:
  - relation: core.loan
    key: [loan_id]
    facility: branch
    month: lent_date
    checks:
      - { id: loan_is_short, says: Loans are short, violated: days > 2, kahn: plausibility.atemporal, quality: Accuracy }
      - { id: loan_is_dated, says: Loans are dated, violated: lent_date is null, kahn: completeness, quality: Accuracy }
`;

/** A library whose releases can be published one after the other while a server answers on them. */
export interface Library {
  /** Parts of a server on it; release by release, as in earnest. */
  readonly parts: ServerParts;
  /** Publishes a release with so many loans of branch n, and answers its id. */
  readonly publish: (loanCount: number, meta?: Partial<ReleaseMeta>) => Promise<string>;
  /** Publishes a release with these loans: `(1, 'n', '2025-03-01', 2)`. */
  readonly publishLoans: (tuples: readonly string[]) => Promise<string>;
  readonly folder: string;
  /** Its models and metrics. */
  readonly sql: string;
  readonly troubles: unknown[];
}

/** A library without a release yet; it goes away with the test. `wrap` stands between its releases and the server. */
export const openLibrary = (
  change: Partial<ServerParts> = {},
  wrap: (reader: Reader) => Reader = (reader) => reader,
): Library => {
  const sql = sqlFolder({
    ...SMALL_PROJECT,
    'metric/loan.yaml': metrics,
    'check/loan.yaml': checks,
    'worklist/loan.yaml': worklists,
    'metric/dimension.yaml': 'dimensions:\n  - { id: branch, label: Branch }\n',
  });
  const folder = join(temporaryFolder(), 'release');
  const pages = join(temporaryFolder(), 'dist');
  mkdirSync(join(pages, 'assets'), { recursive: true });
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>Library</title>');
  writeFileSync(join(pages, 'assets/main-1a2b.js'), `console.log('${'x'.repeat(2000)}')`);
  const files = readStaticFiles(pages);
  const troubles: unknown[] = [];
  const served = new ServedRelease<Prepared>(
    {
      current: async () => currentRelease(folder),
      open: async (release) => wrap(await openReader(releaseFile(folder, release), { threads: 1 })),
      prepare: async (reader) => {
        const catalogue = await catalogueOf(reader, [join(sql, 'metric')]);
        const catalogueJson = await toCatalogueJson(reader, catalogue);
        return { catalogue, catalogueJson, worklists: readWorklists([join(sql, 'worklist')]) };
      },
    },
    (error) => troubles.push(error),
  );
  const parts: ServerParts = {
    served,
    withSlot: slots(4),
    files: () => files,
    ledger: {
      runs: async () => [{ id: 'r1', batches: [] }],
      heads: async () => [{ id: 'r1' }],
      run: async (id) => (id === 'r1' ? { id, ways: [] } : null),
      quarantine: async () => [{ source: 'desk', rule: 'torn-row', state: 'open', rows: 2 }],
      sources: async () => [{ source: 'desk', isLate: true }],
      submissions: async () => [{ profile: 'desk', packages: [{ rows: 5 }] }],
      rollBack: async (id) => withBuildLock(folder, async () => rollBack(folder, id)),
    },
    submission: {
      preview: async ({ reader, profile, from, to }) => ({ release: reader.release, profile, from, to }),
      edits: async ({ profile, signal }) => ({ profile, edits: [], aborted: signal.aborted }),
      keys: async ({ edit, limit }) => ({ edit, limit, rows: [] }),
      difference: async (asked) => asked,
    },
    releases: async () => listReleases(folder).map(({ id, builtAt, current }) => ({ id, builtAt, current })),
    sources: [{ id: 'desk', privacy: 'synthetic' }],
    registryKind: 'central',
    demoStories: ['go-live'],
    checkSettings: () => new Map(),
    notFedBy: () => [],
    labels: null,
    workbench: { isOpen: false, why: 'It is shut.' },
    store: openStore(join(temporaryFolder(), 'store')),
    standingsOf: async (_reader, _catalogue, alerts) =>
      alerts.map(({ id }) => ({
        ...{ alert: id, state: 'quiet', says: 'It is.', period: null, value: null },
        ...{ since: null, told: null, history: [] },
      })),
    reports: { lastDeliveries: () => new Map(), noMail: () => null },
    loopbackOnly: true,
    onTrouble: (error) => troubles.push(error),
    ...change,
  };
  const publish = async (loanCount: number, meta: Partial<ReleaseMeta> = {}): Promise<string> => {
    const rows = Array.from({ length: loanCount }, (_, i) => `(${i}, 'n', date '2025-03-01', 2)`);
    return publishRows(rows, meta);
  };
  const publishRows = async (rows: readonly string[], meta: Partial<ReleaseMeta> = {}): Promise<string> => {
    const compiled = await compileFolder(sql, loans(rows));
    const { release } = await withBuildLock(folder, () =>
      buildRelease({ folder, compiled, meta: { ...NO_META, ...meta } }),
    );
    return release;
  };
  return { parts, publish, publishLoans: (tuples) => publishRows(tuples), folder, sql, troubles };
};
