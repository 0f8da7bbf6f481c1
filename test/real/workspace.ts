import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { himsight } from '../etl/cli/himsight.ts';

/** A workspace with one source, run once by the real program. */
export interface RanWorkspace {
  readonly folder: string;
  /** Value of a metric over everything. */
  metric(id: string): number | null;
  /** First row of a query. */
  first(sql: string): Record<string, unknown>;
  /** Rows of a command that lists them. */
  rows(...words: readonly string[]): readonly Record<string, unknown>[];
  /** Runs the program again; its exit code. */
  run(): number | null;
}

/**
 * Writes `himsight.yaml` with one source (its keys as YAML) and more of the file below it, and runs it.
 *
 * @param atEnd when its folder is taken away; with the test unless told otherwise
 */
export const ranWorkspace = (
  source: string,
  more = '',
  atEnd: (clear: () => void) => void = onTestFinished,
): RanWorkspace => {
  const folder = mkdtempSync(join(tmpdir(), 'himsight-real-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'himsight.yaml'), `version: 1\nsources:\n  - { id: real, ${source} }\n${more}`);
  const ask = (...words: readonly string[]): { rows: Record<string, unknown>[] } => {
    const { code, out, err } = himsight(folder, ...words, '--format', 'json');
    if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}: ${err}`);
    return JSON.parse(out) as { rows: Record<string, unknown>[] };
  };
  const run = (): number | null => himsight(folder, 'run', '--quiet').code;
  const code = run();
  if (code !== 0) throw new Error(`the run ended with ${code}`);
  return {
    folder,
    run,
    metric: (id) => (ask('metric', id).rows[0]?.value ?? null) as number | null,
    rows: (...words) => ask(...words).rows,
    first: (sql) => ask('sql', sql).rows[0] ?? {},
  };
};
