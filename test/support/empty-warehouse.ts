import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AssertResult } from '../../warehouse/assert.ts';
import type { BuiltModel } from '../../warehouse/build.ts';
import type { Compiled } from '../../warehouse/model/compiled.ts';
import { digest } from '../../warehouse/model/fingerprint.ts';
import { literal } from '../../warehouse/quote.ts';
import { buildFromNothing } from './from-nothing.ts';
import { compileShipped, rawColumns } from './shipped.ts';
import { filesBelow, textOf } from './tree.ts';

/** The warehouse over raw tables without a row, in files: what a drawing does not touch is copied from here. */
export interface EmptyWarehouse {
  /** Files of the catalogs `input` and `wh`, to be read only. */
  readonly input: string;
  readonly wh: string;
  readonly built: readonly BuiltModel[];
  readonly asserts: readonly AssertResult[];
}

/** Hash of all that decides what it holds: models, raw tables, and the engine that builds the one over the other. */
const keyOf = (compiled: Compiled): string =>
  digest([
    compiled.content,
    JSON.stringify([...rawColumns()]),
    ...[...filesBelow('warehouse'), 'test/support/from-nothing.ts'].filter((path) => path.endsWith('.ts')).map(textOf),
  ]).slice(0, 16);

const filesIn = (folder: string): Pick<EmptyWarehouse, 'input' | 'wh'> & { readonly found: string } => ({
  input: join(folder, 'input.duckdb'),
  wh: join(folder, 'wh.duckdb'),
  found: join(folder, 'found.json'),
});

/** Builds it into a folder of its own, which gets its name only when it is whole. */
const write = async (folder: string): Promise<void> => {
  const own = mkdtempSync(`${folder}-`);
  const { connection, built, asserts, close } = await buildFromNothing({ raw: {} });
  const { found, ...files } = filesIn(own);
  for (const [catalog, file] of Object.entries(files)) {
    await connection.run(`attach ${literal(file)} as written (storage_version 'latest')`);
    await connection.run(`copy from database ${catalog} to written`);
    await connection.run('detach written');
  }
  await close();
  writeFileSync(found, JSON.stringify({ built, asserts }));
  try {
    renameSync(own, folder);
  } catch (cause) {
    // Another file of tests was quicker, and made the same.
    rmSync(own, { recursive: true });
    if (!existsSync(folder)) throw cause;
  }
};

let shipped: Promise<EmptyWarehouse> | undefined;

/** The empty warehouse of the shipped project, built by the first test file of a run that asks. */
export const emptyWarehouse = (): Promise<EmptyWarehouse> => (shipped ??= compileShipped().then(emptyOf));

const emptyOf = async (compiled: Compiled): Promise<EmptyWarehouse> => {
  const folder = join(tmpdir(), `empty-warehouse-${keyOf(compiled)}`);
  if (!existsSync(folder)) await write(folder);
  const { found, ...files } = filesIn(folder);
  return { ...files, ...(JSON.parse(readFileSync(found, 'utf8')) as Pick<EmptyWarehouse, 'built' | 'asserts'>) };
};
