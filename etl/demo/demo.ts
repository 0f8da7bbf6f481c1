import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../warehouse/error.ts';
import { openBuilder } from '../../warehouse/open.ts';
import type { ExpectedRejects } from './bad-row.ts';
import { asOf, monthsBefore } from './calendar.ts';
import { demoReadme } from './demo-readme.ts';
import { demoConfig } from './demo-config.ts';
import { extracts } from './extract.ts';
import { buildHospital } from './hospital.ts';
import { checkArguments, type DemoArguments } from './setting.ts';
import { writeExtract, type WrittenFile } from './write-extract.ts';

export { stories, type DemoStory, type Story } from './story.ts';

/** What to write, and where. */
export interface DemoRequest extends DemoArguments {
  /** Folder of the new workspace; made when it is not there. */
  readonly folder: string;
  /** Sources whose extracts are written, for who looks at some alone; all where left out. */
  readonly only?: readonly string[] | undefined;
  /** Told of each step as it begins: steps done, steps in all, what comes now. */
  readonly progress?: ((done: number, total: number, what: string) => void) | undefined;
}

/** What was written. */
export interface DemoSummary {
  readonly folder: string;
  readonly files: readonly WrittenFile[];
  /** Bad rows by source; the same as expected-rejects.json. */
  readonly expected: Readonly<Record<string, ExpectedRejects>>;
  readonly seconds: number;
}

/** Folder of the extracts within the workspace. */
const extractFolder = 'extract';

/**
 * Writes the demo hospital as a workspace: himsight.yaml, the extracts of every contract with their manifest, the
 * stories as README.md and the seeded bad rows as expected-rejects.json. The same arguments give the same bytes.
 *
 * Takes 2 GB of memory at most, over three million encounters 700 MB for each million more (a window over all stays does
 * not spill), and about as much disk again as the extracts while it works.
 *
 * @throws UserError when an argument is out of range or the folder holds a workspace already
 */
export const writeDemo = async (request: DemoRequest): Promise<DemoSummary> => {
  const { folder, progress = () => {} } = request;
  checkArguments(request);
  if (existsSync(join(folder, 'himsight.yaml'))) {
    throw new UserError('demo: the folder already holds a himsight.yaml.', {
      mend: 'Name another folder, or remove this one first.',
    });
  }
  const started = performance.now();
  await mkdir(join(folder, extractFolder), { recursive: true });
  const { files, expected } = await writeExtracts(request, progress);
  await writeTexts(request, files, expected);
  return { folder, files, expected, seconds: (performance.now() - started) / 1000 };
};

const writeExtracts = async (
  demo: DemoRequest,
  progress: NonNullable<DemoRequest['progress']>,
): Promise<Pick<DemoSummary, 'files' | 'expected'>> => {
  const building = join(demo.folder, '.building');
  await rm(building, { recursive: true, force: true });
  await mkdir(building, { recursive: true });
  // Two threads everywhere: with one, DuckDB cuts the groups of a Parquet file elsewhere.
  const memory = `${Math.max(2000, Math.ceil(demo.encounters * 0.0007))}MB`;
  const builder = await openBuilder(join(building, 'hospital.duckdb'), { threads: 2, memory, temp: building });
  const { connection } = builder;
  const wanted = extracts.filter(({ id }) => demo.only?.includes(id) ?? true);
  const files: WrittenFile[] = [];
  const expected: Record<string, ExpectedRejects> = {};
  try {
    progress(0, wanted.length + 1, 'the hospital');
    await buildHospital(connection, demo);
    for (const [index, extract] of wanted.entries()) {
      progress(index + 1, wanted.length + 1, extract.id);
      const written = await writeExtract({ connection, extract, demo, folder: join(demo.folder, extractFolder) });
      files.push(...written.files);
      expected[extract.id] = written.expected;
    }
    progress(wanted.length + 1, wanted.length + 1, 'done');
  } finally {
    await builder.close();
    await rm(building, { recursive: true, force: true });
  }
  return { files, expected };
};

const writeTexts = async (
  demo: DemoRequest,
  files: readonly WrittenFile[],
  expected: DemoSummary['expected'],
): Promise<void> => {
  const manifest = {
    contract_version: 1,
    privacy_mode: 'synthetic',
    extract_as_of_ts: `${asOf}T00:00:00`,
    period_start: monthsBefore(demo.months),
    period_end: asOf,
    files,
  };
  await writeFile(join(demo.folder, extractFolder, 'manifest.json'), json(manifest));
  await writeFile(join(demo.folder, 'expected-rejects.json'), json(expected));
  await writeFile(join(demo.folder, 'README.md'), demoReadme(demo));
  // Last: a folder without it is no workspace, so that a demo broken off half-way is not mistaken for one.
  await writeFile(join(demo.folder, 'himsight.yaml'), demoConfig(extractFolder, demo));
};

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
