// What it costs to write and to validate NAACCR XML, beside writing and reading the same bytes and nothing else.
import { rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measured, type Measured } from './measured-process.ts';

const step = fileURLToPath(new URL('naaccr-step.ts', import.meta.url));

/** Items each tumor has. */
export const itemsPerTumor = 80;

/** Names and figures, in their order; each step is a process of its own. */
export const naaccrFigures = async (
  tumors: number,
  folder: string,
): Promise<readonly (readonly [name: string, figure: string])[]> => {
  const file = join(folder, 'naaccr.xml');
  const written = await measured(step, 'write', file, String(tumors));
  const bytes = statSync(file).size;
  const validated = await measured(step, 'validate', file);
  const read = await measured(step, 'read', file);
  rmSync(file);
  const bare = await measured(step, 'bare-write', file, String(bytes));
  rmSync(file);
  const rate = (of: Measured): string => `${Math.round(tumors / of.seconds).toLocaleString('en-US')} tumors/s`;
  const cost = (of: Measured, to: Measured): string =>
    `${of.seconds.toFixed(1)} s, ${rate(of)}, ${Math.round(of.peakMiB)} MiB; the bytes alone ${to.seconds.toFixed(1)} s`;
  return [
    [
      'NAACCR XML: tumors of 80 items; bytes',
      `${tumors.toLocaleString('en-US')}; ${Math.round(bytes / 2 ** 20).toLocaleString('en-US')} MiB`,
    ],
    ['NAACCR XML written; peak memory', cost(written, bare)],
    ['NAACCR XML validated; peak memory', cost(validated, read)],
  ];
};
