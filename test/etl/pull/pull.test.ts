import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run, type RunResult } from '../../../etl/run.ts';
import { planRun } from '../../../etl/plan.ts';
import { noProgress } from '../../../etl/print/progress.ts';
import { pull } from '../../../etl/pull/pull.ts';
import { readWorkspace } from '../../../etl/workspace/workspace.ts';
import { postgresPrograms, startPostgres, type PostgresServer } from '../../support/postgres.ts';

const programs = postgresPrograms();
const reason = programs === null ? ' (skipped: this machine has no PostgreSQL)' : '';

describe.skipIf(programs === null)(`rows pulled from a real PostgreSQL${reason}`, () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(programs!);
    server.sql(`
      create table stay (id text, mrn text, class text, arrived timestamp, gone timestamp, sex text, note text,
        is_open boolean, seen timestamptz, charge numeric(18, 4));
      insert into stay values
        ('E1', 'P1', 'inpatient', '2026-06-30 23:00', '2026-07-02 08:30', 'female', E'a "quote", a comma\\nand a break', true,
          '2026-07-01 00:00+02', 12345678901234.5678),
        ('E2', 'P2', 'ed', '2026-08-01 10:00', '2026-08-01 12:00', 'male', '', false, null, 0.1),
        ('E3', 'P3', 'inpatient', '2026-08-30 10:00', '2026-09-01 00:00', 'female', null, null, null, null);
    `);
  }, 60_000);
  afterAll(() => {
    server.stop();
  });

  const untilRunning = async (): Promise<void> => {
    for (;;) {
      try {
        server.sql(
          `do $$ begin
          if not exists (from_session) then raise 'not yet'; end if; end $$`.replace(
            'from_session',
            `select from pg_stat_activity where application_name = 'himsight' and state = 'active' and query like '%pg_sleep%'`,
          ),
        );
        return;
      } catch {
        await sleep(20);
      }
    }
  };

  const select = `select id as encounter_id, mrn as patient_key, 'north' as facility_id, class as patient_class,
    arrived as admit_ts, gone as discharge_ts, extract(year from gone)::int as discharge_year,
    gone::date - arrived::date as los_days, 40 as age_years, sex, '01' as discharge_disposition from stay`;

  const workspaceWith = (query: string, keys: Readonly<Record<string, string | number>> = {}, port = server.port) => {
    const folder = mkdtempSync(join(tmpdir(), 'himsight-pull-'));
    mkdirSync(join(folder, 'pull'));
    writeFileSync(join(folder, 'pull', 'stay.sql'), query);
    const more = Object.entries(keys).map(([key, value]) => `    ${key}: ${value}\n`);
    writeFileSync(
      join(folder, 'himsight.yaml'),
      `databases:
  clarity: { dialect: postgres, host: 127.0.0.1, port: ${port}, database: postgres, user: himsight, encryption: none }
sources:
  - id: stay
    database: clarity
    query: pull/stay.sql
    contract: encounter
    privacy: synthetic
${more.join('')}`,
    );
    return folder;
  };
  const runIn = (folder: string, months: { from: string; to: string } | null = null): Promise<RunResult> =>
    run({
      workspace: readWorkspace(folder),
      sources: [],
      from: months?.from ?? null,
      to: months?.to ?? null,
      full: false,
      progress: noProgress,
    });
  const pullIn = (folder: string, months: { from: string; to: string } | null = null): Promise<void> => {
    const workspace = readWorkspace(folder);
    const source = { ...workspace.sources[0]!, database: workspace.sources[0]!.database! };
    const { from, to } = months ?? { from: null, to: null };
    return pull({ source, workspace, from, to, isInstant: false, progress: noProgress });
  };
  const pulledIn = (folder: string) => {
    const root = join(folder, 'data', 'pull', 'stay');
    return readdirSync(root)
      .sort()
      .map((name) => ({
        name,
        rows: gunzipSync(readFileSync(join(root, name, 'rows.csv.gz'))).toString(),
        manifest: JSON.parse(readFileSync(join(root, name, 'manifest.json'), 'utf8')) as Record<string, unknown>,
      }));
  };

  test('land like any other extract, with the database clock as the as-of', async () => {
    const folder = workspaceWith(select);
    const result = await runIn(folder);
    expect(result).toMatchObject({ exitCode: 0, outcome: 'done' });
    expect(result.batches).toMatchObject([
      { status: 'landed', contracts: [{ contract: 'encounter', mapped: 3, accepted: 3 }] },
    ]);
    const [pulled] = pulledIn(folder);
    expect(pulled?.manifest).toMatchObject({ privacy_mode: 'synthetic', files: [{ name: 'rows.csv.gz', rows: 3 }] });
    expect(result.batches[0]?.asOf?.replace(/[-: ]/g, '')).toBe(pulled?.name.replace(/[TZ]/g, ''));
  });

  test('every value is the text the server writes', async () => {
    const folder = workspaceWith(`select id, note, is_open, seen, charge from stay order by id`);
    await pullIn(folder);
    expect(pulledIn(folder)[0]?.rows).toBe(
      'id,note,is_open,seen,charge\n' +
        'E1,"a ""quote"", a comma\nand a break",true,2026-06-30 22:00:00+00,12345678901234.5678\n' +
        'E2,,false,,0.1000\nE3,,,,\n',
    );
  });

  test('a query of a period asks for the months of the run, first day in, last day out', async () => {
    const folder = workspaceWith(`${select} where gone >= :from and gone < :to -- not :since`);
    await pullIn(folder, { from: '2026-07-01', to: '2026-09-01' });
    const [pulled] = pulledIn(folder);
    expect(pulled?.rows.match(/^E\d/gm)).toEqual(['E1', 'E2']);
    expect(pulled?.manifest).toMatchObject({ period_start: '2026-07-01', period_end: '2026-09-01' });
  });

  test('a query without rows is an extract with its header alone', async () => {
    const folder = workspaceWith(`${select} where false`);
    expect((await runIn(folder)).batches).toMatchObject([{ status: 'landed', contracts: [{ mapped: 0 }] }]);
  });

  test('a query that gives no rows any more is refused, and what landed stays', async () => {
    const folder = workspaceWith(select);
    await runIn(folder);
    writeFileSync(join(folder, 'pull', 'stay.sql'), `${select} where false`);
    const result = await runIn(folder);
    expect(result).toMatchObject({ exitCode: 3, batches: [{ status: 'unchanged' }, { status: 'refused' }] });
    expect(result.batches[1]?.message).toMatch(
      /refused by rule emptied-query: .* the last pull gave 3; .* remove data\/pull\/stay/,
    );
    expect(pulledIn(folder)).toHaveLength(1);
    rmSync(join(folder, 'data', 'pull', 'stay'), { recursive: true });
    expect((await runIn(folder)).exitCode).toBe(0);
  });

  test('no rows in months of which none were pulled take nothing out', async () => {
    const folder = workspaceWith(`${select} where gone >= :from and gone < :to`);
    await pullIn(folder, { from: '2026-07-01', to: '2026-09-01' });
    server.sql('select pg_sleep(1.1)');
    await pullIn(folder, { from: '2020-01-01', to: '2020-02-01' });
    expect(pulledIn(folder)).toHaveLength(2);
  });

  test('the same rows once more leave one file, under the newer moment', async () => {
    const folder = workspaceWith(`${select} order by id`);
    await pullIn(folder);
    const [first] = pulledIn(folder);
    server.sql('select pg_sleep(1.1)');
    await pullIn(folder);
    const pulled = pulledIn(folder);
    expect(pulled).toHaveLength(1);
    expect(pulled[0]!.name > first!.name).toBe(true);
    expect(pulled[0]!.rows).toBe(first!.rows);
  });

  test('a plan asks nothing and writes nothing', async () => {
    const folder = workspaceWith(select);
    const plan = await planRun({
      workspace: readWorkspace(folder),
      sources: [],
      from: null,
      to: null,
      full: false,
      progress: noProgress,
    });
    expect(plan.sources).toEqual([{ id: 'stay', batches: [], action: 'pull' }]);
    expect(readdirSync(folder).sort()).toEqual(['himsight.yaml', 'pull']);
  });

  test('a connection that breaks half way refuses the batch; what was pulled before lands', async () => {
    const folder = workspaceWith(select);
    await pullIn(folder);
    // Each row takes a while, so that there is a middle.
    const slow = `${select}, generate_series(1, 100) where pg_sleep(0.1) is not null`;
    writeFileSync(join(folder, 'pull', 'stay.sql'), slow);
    const broken = runIn(folder);
    await untilRunning();
    server.endSessions();
    const result = await broken;
    expect(result).toMatchObject({ exitCode: 3, batches: [{ status: 'landed' }, { status: 'refused' }] });
    expect(result.batches[1]?.message).toBe(
      'Database clarity, asked for source stay: the connection broke. Nothing of it landed; the next run asks anew.',
    );
    expect(pulledIn(folder)).toHaveLength(1);
  });

  test.each([
    ['a server that is away', () => workspaceWith(select, {}, 1), /the database does not answer/],
    ['a table that is not there', () => workspaceWith('select * from absent'), /relation "absent" does not exist/],
    [
      'a statement that changes something',
      () => workspaceWith(`with gone as (delete from stay returning *) ${select}`),
      /the query/,
    ],
    ['a value that does not fit', () => workspaceWith(`select note::int from stay`), /a value does not fit/],
    ['two columns of one name', () => workspaceWith('select id, id from stay'), /two columns the name `id`/],
    ['two statements', () => workspaceWith('select 1; drop table stay'), /more than one statement/],
  ])('%s refuses the batch with a sentence and no value', async (_, workspace, says) => {
    const result = await runIn(workspace());
    expect(result.exitCode).toBe(3);
    expect(result.batches[0]?.message).toMatch(says);
    expect(result.batches[0]?.message).not.toMatch(/quote/);
    server.sql(`do $$ begin if (select count(*) from stay) <> 3 then raise 'rows are gone'; end if; end $$`);
  });

  test('what a killed pull left is cleared away by the next', async () => {
    const folder = workspaceWith(select);
    mkdirSync(join(folder, 'data', 'pull', 'stay', '20260101T000000Z.pulling'), { recursive: true });
    await pullIn(folder);
    expect(readdirSync(join(folder, 'data', 'pull', 'stay')).join()).toMatch(/^\d{8}T\d{6}Z$/);
    rmSync(folder, { recursive: true });
  });
});
