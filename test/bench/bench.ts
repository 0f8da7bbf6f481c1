// What the product costs, side by side with what DuckDB alone costs on the same files, in one run.
//
//   npm run bench [-- --encounters 1000000] [-- --only facility,encounter,encounter_code]
//
// Prints a table and writes it to test/bench/figures.md, on top of what else stands there. Machines differ and are noisy: quote the ratios.
import { globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parse, stringify } from 'yaml';
import { writeDemo } from '../../etl/demo/demo.ts';
import { readRuns } from '../../etl/ledger/read-ledger.ts';
import { browserFigures, bundleSize } from './page-figures.ts';
import { measured, quantile } from './measured-process.ts';
import { naaccrFigures } from './naaccr-figures.ts';
import { takeLastNight } from './one-night.ts';

const { values } = parseArgs({ options: { encounters: { type: 'string' }, only: { type: 'string' } } });
const encounters = Number(values.encounters ?? 1_000_000);
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const program = here('../../etl/himsight.mjs');

const folder = mkdtempSync(join(tmpdir(), 'himsight-bench-'));
const lines: string[] = [];
const say = (name: string, value: string): void => {
  const line = `| ${name} | ${value} |`;
  lines.push(line);
  console.log(line);
};
const seconds = (value: number): string => `${value.toFixed(1)} s`;
const mib = (value: number): string => `${Math.round(value).toLocaleString('en-US')} MiB`;
const ratio = (value: number, to: number): string => `${(value / to).toFixed(2)} ×`;

/** Leaves the named sources of a demo; the others were not written. */
const keepSources = (workspace: string, only: readonly string[]): void => {
  const settings = join(workspace, 'himsight.yaml');
  const config = parse(readFileSync(settings, 'utf8')) as { sources: readonly { readonly id: string }[] };
  const sources = config.sources.filter(({ id }) => only.includes(id));
  writeFileSync(settings, stringify({ ...config, sources }));
};

/** Runs the program on a workspace, and says how long which of its steps took. */
const runOn = async (workspace: string) => {
  const run = await measured(program, 'run', '--quiet', '--workspace', workspace);
  const [last] = await readRuns(join(workspace, 'data', 'ledger'));
  const between = (from: number, to: number): number =>
    (last?.steps ?? [])
      .filter(({ step }) => step >= from && step <= to)
      .reduce((sum, step) => sum + (step.seconds ?? 0), 0);
  return { ...run, landing: between(2, 2), copying: between(4, 4), building: between(3, 8) };
};

try {
  const demoFolder = join(folder, 'demo');
  const only = values.only === undefined ? null : values.only.split(',');
  const wanted = only === null ? {} : { only };
  const demo = await writeDemo({ folder: demoFolder, encounters, months: 24, seed: 1, bad: 0.002, ...wanted });
  if (only !== null) keepSources(demoFolder, only);
  const night = await takeLastNight(demoFolder, folder);
  rmSync(demoFolder, { recursive: true });
  const workspace = night.history;
  const extracts = globSync('extract/*/*', { cwd: workspace }).map((name) => join(workspace, name));
  const bytes = extracts.reduce((sum, file) => sum + statSync(file).size, 0);
  say('encounters', encounters.toLocaleString('en-US'));
  if (only !== null) say('of the extracts only', only.join(', '));
  say('demo written', seconds(demo.seconds));
  say('bytes in all extracts', mib(bytes / 2 ** 20));

  const readable = extracts.filter((file) => /\.(csv|csv\.gz|ndjson|parquet)$/.test(file));
  const plain = await measured(here('plain-load.ts'), join(folder, 'plain.duckdb'), ...readable);
  say('rows in them, where DuckDB reads them', Number(plain.output.trim()).toLocaleString('en-US'));
  say('plain DuckDB reads and keeps the same files', `${seconds(plain.seconds)}, ${seconds(plain.cpuSeconds)} CPU`);
  rmSync(join(folder, 'plain.duckdb'), { force: true });

  const run = await runOn(workspace);
  say('landing, every row judged', `${seconds(run.landing)}: ${ratio(run.landing, plain.seconds)} plain`);
  say('build of the release, audit and seal', seconds(run.building));
  say(
    'whole run',
    `${seconds(run.seconds)}, ${seconds(run.cpuSeconds)} CPU: ${ratio(run.cpuSeconds, plain.cpuSeconds)} plain`,
  );
  say('peak memory of the run; of the plain read', `${mib(run.peakMiB)}; ${mib(plain.peakMiB)}`);
  say('the same run again, a no-op', seconds((await runOn(workspace)).seconds));

  const { pages, explore, mosaic } = await browserFigures(program, workspace, folder);
  for (const { page, queryP50, queryP95, paint } of pages) {
    say(`${page}: query p50, p95; first complete paint`, `${queryP50} ms, ${queryP95} ms; ${paint} ms`);
  }
  const picked = (picks: readonly number[]): string =>
    [0.5, 0.95].map((share) => `${Math.round(quantile(picks, share))} ms`).join(', ');
  for (const { tier, paint, picks } of explore)
    say(
      `/explore from the ${tier}: first complete paint; a pick to all charts painted, p50, p95`,
      `${Math.round(paint)} ms; ${picked(picks)}`,
    );
  if (typeof mosaic === 'string') say('Mosaic over the same rows', mosaic);
  else
    say(
      `Mosaic ${mosaic.version}, the same rows and picks: first paint; p50, p95`,
      `${Math.round(mosaic.paint)} ms; ${picked(mosaic.picks)}`,
    );
  night.arrive();
  const next = await runOn(workspace);
  const alone = await runOn(night.alone);
  say('one new day, rows', night.rows.toLocaleString('en-US'));
  say(
    'one new day on this history: whole run; copy of the file; peak memory',
    `${seconds(next.seconds)}; ${seconds(next.copying)}; ${mib(next.peakMiB)}`,
  );
  say(
    'the same day on an empty warehouse',
    `${seconds(alone.seconds)}: the new day takes ${ratio(next.seconds - next.copying, alone.seconds)} as long, the copy apart`,
  );

  for (const [name, figure] of await naaccrFigures(100_000, folder)) say(name, figure);

  const { initial, all } = bundleSize();
  say('scripts gzipped: initial; all', `${initial} kB; ${all} kB`);

  const head = `Measured by \`npm run bench\` on ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}.\nThe machine was shared and noisy: the ratios say more than the seconds.\n\n| what | figure |\n|---|---|\n`;
  // What was measured once by other means stands below under headings of its own, and stays.
  const others = /\n## [^]*$/.exec(readFileSync(here('figures.md'), 'utf8'))?.[0] ?? '';
  writeFileSync(here('figures.md'), `# Last figures\n\n${head}${lines.join('\n')}\n${others}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
