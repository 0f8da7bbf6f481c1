// Lands 10,000 spoilt files of every format and counts what went wrong (it should be nothing).
//
//   node test/crash/mutate.ts [--files 10000] [--from 1]
//
// Each file depends on its seed alone: `--from SEED --files 1` lands one again. Ends with 1 if anything was wrong.
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';

const { values } = parseArgs({ options: { files: { type: 'string' }, from: { type: 'string' } } });
const from = Number(values.from ?? 1);
const files = Number(values.files ?? 10_000);
const started = performance.now();

const result = await fuzz(from, from + files, (seed) => {
  const done = seed - from;
  if (done > 0 && done % 500 === 0) process.stderr.write(`${done} of ${files}\n`);
});

const table = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `  ${String(count).padStart(6)}  ${name}`)
    .join('\n');

const seconds = (performance.now() - started) / 1000;
process.stdout
  .write(`${result.files} files in ${seconds.toFixed(0)} s, ${result.rows.accepted} rows accepted, ${result.rows.refused} refused
slowest: ${result.slowest.ms.toFixed(0)} ms, seed ${result.slowest.seed}

Outcomes
${table(result.outcomes)}

Held by rule
${table(result.rules)}

Spoilt by
${table(result.mutations)}

Faults: ${result.faults.length}
${result.faults.join('\n')}
`);
process.exitCode = result.faults.length > 0 ? 1 : 0;
