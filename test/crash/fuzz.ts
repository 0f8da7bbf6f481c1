// Lands spoilt files one by one and says what was wrong with Himsight, not with them (it should be nothing).
import { existsSync, globSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { BatchReport } from '../../etl/land/batch-report.ts';
import { openBuilder } from '../../warehouse/open.ts';
import { readRows } from '../../warehouse/rows.ts';
import { Landing } from '../support/landing.ts';
import { goodFile, mark, names, widths, type GoodFile } from './good-file.ts';
import { mutationNames, mutations } from './mutation.ts';

/** What a stretch of spoilt files came to. */
export interface FuzzResult {
  readonly files: number;
  /** Files by format and what became of them, such as `csv landed`. */
  readonly outcomes: ReadonlyMap<string, number>;
  /** Files by the rule that held them. */
  readonly rules: ReadonlyMap<string, number>;
  /** Times each way of spoiling was used. */
  readonly mutations: ReadonlyMap<string, number>;
  readonly rows: { readonly accepted: number; readonly refused: number };
  /** Longest time one file took, in ms. */
  readonly slowest: { readonly ms: number; readonly seed: number };
  /** What must not happen, with the seed that does it again. */
  readonly faults: readonly string[];
}

/** Numbers in [0, 1) that depend on the seed alone (mulberry32, T. Ettinger 2017). */
const seeded = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

const layout = `columns:\n${names.map((name, i) => `  - { name: ${name}, start: ${1 + widths.slice(0, i).reduce<number>((sum, width) => sum + width, 0)}, length: ${widths[i]} }`).join('\n')}\n`;

const patience = 60_000;

/**
 * Lands one spoilt file for each seed from `from` to `to` (not included), each in a workspace of its own.
 *
 * @param onFile told the seed before its file lands
 */
export const fuzz = async (
  from: number,
  to: number,
  onFile: (seed: number) => void = () => undefined,
): Promise<FuzzResult> => {
  const [outcomes, rules, used] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
  const count = (counts: Map<string, number>, name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);
  const rows = { accepted: 0, refused: 0 };
  const faults: string[] = [];
  let slowest = { ms: 0, seed: from };
  const { connection, close } = await openBuilder(null);
  for (let seed = from; seed < to; seed++) {
    onFile(seed);
    const random = seeded(seed);
    const landing = landingFor();
    const good = await goodFile(random, connection, landing.folder);
    const spoilt = spoil(good, random, (name) => {
      count(used, name);
    });
    const started = performance.now();
    const { reports, fault } = await landed(landing, good, spoilt.bytes);
    const ms = performance.now() - started;
    if (ms > slowest.ms) slowest = { ms, seed };
    const found = fault === null ? await faultsOf(landing, good, reports, spoilt.content, connection) : [fault];
    faults.push(...found.map((one) => `seed ${seed}, ${good.name} (${spoilt.ways.join(', ')}): ${one}`));
    for (const report of reports) {
      count(outcomes, `${good.format} ${report.status}`);
      if (report.status === 'held')
        count(rules, /by rule ([a-z0-9-]+)/.exec(report.message)?.[1] ?? 'too many rows refused');
      rows.accepted += report.contracts.reduce((sum, { accepted }) => sum + accepted, 0);
      rows.refused += report.contracts.reduce((sum, { quarantined }) => sum + quarantined, report.rejected);
    }
    rmSync(landing.folder, { recursive: true, force: true });
  }
  await close();
  return { files: to - from, outcomes, rules, mutations: used, rows, slowest, faults };
};

const landingFor = (): Landing => new Landing({ format: 'csv', contract: 'encounter_code' });

interface Spoilt {
  readonly bytes: Buffer;
  /** Before it was packed. */
  readonly content: Buffer;
  readonly ways: readonly string[];
}

/** One to four ways, most often before the file is packed and sometimes behind. */
const spoil = (good: GoodFile, random: () => number, onWay: (name: string) => void): Spoilt => {
  const ways: string[] = [];
  const spoiltOnce = (bytes: Buffer): Buffer => {
    const way = mutationNames[Math.floor(random() * mutationNames.length)]!;
    onWay(way);
    ways.push(way);
    return mutations[way]!(bytes, random, good);
  };
  let { content } = good;
  for (let times = Math.floor(random() * 4); times > 0; times--) content = spoiltOnce(content);
  let bytes = good.pack(content);
  for (let times = random() < 0.3 ? 1 + Math.floor(random() * 2) : 0; times > 0; times--) {
    ways.push('packed:');
    bytes = spoiltOnce(bytes);
  }
  return { bytes, content: good.pack(content) === content ? bytes : content, ways };
};

/** Lands a file, within a time that no file of this size needs. */
const landed = async (
  landing: Landing,
  { name, format }: GoodFile,
  bytes: Buffer,
): Promise<{ readonly reports: readonly BatchReport[]; readonly fault: string | null }> => {
  landing.write(`extract/${name}`, bytes);
  const isRegistry = format === 'naaccr-xml';
  const source = {
    ...landing.source,
    format,
    ...(isRegistry ? { mapping: 'naaccr-xml', contract: null } : {}),
    ...(format === 'fixed-width' ? { layout: landing.write('layout.yaml', layout) } : {}),
  };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('it hangs')), patience);
  });
  try {
    return { reports: await Promise.race([landing.run(source), late]), fault: null };
  } catch (error) {
    return {
      reports: [],
      fault: `crash: ${
        error instanceof Error
          ? `${error.name}: ${error.message.slice(0, 300)} ${error.stack
              ?.split('\n')
              .find((line) => line.includes('/etl/'))
              ?.trim()}`
          : String(error)
      }`,
    };
  } finally {
    clearTimeout(timer);
  }
};

type Connection = Awaited<ReturnType<typeof openBuilder>>['connection'];

const faultsOf = async (
  landing: Landing,
  good: GoodFile,
  reports: readonly BatchReport[],
  content: Buffer,
  connection: Connection,
): Promise<readonly string[]> => {
  const faults: string[] = [];
  const must = (holds: boolean, says: string): void => {
    if (!holds) faults.push(says);
  };
  must(reports.length === 1, `${reports.length} outcomes`);
  const { dataFolder } = landing.workspace;
  for (const report of reports) {
    must(['landed', 'held', 'refused'].includes(report.status), `status ${report.status}`);
    must(/^extract\/[^ ]+.* .*[.]$/.test(report.message), 'a message that is no sentence about the file');
    const records = report.files.reduce((sum, file) => sum + file.records, 0);
    for (const one of report.contracts) {
      const { contract, mapped, accepted, quarantined, duplicates, superseded, inserted, updated, unchanged } = one;
      must(
        mapped === accepted + quarantined + duplicates + superseded,
        `${contract}: mapped is not the sum of its fates`,
      );
      must(accepted === inserted + updated + unchanged, `${contract}: accepted is not inserted + updated + unchanged`);
      if (contract === 'encounter_code' || contract === 'tumor')
        must(
          records === mapped + report.rejected,
          `${contract}: ${records} records, ${mapped} mapped, ${report.rejected} refused`,
        );
      must(
        (one.file === null) === (accepted === 0),
        `${contract}: accepted ${accepted} rows, wrote ${one.file ?? 'none'}`,
      );
      if (one.file === null) continue;
      const unique =
        contract === 'encounter_code' ? 'count(distinct (record, encounter_id, stage, code_set, seq))' : 'count(*)';
      const [row] = await readRows(
        connection,
        `select count(*) as n, ${unique} as own from read_parquet('${join(dataFolder, one.file)}')`,
      );
      must(
        Number(row?.n) === accepted && Number(row?.own) === accepted,
        `${contract}: accepted ${accepted}, in raw ${Number(row?.n)}, of their own ${Number(row?.own)}`,
      );
    }
    if (report.status !== 'landed')
      must(globSync('raw/**/*.parquet', { cwd: dataFolder }).length === 0, 'rows of a held file are in raw');
    else if (good.format !== 'naaccr-xml') {
      const refused = report.rejected + report.contracts.reduce((sum, { quarantined }) => sum + quarantined, 0);
      const kept = existsSync(join(dataFolder, 'quarantine')) ? (await landing.quarantine('line')).length : 0;
      must(kept === refused, `${refused} refused, ${kept} in quarantine`);
    }
  }
  const columns = columnText(good, content);
  const told = new Set(landing.ledgerText().match(new RegExp(`${mark}[ep][0-9]+`, 'g')) ?? []);
  for (const value of told) must(columns.includes(value), 'a value of a row is told');
  must(globSync('input-*', { cwd: join(dataFolder, 'tmp') }).length === 0, 'something unpacked is left behind');
  return faults;
};

/** Where names of columns stand: a value that came there by the spoiling is one, and may be told. */
const columnText = ({ format }: GoodFile, content: Buffer): string => {
  const text = content.toString('latin1').replaceAll('\0', '');
  if (format === 'csv') return text.split('\n', 1)[0]!;
  if (format === 'naaccr-xml') return (text.match(/naaccrId="[^"]*"/g) ?? []).join();
  return format === 'ndjson' ? text : '';
};
