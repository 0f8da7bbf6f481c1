// Lets every input and output call of a run fail once in its turn, and counts what was lost, doubled or half published
// (it should be nothing).
//
//   node test/crash/io-fault.ts [--from 1] [--to N] [--every 1] [--jobs 2]
//
// A trial begins with a copy of a workspace, runs the program with its n-th call failing (disk full, or an input/output
// error), looks at what is served then, runs it again without a fault and compares rows with what was sent. Needs gcc.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { currentRelease, releaseFile } from '../../warehouse/release-folder.ts';
import { readEvents, runIds } from '../../etl/ledger/read-ledger.ts';
import { laySmallProgram } from './small-program.ts';

/** How a call fails: the number Linux gives the error, and whether every later call fails too. */
interface Fault {
  readonly name: string;
  readonly errno: number;
  readonly stays: boolean;
}

const faults: readonly Fault[] = [
  { name: 'disk full', errno: 28, stays: false },
  { name: 'disk full from then on', errno: 28, stays: true },
  { name: 'failing disk', errno: 5, stays: false },
];

/** What a night brings: files laid into the workspace, and the encounters there are once they have landed. */
interface Night {
  readonly name: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly lay: (folder: string) => void;
}

const planted = 'Xylander';
const header =
  'encounter_id,patient_key,facility_id,patient_class,admit_ts,discharge_ts,discharge_year,los_days,age_years,sex';
const ids = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, i) => `E${from + i}`);
const rowOf = (id: string): string =>
  `${id},P,north,inpatient,2025-01-02 08:00:00,2025-01-03 20:00:00,2025,1,40,female`;
const layFile = (folder: string, name: string, rows: readonly string[]): void => {
  writeFileSync(join(folder, 'extract', name), `${[header, ...rows].join('\n')}\n`);
};

// The second night brings a new file with a bad row, and the first file once more, twenty rows fewer and ten others.
const nights: readonly Night[] = [
  {
    name: 'the first night',
    before: [],
    after: ids(0, 200),
    lay: (folder) => {
      layFile(folder, 'encounter-1.csv', ids(0, 200).map(rowOf));
    },
  },
  {
    name: 'a later night',
    before: ids(0, 200),
    after: [...ids(0, 180), ...ids(900, 910), ...ids(200, 300)],
    lay: (folder) => {
      layFile(folder, 'encounter-1.csv', [...ids(0, 180), ...ids(900, 910)].map(rowOf));
      const bad = rowOf('E300').replace('2025-01-03', planted);
      layFile(folder, 'encounter-2.csv', [...ids(200, 300).map(rowOf), bad]);
    },
  },
];

const ran = (
  program: string,
  folder: string,
  env: NodeJS.ProcessEnv = {},
): Promise<{ readonly code: number | null; readonly signal: string | null; readonly said: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [program, 'run', '--workspace', folder], {
      env: { ...process.env, NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()));
    child.once('close', (code, signal) => {
      resolve({ code, signal, said });
    });
  });

/** Ids of the encounters that a reader of the workspace gets now, sorted; null where nothing is published. */
const servedIds = async (folder: string): Promise<readonly string[] | null> => {
  const releases = join(folder, 'data', 'release');
  const release = existsSync(releases) ? currentRelease(releases) : null;
  if (release === null) return null;
  const instance = await DuckDBInstance.create(releaseFile(releases, release), { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const rows = await connection.runAndReadAll('select encounter_id from core.encounter order by 1');
  connection.closeSync();
  instance.closeSync();
  return rows.getColumns()[0]?.map(String) ?? [];
};

const same = (a: readonly string[] | null, b: readonly string[]): boolean =>
  a !== null && a.length === b.length && a.every((id, i) => id === b[i]);

/** What is wrong after a run that met a fault, and after the one that followed it; empty where nothing is. */
const problemsOf = async (program: string, base: string, night: Night, env: NodeJS.ProcessEnv): Promise<string[]> => {
  const problems: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'himsight-fault-'));
  try {
    cpSync(base, folder, { recursive: true });
    const [before, after] = [night.before.toSorted(), night.after.toSorted()];
    const faulty = await ran(program, folder, { ...env, IO_FAULT_DIR: folder });
    if (faulty.code === null || ![0, 1, 2, 3, 4, 5].includes(faulty.code))
      problems.push(`it ended with ${String(faulty.code ?? faulty.signal)}`);
    if (faulty.code !== 0 && faulty.said.trim() === '') problems.push('it said nothing');
    if (/^ +at /m.test(faulty.said)) problems.push('it printed a stack');
    if (faulty.said.includes(planted)) problems.push('it told a value');
    const served = await servedIds(folder);
    const isOld = before.length === 0 ? served === null : same(served, before);
    // The first file may land while the second could not be read: each is a batch of its own.
    const isPart = night.before.length > 0 && served !== null && partsOf(night).some((part) => same(served, part));
    if (!isOld && !same(served, after) && !isPart) problems.push(`it serves ${served?.length ?? 'no'} encounters`);
    const again = await ran(program, folder);
    if (again.code !== 0) problems.push(`the run after it ended with ${again.code}: ${again.said.trim()}`);
    const served2 = await servedIds(folder);
    if (!same(served2, after)) problems.push(`the run after it serves ${served2?.length ?? 'no'} encounters`);
    const left = globSync('**/*{.tmp,.building,.wal}', { cwd: join(folder, 'data') });
    if (left.length > 0) problems.push(`left behind: ${left.map((file) => basename(file)).join(', ')}`);
    const ledger = join(folder, 'data', 'ledger');
    for (const run of runIds(ledger)) readEvents(ledger, run);
    return problems;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const partsOf = ({ before }: Night): readonly (readonly string[])[] => [
  [...ids(0, 180), ...ids(900, 910)].sort(),
  [...before, ...ids(200, 300)].sort(),
];

/** Builds the library that fails calls; null where there is no compiler. */
export const buildFaultLibrary = (folder: string): string | null => {
  const library = join(folder, 'io-fault.so');
  const source = fileURLToPath(new URL('io-fault.c', import.meta.url));
  const { status } = spawnSync('gcc', ['-O2', '-shared', '-fPIC', '-o', library, source, '-ldl']);
  return status === 0 ? library : null;
};

/** The calls of a run that a fault can meet. */
const callsOf = async (program: string, base: string, env: NodeJS.ProcessEnv, log: string): Promise<number> => {
  const folder = mkdtempSync(join(tmpdir(), 'himsight-fault-'));
  cpSync(base, folder, { recursive: true });
  await ran(program, folder, { ...env, IO_FAULT_AT: '0', IO_FAULT_DIR: folder });
  rmSync(folder, { recursive: true });
  return Number(/^calls (\d+)$/m.exec(readFileSync(log, 'utf8'))?.[1] ?? 0);
};

/** One row of the summary. */
export interface FaultFigures {
  readonly night: string;
  readonly fault: string;
  readonly calls: number;
  readonly tried: number;
  /** `call 17 (pwrite64 …): what is wrong`. */
  readonly problems: readonly string[];
}

/**
 * Every night with every fault.
 *
 * @param every 1 lets each call fail in turn, 10 each tenth
 */
export const tryFaults = async (
  folder: string,
  library: string,
  { every = 1, from = 1, to = Infinity, jobs = 2, onTrial = () => {} }: FaultOptions = {},
): Promise<readonly FaultFigures[]> => {
  const program = laySmallProgram(join(folder, 'program'));
  const base = join(folder, 'workspace');
  mkdirSync(join(base, 'extract'), { recursive: true });
  writeFileSync(
    join(base, 'himsight.yaml'),
    'sources:\n  - { id: encounters, path: extract/encounter-*.csv, contract: encounter, privacy: synthetic }\n',
  );
  const figures: FaultFigures[] = [];
  for (const night of nights) {
    night.lay(base);
    for (const { name, errno, stays } of faults) {
      const env = {
        LD_PRELOAD: library,
        IO_FAULT_ERRNO: String(errno),
        ...(stays ? { IO_FAULT_STAYS: '1' } : {}),
      };
      const log = join(folder, `${night.name} ${name}.log`);
      const calls = await callsOf(program, base, { ...env, IO_FAULT_LOG: log }, log);
      const wanted: number[] = [];
      for (let call = from; call <= Math.min(to, calls); call += every) wanted.push(call);
      const problems: string[] = [];
      const tried = wanted.length;
      const worker = async (): Promise<void> => {
        for (let call = wanted.shift(); call !== undefined; call = wanted.shift()) {
          const own = join(folder, `${night.name} ${name} ${call}.log`);
          const wrong = await problemsOf(program, base, night, {
            ...env,
            IO_FAULT_AT: String(call),
            IO_FAULT_LOG: own,
          });
          const met = existsSync(own) ? (readFileSync(own, 'utf8').split('\n')[0] ?? '') : '';
          problems.push(
            ...wrong.map((says) => `call ${call} (${met.replace(/\/\S*himsight-fault-\w+\//, '')}): ${says}`),
          );
          rmSync(own, { force: true });
          onTrial({ night: night.name, fault: name, call, calls }, wrong);
        }
      };
      await Promise.all(Array.from({ length: jobs }, worker));
      figures.push({ night: night.name, fault: name, calls, tried, problems });
    }
    const { code, said } = await ran(program, base);
    if (code !== 0) throw new Error(`${night.name} ended with ${code} without a fault: ${said}`);
  }
  return figures;
};

/** Which call failed in which way. */
interface Trial {
  readonly night: string;
  readonly fault: string;
  readonly call: number;
  /** All calls of such a run. */
  readonly calls: number;
}

interface FaultOptions {
  readonly every?: number;
  readonly from?: number;
  readonly to?: number;
  readonly jobs?: number;
  readonly onTrial?: (trial: Trial, problems: readonly string[]) => void;
}

if (import.meta.main) {
  const number = { type: 'string' } as const;
  const { values } = parseArgs({ options: { from: number, to: number, every: number, jobs: number } });
  const folder = mkdtempSync(join(tmpdir(), 'himsight-io-fault-'));
  const library = buildFaultLibrary(folder);
  if (library === null) throw new Error('gcc is needed to build the library that makes calls fail');
  const figures = await tryFaults(folder, library, {
    every: Number(values.every ?? 1),
    from: Number(values.from ?? 1),
    to: Number(values.to ?? Infinity),
    jobs: Number(values.jobs ?? 2),
    onTrial: ({ night, fault, call, calls }, problems) => {
      if (problems.length > 0) console.error(`${night}, ${fault}, call ${call}: ${problems.join('; ')}`);
      else if (call % 25 === 0) console.error(`${night}, ${fault}: call ${call} of ${calls}`);
    },
  });
  console.log(JSON.stringify(figures, null, 2));
  rmSync(folder, { recursive: true });
  if (figures.some(({ problems }) => problems.length > 0)) process.exitCode = 1;
}
