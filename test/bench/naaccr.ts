// The figures of NAACCR XML alone: node test/bench/naaccr.ts [--tumors 100000]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { naaccrFigures } from './naaccr-figures.ts';

const { values } = parseArgs({ options: { tumors: { type: 'string' } } });
const folder = mkdtempSync(join(tmpdir(), 'himsight-naaccr-'));
try {
  for (const [name, figure] of await naaccrFigures(Number(values.tumors ?? 100_000), folder))
    console.log(`| ${name} | ${figure} |`);
} finally {
  rmSync(folder, { recursive: true });
}
