import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../../support/sql-folder.ts';

const launcher = fileURLToPath(new URL('../../../etl/himsight.mjs', import.meta.url));

/** What a command left behind. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const plainEnvironment = (): NodeJS.ProcessEnv => {
  const { HIMSIGHT_WORKSPACE: _workspace, ...env } = process.env;
  return env;
};

/** Runs `himsight` as a person would, in a folder, to its end. */
export const himsight = (cwd: string, ...words: readonly string[]): Ended => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...words], {
    cwd,
    encoding: 'utf8',
    env: plainEnvironment(),
  });
  return { code: status, out: stdout, err: stderr };
};

/** Starts `himsight` and hands over the process; the caller ends it. */
export const startHimsight = (cwd: string, ...words: readonly string[]) =>
  spawn(process.execPath, [launcher, ...words], { cwd, env: plainEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });

const header = 'encounter_id,patient_key,facility_id,patient_class,admit_ts,discharge_ts,discharge_year,age_years,sex';

/** One row of an encounter extract; a discharge before the admission is a bad row. */
export const encounter = (id: number, discharged = '2026-01-05 10:00:00'): string =>
  `e${id},p${id},north,inpatient,2026-01-02 08:00:00,${discharged},2026,50,female`;

/** A workspace with one source of encounters; it goes away with the test. */
export const smallWorkspace = (rows: readonly string[] = [encounter(1), encounter(2), encounter(3)]): string => {
  const folder = join(temporaryFolder(), 'workspace');
  mkdirSync(join(folder, 'in'), { recursive: true });
  writeFileSync(
    join(folder, 'himsight.yaml'),
    `version: 1
sources:
  - { id: visits, path: in/*.csv, contract: encounter, privacy: synthetic, timezone: America/New_York }
`,
  );
  writeEncounters(folder, 'a.csv', rows);
  return folder;
};

/** Writes one extract file of a small workspace. */
export const writeEncounters = (folder: string, name: string, rows: readonly string[]): void =>
  writeFileSync(join(folder, 'in', name), `${[header, ...rows].join('\n')}\n`);
