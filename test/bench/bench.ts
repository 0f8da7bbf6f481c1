// What the product costs, side by side with what DuckDB alone costs on the same files, in one run.
//
//   npm run bench [-- --encounters 1000000] [-- --keep DIR]
//
// Prints a table and writes it to test/bench/figures.md. Machines differ and are noisy: quote the ratios.
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeDemo } from '../../etl/demo/demo.ts';
import { readRuns } from '../../etl/ledger/read-ledger.ts';
import { bundleSize, pageFigures } from './page-figures.ts';
import { measured } from './measured-process.ts';

const { values } = parseArgs({ options: { encounters: { type: 'string' } } });
const encounters = Number(values.encounters ?? 1_000_000);
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const program = here('../../etl/himsight.mjs');

const folder = mkdtempSync(join(tmpdir(), 'himsight-bench-'));
const workspace = join(folder, 'workspace');
const lines: string[] = [];
const say = (name: string, value: string): void => {
  const line = `| ${name} | ${value} |`;
  lines.push(line);
  console.log(line);
};
const seconds = (value: number): string => `${value.toFixed(1)} s`;
const mib = (value: number): string => `${Math.round(value).toLocaleString('en-US')} MiB`;

try {
  const demo = await writeDemo({ folder: workspace, encounters, months: 24, seed: 1, bad: 0.002 });
  const extracts = readdirSync(join(workspace, 'extract')).map((name) => join(workspace, 'extract', name));
  const bytes = extracts.reduce((sum, file) => sum + statSync(file).size, 0);
  say('encounters', encounters.toLocaleString('en-US'));
  say('rows in all extracts', demo.files.reduce((sum, { rows }) => sum + rows, 0).toLocaleString('en-US'));
  say('bytes in all extracts', mib(bytes / 2 ** 20));
  say('demo written', seconds(demo.seconds));

  const readable = extracts.filter((file) => /\.(csv|csv\.gz|ndjson|parquet)$/.test(file));
  const plain = await measured(here('plain-load.ts'), join(folder, 'plain.duckdb'), ...readable);
  say('plain DuckDB reads and keeps the same files', `${seconds(plain.seconds)}, ${seconds(plain.cpuSeconds)} CPU`);

  const run = await measured(program, 'run', '--quiet', '--workspace', workspace);
  const [last] = await readRuns(join(workspace, 'data', 'ledger'));
  const stepSeconds = (from: number, to: number): number =>
    (last?.steps ?? [])
      .filter(({ step }) => step >= from && step <= to)
      .reduce((sum, step) => sum + (step.seconds ?? 0), 0);
  const landing = stepSeconds(2, 2);
  say('landing, every row judged', `${seconds(landing)}: ${(landing / plain.seconds).toFixed(2)} × plain`);
  say('build of the release, audit and seal', seconds(stepSeconds(3, 8)));
  say(
    'whole run',
    `${seconds(run.seconds)}, ${seconds(run.cpuSeconds)} CPU: ${(run.cpuSeconds / plain.cpuSeconds).toFixed(2)} × plain`,
  );
  say('peak memory of the run; of the plain read', `${mib(run.peakMiB)}; ${mib(plain.peakMiB)}`);
  const again = await measured(program, 'run', '--quiet', '--workspace', workspace);
  say('the same run again, a no-op', seconds(again.seconds));

  for (const { page, queryP50, queryP95, paint } of await pageFigures(program, workspace)) {
    say(`${page}: query p50, p95; first complete paint`, `${queryP50} ms, ${queryP95} ms; ${paint} ms`);
  }
  const { initial, all } = bundleSize();
  say('scripts gzipped: initial; all', `${initial} kB; ${all} kB`);

  const head = `Measured by \`npm run bench\` on ${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node ${process.version}.\nThe machine was shared and noisy: the ratios say more than the seconds.\n\n| what | figure |\n|---|---|\n`;
  writeFileSync(here('figures.md'), `# Last figures\n\n${head}${lines.join('\n')}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
