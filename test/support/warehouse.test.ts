import { expect, test } from 'vitest';
import { drawn } from '../oracle/drawn.ts';
import { randomCodes } from '../oracle/random-codes.ts';
import { drawnOperations, randomOperations } from '../oracle/random-operations.ts';
import { SMALL_AS_OF, smallHospital } from '../oracle/small-hospital.ts';
import { identifier, literal, relationName } from '../../warehouse/quote.ts';
import { buildFromNothing, type Drawn, type MemoryWarehouse } from './from-nothing.ts';
import { buildInMemory, rows } from './warehouse.ts';

test('all of sql/ is built in memory over drawn raw tables, the rest being empty', async () => {
  const { connection, compiled, close } = await buildInMemory({ raw: { facility: 'facility_id\nnorth' } });
  expect(await rows(connection, 'select facility_id, source_id from raw.facility')).toEqual([
    { facility_id: 'north', source_id: 'test' },
  ]);
  expect(await rows(connection, 'select count(*) as n from meta.model')).toEqual([{ n: compiled.models.length }]);
  await close();
  await expect(buildInMemory({ raw: { nothing: 'a\n1' } })).rejects.toThrow('there is no raw table nothing');
});

/** Tables of rows as drawings. */
const drawnTables = (tables: Readonly<Record<string, Parameters<typeof drawn>[0]>>): Record<string, string> =>
  Object.fromEntries(Object.entries(tables).map(([name, all]) => [name, drawn(all)]));

const source = `source_id | timezone | is_instant | as_of_ts\n test | UTC | false | ${SMALL_AS_OF}`;
const { encounter, deficiency, document, procedure_case, provider_interval, completion_policy } = smallHospital(7);
const hospital = { encounter, deficiency, document, procedure_case, provider_interval, completion_policy };
const DRAWINGS: readonly (readonly [string, Drawn])[] = [
  ['columns without rows', { raw: { encounter: 'encounter_id | facility_id' } }],
  [
    'a small hospital, as of a moment',
    {
      raw: { source, ...drawnTables(hospital) },
      meta: { asOf: SMALL_AS_OF, coverage: [{ contract: 'encounter', source_id: 'test', as_of: null, through: null }] },
    },
  ],
  ['codes with every kind of bad row', { raw: drawnTables(randomCodes(3, 5)) }],
  ['operations', { raw: drawnOperations(randomOperations(2, 3)) }],
];

/**
 * What a relation holds, whatever the order: its rows as one hash. Sums of DOUBLE depend on the order of rows in their last
 * digits and are rounded; seconds are left out.
 */
const contentOf = (relation: string, doubles: readonly string[]): string => {
  const rounded = doubles.map(
    (name) => `${name === 'seconds' ? 'null' : `round(${identifier(name)}, 6)`} as ${identifier(name)}`,
  );
  const held = rounded.length === 0 ? '*' : `* replace (${rounded.join(', ')})`;
  const all = `(select ${held} from ${relationName(relation)})`;
  return `select ${literal(relation)} as name, count(*) as n, sum(hash(each))::varchar as content from ${all} as each`;
};

const CATALOG = `
  select 'table' as kind, schema_name || '.' || table_name as name, comment from duckdb_tables() where database_name = 'wh'
  union all
  select 'view', schema_name || '.' || view_name, comment from duckdb_views() where database_name = 'wh' and not internal
  union all
  select 'function', function_name, macro_definition from duckdb_functions() where database_name = 'wh' and not internal
  order by all`;

/** Everything a test may ask a warehouse; raw and staging are of the drawing alone. */
const stateOf = async ({ connection, asserts, checks }: MemoryWarehouse): Promise<unknown> => {
  const catalog = await rows(connection, CATALOG);
  const found = await rows(
    connection,
    `select schema_name || '.' || table_name as relation, column_name as name from duckdb_columns()
     where database_name = 'wh' and data_type = 'DOUBLE'`,
  );
  const contents = catalog
    .map(({ name }) => String(name))
    .filter((name) => /^(core|mart|submission|reference|meta)[.]/.test(name))
    .map((relation) => {
      const doubles = found.filter((column) => column.relation === relation).map(({ name }) => String(name));
      return contentOf(relation, doubles);
    });
  return { catalog, contents: await rows(connection, contents.join('\nunion all ')), asserts, checks };
};

test.each(DRAWINGS)('begun as a copy it is what it is built from nothing: %s', async (_name, given) => {
  const [quick, whole] = [await buildInMemory(given), await buildFromNothing(given)];
  expect(await stateOf(quick)).toEqual(await stateOf(whole));
  await quick.close();
  await whole.close();
});

test('what is looked at alone is built when the drawing says so; anything else that hangs on it is not there', async () => {
  const given = { raw: { source, ...drawnTables(hospital) } };
  const relation = 'core.deficiency_due';
  const [part, whole] = [await buildInMemory({ ...given, looksAt: [relation] }), await buildInMemory(given)];
  const [found, expected] = await Promise.all(
    [part, whole].map(({ connection }) => rows(connection, contentOf(relation, []))),
  );
  expect(found).toEqual(expected);
  expect(Number(found?.[0]?.n)).toBeGreaterThan(2);
  await expect(rows(part.connection, 'from meta."assert"')).rejects.toThrow('does not exist');
  await expect(rows(part.connection, 'from mart.deficiency_turnaround')).rejects.toThrow('does not exist');
  await part.close();
  await whole.close();
});
