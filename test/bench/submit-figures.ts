// What it costs to make a whole package by `himsight submit`: rows of a release read in the order of the file, written,
// read again by the validator, put to the edits and compared; beside writing the same bytes and nothing else.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { itemsPerTumor } from './naaccr-figures.ts';
import { measured } from './measured-process.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const program = here('../../etl/himsight.mjs');

/** DuckDB's share: what needs more is put on the disk. */
const databaseMemory = '256MB';

const config = `version: 1
sources:
  - { id: registry, path: few.xml, format: naaccr-xml, mapping: naaccr-xml, privacy: synthetic }
registry:
  kind: central
  dictionaries: [dictionary.xml]
  profiles:
    bench: { like: incidence, cases: { behavior: ['0', '1', '2', '3'] }, required: [], file: all.xml }
server: { memory: ${databaseMemory}, threads: 1 }
`;

/** A release of the real program over a few abstracts, its abstracts then multiplied in place. */
const makeRelease = async (tumors: number, workspace: string): Promise<void> => {
  mkdirSync(workspace, { recursive: true });
  writeFileSync(join(workspace, 'himsight.yaml'), config);
  await measured(here('naaccr-step.ts'), 'dictionary', join(workspace, 'dictionary.xml'));
  await measured(here('naaccr-step.ts'), 'write', join(workspace, 'few.xml'), '10');
  const { status, stderr } = spawnSync(process.execPath, [program, 'run', '--quiet', '--workspace', workspace], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the run ended with ${status}: ${stderr}`);
  const folder = join(workspace, 'data', 'release');
  const file = join(folder, `wh-${readFileSync(join(folder, 'CURRENT'), 'utf8').trim()}.duckdb`);
  const instance = await DuckDBInstance.create(file, { threads: '1', storage_compatibility_version: 'latest' });
  const connection = await instance.connect();
  await connection.run(`set preserve_insertion_order = false`);
  await connection.run(`create table core.few as select * from core.tumor`);
  await connection.run(`delete from core.tumor`);
  // Numbers in another order than the file's, so that there is something to sort.
  await connection.run(
    `insert into core.tumor select few.* exclude (kind) replace (
       printf('%08d', (n * 7919) % ${tumors}) as patientIdNumber, 'p' || (n * 7919) % ${tumors} as patient_key)
     from range(${tumors}) as numbers (n)
     join (select *, row_number() over () - 1 as kind from core.few) as few on few.kind = n % 10`,
  );
  await connection.run('drop table core.few');
  await connection.run('checkpoint');
  connection.closeSync();
  instance.closeSync();
};

/** Names and figures, in their order. */
export const submitFigures = async (
  tumors: number,
  folder: string,
): Promise<readonly (readonly [name: string, figure: string])[]> => {
  const workspace = join(folder, 'submit');
  await makeRelease(tumors, workspace);
  const out = join(folder, 'package');
  const words = ['submit', 'bench', '--workspace', workspace, '--from', '1900', '--to', '2100', '--out', out];
  const made = await measured(program, ...words);
  const bytes = statSync(join(out, 'all.xml')).size;
  const files = readdirSync(out).length;
  rmSync(out, { recursive: true });
  rmSync(workspace, { recursive: true });
  const file = join(folder, 'bare');
  const bare = await measured(here('naaccr-step.ts'), 'bare-write', file, String(bytes));
  rmSync(file);
  const rate = Math.round(tumors / made.seconds).toLocaleString('en-US');
  return [
    [
      `\`himsight submit\`: tumors of ${itemsPerTumor} items; bytes; files`,
      `${tumors.toLocaleString('en-US')}; ${Math.round(bytes / 2 ** 20).toLocaleString('en-US')} MiB; ${files}`,
    ],
    [
      `\`himsight submit\`, whole package; peak memory, of it ${databaseMemory} DuckDB's`,
      `${made.seconds.toFixed(1)} s, ${made.cpuSeconds.toFixed(1)} s CPU, ${rate} tumors/s, ${Math.round(made.peakMiB)} MiB; the bytes alone ${bare.seconds.toFixed(1)} s`,
    ],
  ];
};
