import type { DuckDBConnection } from '@duckdb/node-api';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import type { CheckScan } from '../../warehouse/check/check.ts';
import { readChecks } from '../../warehouse/check/read-checks.ts';
import { layResults, runChecks } from '../../warehouse/check/run-checks.ts';
import { keysSql } from '../../warehouse/check/scan-sql.ts';
import { installFunctions } from '../../warehouse/model/function.ts';
import { openBuilder } from '../../warehouse/open.ts';
import { identifier, relationName } from '../../warehouse/quote.ts';
import { loadReference } from '../../warehouse/reference.ts';
import { createTable, rows } from '../support/table.ts';
import { compileShipped } from '../support/shipped.ts';
import { codeEditorExamples, codeExamples, codingExamples, drgExamples } from './check/code.ts';
import { encounterExamples, encounterTrendExamples } from './check/encounter.ts';
import { operationExamples, tumorExamples } from './check/operations.ts';
import { auditExamples, billingExamples, deficiencyExamples } from './check/record.ts';

const examples = [
  ...[...encounterExamples, ...encounterTrendExamples, ...codeExamples, ...codeEditorExamples, ...drgExamples],
  ...[...codingExamples, ...auditExamples, ...deficiencyExamples, ...billingExamples, ...operationExamples],
  ...tumorExamples,
];

/** Edits have examples of their own: see edit.test.ts. */
const scans = readChecks([fileURLToPath(new URL('../../sql', import.meta.url))]).filter(({ checks }) =>
  checks.every(({ kind }) => kind === 'check'),
);
const idsOf = ({ checks }: Pick<CheckScan, 'checks'>): string[] => checks.map(({ id }) => id);

let connection: DuckDBConnection;

/** Every relation of core and mart, empty, and the reference tables as shipped. */
beforeAll(async () => {
  const { project, models } = await compileShipped();
  ({ connection } = await openBuilder(null, { threads: 1 }));
  await installFunctions(connection, project.functions);
  for (const schema of ['reference', 'core', 'mart']) await connection.run(`create schema if not exists ${schema}`);
  for (const reference of project.references) await loadReference(connection, reference);
  for (const { model, columns } of models.filter(({ model: { layer } }) => layer === 'core' || layer === 'mart'))
    await connection.run(
      `create table ${relationName(model.name)} (${columns.map(({ name, type }) => `${identifier(name)} ${type}`).join(', ')})`,
    );
  await layResults(connection);
});

test('every check has an example, and every example is of one scan', () => {
  const exemplified = examples.map(({ breaks }) => Object.keys(breaks).sort().join(' '));
  expect(exemplified.toSorted()).toEqual(scans.map((scan) => idsOf(scan).sort().join(' ')).sort());
});

test.each(examples.map((example) => [Object.keys(example.breaks).join(', '), example] as const))(
  '%s',
  async (_ids, { tables = {}, also = [], breaks }) => {
    const scan = scans.find(({ checks }) => checks.some(({ id }) => id === Object.keys(breaks)[0]))!;
    await connection.run('begin');
    try {
      for (const [table, drawing] of Object.entries(tables)) await createTable(connection, table, drawing);
      for (const statement of also) await connection.run(statement);
      expect([...(await runChecks(connection, [{ scan, months: null }]))]).toEqual([]);
      const counted = await rows(
        connection,
        'select check_id, sum(examined)::int as examined, sum(violated)::int as violated from meta.check_result group by 1',
      );
      const found: Record<string, string[]> = {};
      for (const check of scan.checks) {
        const keys = await rows(
          connection,
          `select ${scan.key.join(', ')} from (${keysSql(scan, check)}) order by all`,
        );
        found[check.id] = keys.map((row) =>
          Object.values(row)
            .map((value) => value ?? '–')
            .join(' '),
        );
        const total = counted.find((row) => row.check_id === check.id);
        expect(total?.violated, check.id).toBe(keys.length);
        expect(Number(total?.examined), `${check.id}: a row that does not break it`).toBeGreaterThan(keys.length);
      }
      expect(found).toEqual(breaks);
    } finally {
      await connection.run('rollback');
    }
  },
);
