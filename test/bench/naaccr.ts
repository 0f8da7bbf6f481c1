// The figures of NAACCR XML alone: node test/bench/naaccr.ts [--tumors 100000] [--submit]; with --submit those of a whole package instead
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { naaccrFigures } from './naaccr-figures.ts';
import { submitFigures } from './submit-figures.ts';

const { values } = parseArgs({ options: { tumors: { type: 'string' }, submit: { type: 'boolean' } } });
const folder = mkdtempSync(join(tmpdir(), 'himsight-naaccr-'));
try {
  const tumors = Number(values.tumors ?? 100_000);
  const figures = values.submit === true ? submitFigures : naaccrFigures;
  for (const [name, figure] of await figures(tumors, folder)) console.log(`| ${name} | ${figure} |`);
} finally {
  rmSync(folder, { recursive: true });
}
